"""Fixity: the SHA-256 of every file, as `sha256sum --check` reads it.

A line is the digest in hex, two blanks, the path with `/`; lines are sorted by path; a line
feed, carriage return or percent sign in a path is percent-encoded (RFC 8493 §2.1.3).
"""

from __future__ import annotations

import hashlib
import pathlib
import stat
from collections.abc import Iterable

from anonymize.errors import IntegrityError
from anonymize.verify.contents import paths
from anonymize.verify.faults import Fault

MANIFEST = "manifest-sha256.txt"
UNSIGNED = ("audit/head.json", MANIFEST)
"""Files the signed digest cannot cover: the head that holds it, and what lists the head."""

_ENCODED = str.maketrans({"%": "%25", "\n": "%0A", "\r": "%0D"})
_HEX = frozenset("0123456789abcdef")


def write_manifest(root: pathlib.Path) -> pathlib.Path:
    """Write the manifest of everything below `root` but itself, and return its path.

    Raises:
        IntegrityError: If something is neither a folder nor a plain file, or unreadable.
    """
    target = root / MANIFEST
    target.write_bytes(_manifest(_digests(root), (MANIFEST,)))
    return target


def manifest_digest(root: pathlib.Path, exclude: Iterable[str] = UNSIGNED) -> str:
    """Return the SHA-256, hex, of the manifest of everything below `root` but `exclude`.

    Raises:
        IntegrityError: If something is neither a folder nor a plain file, or unreadable.
    """
    return hashlib.sha256(_manifest(_digests(root), exclude)).hexdigest()


def check_manifest(root: pathlib.Path, signed: str | None = None) -> tuple[Fault, ...]:
    """Compare what is below `root` with the manifest; every file is read once.

    Args:
        root: The shared folder.
        signed: What `manifest_digest` gave when the head was signed; None to leave it out.

    Raises:
        IntegrityError: If a file or folder cannot be read.
    """
    odd = [
        Fault(path, 0, "not-a-file", "a link or special file stands in the folder")
        for path, status in paths(root)
        if not stat.S_ISDIR(status.st_mode) and not stat.S_ISREG(status.st_mode)
    ]
    found = _digests(root, strict=False)
    faults = odd
    if signed is not None and signed != hashlib.sha256(_manifest(found, UNSIGNED)).hexdigest():
        faults.append(Fault("audit/head.json", 1, "wrong-files", "other files were signed"))
    if MANIFEST not in found:
        missing = Fault(MANIFEST, 0, "missing", "the manifest is not there")
        return tuple(sorted({*faults, missing}))
    raw = (root / MANIFEST).read_bytes()
    if raw != _manifest(found, (MANIFEST,)):
        faults += _differences(raw, found)
    return tuple(sorted(faults))


def _differences(raw: bytes, found: dict[str, str]) -> list[Fault]:
    text = raw.decode("utf-8", "surrogateescape")
    listed: dict[str, str] = {}
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        digest, gap, path = line[:64], line[64:66], line[66:]
        if len(digest) != 64 or not set(digest) <= _HEX or gap != "  " or path in listed:
            faults.append(Fault(MANIFEST, number, "wrong-line", "not a digest and a new path"))
        listed[path] = digest
    if list(listed) != sorted(listed) or not text.endswith("\n"):
        faults.append(Fault(MANIFEST, 0, "wrong-order", "the lines are cut or not sorted"))
    there = {path.translate(_ENCODED): digest for path, digest in found.items()}
    del there[MANIFEST]
    for path in sorted(listed.keys() | there.keys()):
        if path not in there:
            faults.append(Fault(path, 0, "missing", "the manifest lists a file that is not there"))
        elif path not in listed:
            faults.append(Fault(path, 0, "added", "the manifest does not list the file"))
        elif listed[path] != there[path]:
            faults.append(Fault(path, 0, "changed", "the file is not what the manifest lists"))
    return faults or [Fault(MANIFEST, 0, "wrong-manifest", "not the manifest of these files")]


def _digests(root: pathlib.Path, *, strict: bool = True) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, status in paths(root):
        if stat.S_ISREG(status.st_mode):
            found[path] = _digest(root / path)
        elif strict and not stat.S_ISDIR(status.st_mode):
            raise IntegrityError("a link or special file stands in the shared folder")
    return found


def _digest(path: pathlib.Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        raise IntegrityError("a file of the shared folder cannot be read") from None


def _manifest(digests: dict[str, str], exclude: Iterable[str]) -> bytes:
    left_out = frozenset(exclude)
    listed = {
        path.translate(_ENCODED): digest for path, digest in digests.items() if path not in left_out
    }
    lines = [f"{listed[path]}  {path}\n" for path in sorted(listed)]
    return "".join(lines).encode("utf-8", "surrogateescape")
