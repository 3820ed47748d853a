"""The networks from which a key opens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys.networks import allows, normalized


@pytest.mark.parametrize(
    ("text", "networks"),
    [
        ("", ""),
        (" , \n", ""),
        ("203.0.113.7", "203.0.113.7/32"),
        ("203.0.113.0/24,2001:DB8::/32", "203.0.113.0/24\n2001:db8::/32"),
        ("203.0.113.0/255.255.255.0 203.0.113.0/24", "203.0.113.0/24"),
        ("0.0.0.0/0\r\n::/0", "0.0.0.0/0\n::/0"),
    ],
)
def test_a_list_is_read_as_staff_write_it(text: str, networks: str) -> None:
    assert normalized(text) == networks


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("nonsense", "'nonsense' is no address"),
        ("203.0.113.0/24 nonsense", "'nonsense'"),
        ("203.0.113.0/33", "203.0.113.0/33"),
        ("203.0.113", "no address"),
        ("203.0.113.7/24", "write 203.0.113.7 or 203.0.113.0/24"),
        ("2001:db8::1/32", "write 2001:db8::1 or 2001:db8::/32"),
        ("203.0.113.256", "no address"),
        ("*", "no address"),
        ("1" * 5000, "no address"),
        ("\0", "no address"),
        (",".join(f"10.0.{number}.0/24" for number in range(101)), "At most 100"),
    ],
)
def test_nonsense_is_refused_and_named(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match="(?s)" + complaint.replace(".", "[.]")):
        normalized(text)


@pytest.mark.parametrize(
    ("networks", "address", "allowed"),
    [
        ("", "203.0.113.7", True),
        ("203.0.113.0/24", "203.0.113.7", True),
        ("203.0.113.0/24", "203.0.114.7", False),
        ("203.0.113.0/24", "::ffff:203.0.113.7", True),
        ("203.0.113.0/24", "2001:db8::1", False),
        ("203.0.113.0/24\n2001:db8::/32", "2001:db8:1::1", True),
        ("2001:db8::/32", "2001:db9::1", False),
        ("203.0.113.0/24", "", False),
        ("203.0.113.0/24", "unix:", False),
    ],
)
def test_an_address_is_let_in_where_it_lies_in_a_network(networks: str, address: str, allowed: bool) -> None:
    assert allows(networks, address) is allowed


@given(st.text(max_size=60))
def test_what_is_read_can_be_read_again_and_the_rest_is_refused(text: str) -> None:
    try:
        networks = normalized(text)
    except ValueError:
        return
    assert normalized(networks) == networks
    assert allows(networks, "203.0.113.7") in (True, False)


@given(st.ip_addresses())
def test_every_address_lies_in_the_network_of_its_own(address: object) -> None:
    assert allows(normalized(str(address)), str(address))
