"""The key file: 32 random bytes that make every pseudonym, in a place of their own.

The file is JSON: `{"version": 1, "id": …, "created_by": …, "kdf": null | {...}, "key": …}`.  With a
passphrase the key is sealed by ChaCha20-Poly1305 under Argon2id of the passphrase (RFC 9106,
second recommended option: 3 passes, 64 MiB, 4 lanes); without one it stands in base64 and the
file's permissions guard it.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import os
import secrets
import stat
from pathlib import Path
from typing import Any

from anonymize.errors import SecretError
from anonymize.model.keys import Keys

PASSPHRASE_VARIABLE = "ANONYMIZE_PASSPHRASE"  # noqa: S105 - the name of a variable
_PASSES, _MEMORY_KIB, _LANES = 3, 64 * 1024, 4


def _stretch(passphrase: str, salt: bytes, kdf: dict[str, Any]) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    return Argon2id(
        salt=salt,
        length=32,
        iterations=int(kdf["passes"]),
        lanes=int(kdf["lanes"]),
        memory_cost=int(kdf["memory_kib"]),
    ).derive(passphrase.encode())


def _envelope(key: bytes, passphrase: str | None) -> dict[str, Any]:
    keys = Keys(key)
    if passphrase is None:
        body = base64.b64encode(key).decode()
        return {"version": 1, "id": keys.id(), "kdf": None, "key": body}
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    kdf = {
        "name": "argon2id",
        "passes": _PASSES,
        "memory_kib": _MEMORY_KIB,
        "lanes": _LANES,
        "salt": base64.b64encode(salt).decode(),
        "nonce": base64.b64encode(nonce).decode(),
    }
    sealed = ChaCha20Poly1305(_stretch(passphrase, salt, kdf)).encrypt(
        nonce,
        key,
        keys.id().encode(),
    )
    return {
        "version": 1,
        "id": keys.id(),
        "kdf": kdf,
        "key": base64.b64encode(sealed).decode(),
    }


def _write_new(path: Path, content: dict[str, Any]) -> None:
    """Write a key file that must not exist, readable by its owner only from its first byte."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise SecretError(f"{path}: there is a key already; it is never overwritten") from None
    with os.fdopen(handle, "wb") as file:
        file.write(json.dumps(content, indent=2).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def create(path: Path, passphrase: str | None = None) -> Keys:
    """Draw a fresh key and write its file.

    Raises:
        SecretError: If there is a file already, or the passphrase is empty.
    """
    if passphrase == "":
        raise SecretError("an empty passphrase protects nothing")
    key = secrets.token_bytes(32)
    _write_new(path, _envelope(key, passphrase))
    return Keys(key)


def check_private(path: Path) -> None:
    """Refuse a file or folder that others on the machine can read.

    Windows keeps no such bits; there the folder's inherited access list rules.

    Raises:
        SecretError: If group or others have any right on it.
    """
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        wanted = "700" if path.is_dir() else "600"
        raise SecretError(f"{path}: readable by others; run: chmod {wanted} {path}")


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise SecretError(f"{path}: the project key is missing") from None
    except PermissionError:
        raise SecretError(f"{path}: the project key cannot be read") from None
    except (OSError, ValueError, RecursionError):
        raise SecretError(f"{path}: not a key file") from None
    if not isinstance(content, dict) or content.get("version") != 1:
        raise SecretError(f"{path}: not a key file of this version")
    return content


def load(path: Path, passphrase: str | None = None) -> Keys:
    """Return the keys of a file.

    Args:
        path: The key file.
        passphrase: For a sealed key; else the environment variable `ANONYMIZE_PASSPHRASE`.

    Raises:
        SecretError: If it is missing, damaged, readable by others, or the passphrase is wrong.
    """
    content = _read(path)
    check_private(path)
    kdf = content.get("kdf")
    try:
        body = base64.b64decode(content["key"], validate=True)
        if kdf is not None:
            body = _open_sealed(path, body, content, passphrase)
        keys = Keys(body)
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise SecretError(f"{path}: the key file is damaged") from None
    if keys.id() != content["id"]:
        raise SecretError(f"{path}: the key does not fit its id; the file was changed")
    return keys


def _open_sealed(
    path: Path,
    body: bytes,
    content: dict[str, Any],
    passphrase: str | None,
) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if passphrase is None:
        passphrase = os.environ.get(PASSPHRASE_VARIABLE)
    if passphrase is None:
        raise SecretError(f"{path}: locked by a passphrase; set {PASSPHRASE_VARIABLE}")
    kdf = content["kdf"]
    salt = base64.b64decode(kdf["salt"], validate=True)
    nonce = base64.b64decode(kdf["nonce"], validate=True)
    try:
        return ChaCha20Poly1305(_stretch(passphrase, salt, kdf)).decrypt(
            nonce,
            body,
            str(content["id"]).encode(),
        )
    except InvalidTag:
        raise SecretError(f"{path}: wrong passphrase, or the file was changed") from None


def is_locked(path: Path) -> bool:
    """Whether the key is sealed by a passphrase."""
    return _read(path).get("kdf") is not None


def public_id(path: Path) -> str:
    """Return the key's public id without opening it."""
    return str(_read(path).get("id", ""))


def export(keys: Path, target: Path, passphrase: str, *, unlock: str | None = None) -> None:
    """Write a backup of a key sealed by a passphrase of its own.

    Raises:
        SecretError: If the key cannot be opened, the passphrase is empty, or `target` exists.
    """
    if not passphrase:
        raise SecretError("an empty passphrase protects nothing")
    load(keys, unlock)
    content = _read(keys)
    body = base64.b64decode(content["key"])
    if content["kdf"] is not None:
        body = _open_sealed(keys, body, content, unlock)
    _write_new(target, _envelope(body, passphrase))


def destroy(path: Path) -> None:
    """Overwrite a file with zeros and random bytes, then remove it.

    On journaling, copy-on-write or flash storage older copies of the blocks may survive;
    the README says so.
    """
    size = path.stat().st_size
    for filler in (b"\0" * size, secrets.token_bytes(size)):
        with path.open("r+b") as file:
            file.write(filler)
            file.flush()
            os.fsync(file.fileno())
    path.unlink()
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
