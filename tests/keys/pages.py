"""The admin's pages of keys, as tests read and fill them in."""

from __future__ import annotations

import re

from django.test import Client

from keys.models import ApiKey
from tests.conftest import Answer

LIST = "/admin/keys/apikey/"
ADD = f"{LIST}add/"
Key = tuple[ApiKey, str]
Form = dict[str, str | list[str]]


def page_of(key: ApiKey, step: str = "change") -> str:
    """The address of a key's page, or of a step's."""
    return f"{LIST}{key.pk}/{step}/"


def text(answer: Answer) -> str:
    return answer.content.decode()


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def form_of(client: Client) -> dict[str, str]:
    """The add page's own hidden field, and what Carol fills in."""
    new_id = hidden(text(client.get(ADD)), "new_id")
    return {"new_id": new_id, "name": "dave's bot", "owner": "Dave", "daily_limit": "500", "scopes": "stream"}


def change_form(client: Client, key: ApiKey) -> Form:
    """The change page's own hidden field, and its fields as they are."""
    limit = "" if key.daily_limit is None else str(key.daily_limit)
    return {
        "as_read": hidden(text(client.get(page_of(key))), "as_read"),
        "name": key.name,
        "owner": key.owner,
        "daily_limit": limit,
        "scopes": key.scopes.split(),
    }


def step_form(client: Client, key: ApiKey, step: str, **answers: str) -> dict[str, str]:
    """A step's page's own hidden field, and the answers."""
    return {"as_read": hidden(text(client.get(page_of(key, step))), "as_read"), **answers}


def key_in(response: Answer) -> str:
    """The key that the answer shows."""
    found = re.search(r'<code id="issued-key">(flk_live_\w+)</code>', text(response))
    assert found is not None
    return found[1]


def row_of(page: str, name: str) -> str:
    """The table row in which the name stands."""
    return next(row[0] for row in re.finditer(r"<tr>.*?</tr>", page, re.DOTALL) if name in row[0])


def names_in(page: str) -> list[str]:
    """The names of the keys that a list shows, in its order."""
    return re.findall(r'<span class="key-name" title="[^"]*">([^<]*)</span>', page)


def list_form(page: str) -> dict[str, str]:
    """Everything that the form of the list's limits holds, as it is."""
    fields = re.findall(r'<input type="(?:hidden|number)" name="((?:initial-)?form-[^"]+)"([^>]*)>', page)
    values = {name: re.search(r'value="([^"]*)"', rest) for name, rest in fields}
    return {name: found[1] if found else "" for name, found in values.items()} | {"_save": "Save"}
