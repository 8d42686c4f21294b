"""Office documents and projects: zips that are held whole, and written the same every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from anonymize.errors import FormatError
from anonymize.formats.archives import Limits, list_archive, open_member

PACKAGE_LIMITS = Limits(
    entries=10_000,
    member_bytes=256 * 1024**2,
    total_bytes=512 * 1024**2,
    ratio=200,
    ratio_from=1024**2,
)
"""A document is held in memory; one with five hundred pictures stays well below."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16
_UNIX = 3


def read_package(path: str, label: str, limits: Limits = PACKAGE_LIMITS) -> dict[str, bytes]:
    """Return what each member of a zip holds, by name, in stored order.

    Raises:
        FormatError: If it is no zip, is refused or damaged.
    """
    parts: dict[str, bytes] = {}
    for entry in list_archive(path, label, limits):
        with open_member(path, entry.name, f"{label}, entry {entry.number}", limits) as stream:
            parts[entry.name] = stream.read()
    if not parts:
        raise FormatError(f"{label}: holds no file")
    return parts


def write_package(parts: Mapping[str, bytes], first: str = "") -> bytes:
    """Return a zip whose bytes depend on names and contents alone.

    Args:
        parts: What each member holds, by name; written sorted.
        first: Member that stands first and is not compressed, where it is there: what a file
            of OpenDocument is told by (OpenDocument 1.3, part 2, section 3.3).
    """
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in sorted(parts, key=lambda one: (one != first, one)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            info.create_system = _UNIX
            info.external_attr = _MODE
            archive.writestr(info, parts[name])
    return sink.getvalue()
