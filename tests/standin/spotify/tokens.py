"""The tokens that the service issues, and whether one is good. A token holds all that is needed to tell."""

import time
from hashlib import blake2b

LIFE = 3600  # seconds


class Tokens:
    """Issues tokens of a kind; `revoke` makes all that were issued so far worthless."""

    def __init__(self) -> None:
        self._generation = 0

    def revoke(self) -> None:
        """Refuse every token issued so far."""
        self._generation += 1

    def reset(self) -> None:
        """Forget that any was revoked."""
        self._generation = 0

    def issue(self, kind: str) -> tuple[str, int]:
        """A token, and when it ends, in milliseconds since the epoch."""
        ends = int((time.time() + LIFE) * 1000)
        return self._signed(kind, ends), ends

    def is_good(self, kind: str, authorization: str) -> bool:
        """Whether an Authorization header holds a token of the kind that has not ended."""
        token = authorization.removeprefix("Bearer ")
        ends = token.split(".")[1] if token.count(".") == 2 else ""
        if token == authorization or not (ends.isascii() and ends.isdigit()):
            return False
        return token == self._signed(kind, int(ends)) and int(ends) > time.time() * 1000

    def _signed(self, kind: str, ends: int) -> str:
        digest = blake2b(f"{kind} {ends} {self._generation}".encode(), digest_size=16).hexdigest()
        return f"{kind}.{ends}.{digest}"
