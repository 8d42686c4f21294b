"""Keyed derivation: every token and every draw is a function of the project key and a value.

HMAC-SHA-256 (RFC 2104, FIPS 198-1) under a key of its own for each purpose, derived from the
256-bit project key by HKDF's expand step (RFC 5869) with the purpose as `info`.
"""

from __future__ import annotations

import hashlib
import hmac

LETTERS = "bcdfghjkmnpqrstvwxz"
DIGITS = "23456789"
_ALPHABET = LETTERS + DIGITS
"""Without vowels no token spells a name; without 0, 1, l none is misread."""
_PAIRS = tuple(first + second for second in _ALPHABET for first in _ALPHABET)
_BLOCK = 64
"""Bytes in which SHA-256 reads; a key is filled up to one (RFC 2104, section 2)."""


def _padded(key: bytes, sign: int) -> hashlib._Hash:
    """Return SHA-256 that has read a key of at most a block, each byte combined with a sign."""
    return hashlib.sha256(bytes(byte ^ sign for byte in key.ljust(_BLOCK, b"\0")))


class Keys:
    """The keys of one project, or of one access tier of it.

    Holds 32 bytes; its `repr` shows none of them.
    """

    __slots__ = ("_begun", "_cache", "_root")

    def __init__(self, root: bytes) -> None:
        if len(root) != 32:
            raise ValueError("a project key has 32 bytes")
        self._root = root
        self._cache: dict[str, bytes] = {}
        self._begun: dict[str, tuple[hashlib._Hash, hashlib._Hash]] = {}

    def __repr__(self) -> str:
        return "Keys(…)"

    def derive(self, purpose: str) -> bytes:
        """Return the 32-byte key of a purpose."""
        found = self._cache.get(purpose)
        if found is None:
            found = hmac.digest(self._root, purpose.encode() + b"\x01", "sha256")
            self._cache[purpose] = found
        return found

    def tier(self, policy: str) -> Keys:
        """Return the keys of an access tier; those of two tiers share nothing."""
        return Keys(self.derive("tier/" + policy))

    def mac(self, purpose: str, value: str) -> bytes:
        """Return the 32-byte keyed digest of a value."""
        begun = self._begun.get(purpose)
        if begun is None:
            # `hmac.digest` reads the key again for each value, which takes half of its time.
            key = self.derive(purpose)
            begun = self._begun[purpose] = _padded(key, 0x36), _padded(key, 0x5C)
        inner, outer = begun[0].copy(), begun[1].copy()
        inner.update(value.encode("utf-8", "surrogatepass"))
        outer.update(inner.digest())
        return outer.digest()

    def number(self, purpose: str, value: str) -> int:
        """Return a uniform number below 2^256."""
        return int.from_bytes(self.mac(purpose, value), "big")

    def token(self, purpose: str, value: str, length: int = 8) -> str:
        """Return an opaque name of `length` characters (4.75 bits each), first a letter.

        Args:
            purpose: Names the key; tokens of two purposes cannot be joined.
            value: What the token stands for.
            length: Characters, 1 to 50.
        """
        number = self.number(purpose, value)
        number, at = divmod(number, len(LETTERS))
        out = [LETTERS[at]]
        number %= len(_ALPHABET) ** (length - 1)
        for _ in range(length // 2):
            number, at = divmod(number, len(_PAIRS))
            out.append(_PAIRS[at])
        return "".join(out)[:length]

    def id(self) -> str:
        """Return the public id of the key: 16 hex digits that say nothing of it."""
        return hashlib.sha256(self.derive("public id")).hexdigest()[:16]
