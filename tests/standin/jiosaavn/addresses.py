"""Addresses that the answers hold: the service's own hosts, or the stand-in's origin where it is asked directly."""

from dataclasses import dataclass

API_HOSTS = ("www.jiosaavn.com", "*.jiosaavn.com", "jiosaavn.com")
MEDIA_HOSTS = ("*.saavncdn.com", "*.cf.saavncdn.com")
UNSIGNED_HOST = "aac.saavncdn.com"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The origins (`scheme://host[:port]`) of pages, unsigned media, signed media and cover art."""

    pages: str
    media: str
    signed: str
    images: str


SERVICE = Addresses(
    pages="https://www.jiosaavn.com",
    media=f"https://{UNSIGNED_HOST}",
    signed="https://ac.cf.saavncdn.com",
    images="https://c.saavncdn.com",
)


def at_origin(origin: str) -> Addresses:
    """Everything at one origin."""
    return Addresses(origin, origin, origin, origin)
