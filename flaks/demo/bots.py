"""The made-up bots: who runs them, what their keys are like, and how much they call. Pure."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Literal

Fate = Literal[
    "ordinary",
    "busy",
    "used up",
    "unlimited",
    "disabled",
    "expired",
    "ends soon",
    "revoked",
    "rotated",
    "successor",
    "never used",
]

# name, who answers for it, how to reach them, calls of a usual day, fate
BOTS: tuple[tuple[str, str, str, int, Fate], ...] = (
    ("Lantern Radio", "Ada Brightwater", "@ada_brightwater", 8200, "busy"),
    ("Chai and Chorus", "Rohan Mallick", "@rohanm", 6400, "ordinary"),
    ("Night Shift DJ", "Ines Calloway", "ines@nightshift.example", 4100, "used up"),
    ("Tram Line 9", "Tobin Ashgrove", "@tram_nine", 2600, "ordinary"),
    ("Echo Garden", "Mirela Voss", "mirela@echogarden.example", 2200, "ordinary"),
    ("Paper Boat Music", "Devika Rao", "@paperboat", 1900, "busy"),
    ("Vinyl Cat", "Jonas Feld", "jonas@vinylcat.example", 1700, "ordinary"),
    ("Monsoon Mix", "Priya Nambiar", "@monsoonmix", 1500, "ends soon"),
    ("Lighthouse Player", "Oskar Lind", "@lighthouse", 1300, "ordinary"),
    ("Campus Jukebox", "Student radio, room 12", "jukebox@campus.example", 1250, "unlimited"),
    ("Kettle Whistle", "Bram Oakes", "@kettle", 1100, "rotated"),
    ("Kettle Whistle", "Bram Oakes", "@kettle", 0, "successor"),
    ("Saffron Strings", "Leela Krishnan", "@saffronstrings", 980, "ordinary"),
    ("Windowsill FM", "Greta Moor", "greta@windowsill.example", 900, "ordinary"),
    ("Quiet Carriage", "Hugo Penrose", "@quietcarriage", 840, "ends soon"),
    ("Marigold Voice Chat", "Anand Iyer", "@marigoldvc", 800, "busy"),
    ("Two Left Feet", "Dance club Two Left Feet", "board@twoleftfeet.example", 760, "ordinary"),
    ("Old Town Playlist", "Sofia Brandt", "@oldtown", 700, "disabled"),
    ("Biscuit Tin", "Nell Harrow", "@biscuittin", 640, "ordinary"),
    ("Rickshaw Radio", "Imran Sheikh", "@rickshawradio", 620, "used up"),
    ("Blue Umbrella", "Carla Dunne", "carla@blueumbrella.example", 560, "ordinary"),
    ("Sunday Accordion", "Emil Baranek", "@accordion", 520, "expired"),
    ("Pocket Orchestra", "Yuki Arai", "@pocketorchestra", 480, "ordinary"),
    ("Mango Season", "Kavya Menon", "@mangoseason", 450, "rotated"),
    ("Mango Season", "Kavya Menon", "@mangoseason", 0, "successor"),
    ("Harbour Lights", "Finn Aldous", "@harbourlights", 420, "ordinary"),
    ("Left at the Bakery", "Odile Marchand", "odile@bakery.example", 390, "revoked"),
    ("Study Room Three", "Nadia Petrov", "@studyroom3", 360, "ordinary"),
    ("Gravel and Honey", "Walt Simmons", "@gravelhoney", 320, "ordinary"),
    ("Postcard Songs", "Amara Obi", "@postcardsongs", 280, "expired"),
    ("Slow Ferry", "Lars Holm", "@slowferry", 240, "ordinary"),
    ("Rooftop Requests", "Zara Khan", "@rooftop", 210, "disabled"),
    ("Copper Kettle Test", "Bram Oakes", "@kettle", 90, "revoked"),
    ("Grandpa's Gramophone", "Theo Winterbourne", "@gramophone", 120, "ends soon"),
    ("Office Whistle", "Facilities desk", "desk@office.example", 150, "expired"),
    ("Weather and Waltz", "Ruth Eberhart", "@waltz", 110, "disabled"),
    ("Leaked in a Group", "Pavel Novik", "@pnovik", 260, "revoked"),
    ("Balcony Choir", "Meera Joshi", "@balconychoir", 0, "never used"),
    ("Snow Day", "Ingrid Solberg", "@snowday", 0, "never used"),
    ("Status page", "Operations", "ops@flaks.example", 0, "never used"),
)
LIMITS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
REASONS = ("posted in a public group", "the bot was sold", "replaced by another key")
GRACE = timedelta(hours=24)


@dataclass(frozen=True)
class Bot:
    """One key: what it is for, when it was made, what became of it, and how much its lineage calls.

    Times are UTC. `demand` is what callers ask on a usual day; `until` is when it stopped to call, None where it calls
    still.
    """

    id: uuid.UUID
    lineage: uuid.UUID
    name: str
    owner: str
    contact: str
    fate: Fate
    demand: int
    daily_limit: int | None
    made: datetime
    changed: datetime  # when it came to its fate
    weekend: float  # calls on Saturdays, to those on Wednesdays
    reason: str = ""

    @property
    def until(self) -> datetime | None:
        return self.changed if self.fate in ("disabled", "expired", "revoked") else None


def bots(rng: Random, now: datetime) -> list[Bot]:
    """The forty, with days and limits as the random numbers have them."""
    made: list[Bot] = []
    for name, owner, contact, demand, fate in BOTS:
        before = made[-1] if fate == "successor" else None
        made.append(_succeeding(rng, before) if before else _bot(rng, now, name, owner, contact, demand, fate))
    return made


def _bot(rng: Random, now: datetime, name: str, owner: str, contact: str, demand: int, fate: Fate) -> Bot:
    age = rng.randint(70, 400) if rng.random() < 0.6 else rng.randint(20, 60)
    age = rng.randint(1, 6) if fate == "never used" else age
    return Bot(
        id=_id(rng),
        lineage=_id(rng),
        name=name,
        owner=owner,
        contact=contact,
        fate=fate,
        demand=demand,
        daily_limit=_limit(demand, fate),
        made=_at_work(rng, now - timedelta(days=age)),
        changed=min(_at_work(rng, now - timedelta(days=_days_ago(rng, fate))), now - timedelta(minutes=10)),
        weekend=rng.uniform(1.1, 1.6) if rng.random() < 0.75 or demand > 2000 else rng.uniform(0.35, 0.7),
        reason=REASONS[rng.randrange(len(REASONS))] if fate == "revoked" else "",
    )


def _succeeding(rng: Random, old: Bot) -> Bot:
    facts = (old.lineage, old.name, old.owner, old.contact)
    return Bot(_id(rng), *facts, "successor", 0, old.daily_limit, old.changed, old.changed, old.weekend)


def _limit(demand: int, fate: Fate) -> int | None:
    """A round number above what is asked; below it where the day is used up, near it where it is nearly so."""
    if fate == "unlimited":
        return None
    if fate == "used up":
        return max(limit for limit in LIMITS if limit < demand)
    if fate == "busy":
        return int(round(demand * 1.12, -2))
    return next((limit for limit in LIMITS if limit >= demand * 1.9), LIMITS[-1])


def _days_ago(rng: Random, fate: Fate) -> int:
    """When it came to its fate: rotated just now, or some weeks ago."""
    return 0 if fate == "rotated" and rng.random() < 0.5 else rng.randint(3, 18)


def _at_work(rng: Random, moment: datetime) -> datetime:
    """The day of a moment, at an hour at which staff work."""
    return moment.replace(hour=rng.randint(8, 17), minute=rng.randint(0, 59), second=rng.randint(0, 59), microsecond=0)


def _id(rng: Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)
