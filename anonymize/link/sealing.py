"""Authenticated encryption of everything private that lies on a disk.

ChaCha20-Poly1305 (RFC 8439) under a key for each purpose.  The nonce is random: what is
sealed is private and need not be the same bytes twice.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from anonymize.errors import SecretError
from anonymize.model.keys import Keys

_VERSION = b"\x01"
_NONCE = 12


def seal(keys: Keys, purpose: str, data: bytes, *, row: str = "") -> bytes:
    """Return `data` encrypted, so that only the same keys, purpose and row open it.

    Args:
        keys: Keys of the project.
        purpose: What is sealed; one of few words, for each has a key of its own.
        data: Any bytes.
        row: Where it will lie, so that rows cannot be exchanged for one another.
    """
    nonce = os.urandom(_NONCE)
    cipher = ChaCha20Poly1305(keys.derive("seal/" + purpose))
    return _VERSION + nonce + cipher.encrypt(nonce, data, _bound(purpose, row))


def unseal(keys: Keys, purpose: str, sealed: bytes, *, row: str = "") -> bytes:
    """Return what was sealed.

    Raises:
        SecretError: If the keys, purpose or row are others, or a byte was changed.
    """
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    if sealed[:1] == _VERSION and len(nonce) == _NONCE:
        cipher = ChaCha20Poly1305(keys.derive("seal/" + purpose))
        try:
            return cipher.decrypt(nonce, body, _bound(purpose, row))
        except InvalidTag:
            pass
    raise SecretError(f"the private {purpose} was not written with this key, or was changed")


def _bound(purpose: str, row: str) -> bytes:
    return f"{purpose}\x1f{row}".encode("utf-8", "surrogatepass")
