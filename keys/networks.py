"""From where a key opens: a list of networks, IPv4 and IPv6, as staff write it. Pure."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
MOST = 100  # networks of one key


def normalized(text: str) -> str:
    """The list with one network a line, as in `203.0.113.0/24`; separated by commas or white space in `text`.

    Raises `ValueError` with a sentence for staff that names the entry at fault.
    """
    entries = [entry for entry in re.split(r"[\s,]+", text) if entry]
    if len(entries) > MOST:
        raise ValueError(f"At most {MOST} networks; these are {len(entries)}.")
    return "\n".join(dict.fromkeys(str(_network(entry)) for entry in entries))


def allows(networks: str, address: str) -> bool:
    """Whether the address lies in one of the networks of a normalized list; an empty list allows every address."""
    if not networks:
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found  # an IPv4 caller, as a socket for both kinds shows it
    return any(found in network or mapped in network for network in _parsed(networks))


@lru_cache(maxsize=1024)
def _parsed(networks: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(line) for line in networks.splitlines())


def _network(entry: str) -> Network:
    try:
        return ipaddress.ip_network(entry)
    except ValueError:
        pass
    try:
        meant = ipaddress.ip_interface(entry)
    except ValueError:
        message = f"{entry[:60]!r} is no address and no network such as 203.0.113.0/24 or 2001:db8::/32."
        raise ValueError(message) from None
    raise ValueError(f"{entry!r} names one machine and a whole network: write {meant.ip} or {meant.network}.")
