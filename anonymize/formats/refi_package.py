"""The package of a REFI-QDA project: which of its files are read, and which are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from anonymize.errors import FormatError
from anonymize.formats.archives import Entry, Limits, list_archive, open_member
from anonymize.formats.base import HEAD_BYTES, Dropped
from anonymize.formats.charset import Text, decode_bytes, is_binary
from anonymize.formats.packages import PACKAGE_LIMITS
from anonymize.formats.refi_grammar import internal_file
from anonymize.formats.refi_project import Members, load_project
from anonymize.formats.refi_words import ARCHIVES, MEDIA
from anonymize.formats.spoken import MAX_BYTES
from anonymize.formats.xml_text import Kind, tokens

_PROJECT = ".qde"
_MAIN = "project.qde"
_ZIP = b"PK\x03\x04"
LIMITS = Limits(entries=PACKAGE_LIMITS.entries, ratio_from=PACKAGE_LIMITS.ratio_from)
"""Audio and video may be of any size: they are never opened."""


@dataclass(frozen=True)
class Package:
    """A project in a zip; what is asked for is read then.

    Attributes:
        path: Of the zip.
        label: How messages name it.
    """

    path: str = field(repr=False)
    label: str

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        entries = list_archive(self.path, self.label, LIMITS)
        for one in entries:
            if _suffix(one) in ARCHIVES:
                raise FormatError(f"{self.label}, entry {one.number}: is an archive in the archive")
        return entries

    @cached_property
    def main(self) -> Entry:
        """The member that is the project.

        Raises:
            FormatError: If there is none, or more than one.
        """
        found = [one for one in self._entries if one.name.lower().endswith(_PROJECT)]
        # Beside it may lie what macOS keeps of a file, under a name like its own.
        named = [one for one in found if one.name.lower() == _MAIN] or found
        if len(named) != 1:
            raise FormatError(f"{self.label}: holds no project, or several")
        return named[0]

    @cached_property
    def text(self) -> Text:
        """The XML of the project.

        Raises:
            FormatError: If it is not well-formed, is refused, or is no project.
        """
        return load_project(self._read(self.main), self._named(self.main))

    @cached_property
    def _kept(self) -> Mapping[str, Entry]:
        """Members that sources have their plain text from, by their compared name."""
        wanted = {
            internal_file(attribute.value)
            for token in tokens(self.text, self._named(self.main))
            if token.kind in {Kind.START, Kind.EMPTY}
            for attribute in token.attributes
            if attribute.local == "plainTextPath"
        } - {""}
        kept: dict[str, Entry] = {}
        for one in self._entries:
            name = PurePosixPath(one.name).name.lower()
            folder = PurePosixPath(one.name).parent.name.lower()
            if name in wanted and folder == "sources" and _suffix(one) not in MEDIA:
                kept.setdefault(name, one)
        return kept

    def check(self) -> None:
        """Look at where the texts of the sources begin.

        Raises:
            FormatError: If one is no text.
        """
        for one in self._kept.values():
            label = self._named(one)
            if one.size > MAX_BYTES:
                raise FormatError(f"{label}: too large for a text")
            with open_member(self.path, one.name, label, LIMITS) as stream:
                head = stream.read(HEAD_BYTES)
            if head.startswith(_ZIP):
                raise FormatError(f"{label}: is an archive in the archive")
            if is_binary(head):
                raise FormatError(f"{label}: is no text")

    def members(self, encoding: str | None) -> Members:
        """Return the plain texts of the sources.

        Raises:
            FormatError: If one is no text.
        """
        names = {name: one.name for name, one in self._kept.items()}
        texts = {
            one.name: decode_bytes(self._read(one), self._named(one), encoding)
            for one in self._kept.values()
        }
        return Members(names, texts)

    def dropped(self, container: str) -> Iterator[Dropped]:
        """Yield the files that are left out."""
        kept = {one.name for one in self._kept.values()}
        for one in self._entries:
            if one.name in kept or one == self.main:
                continue
            kind = MEDIA.get(_suffix(one))
            if kind:
                yield Dropped(kind, "rule", container)
            else:
                yield Dropped(f"part {one.number}", "unknown", container)

    def _named(self, entry: Entry) -> str:
        return f"{self.label}, entry {entry.number}"

    def _read(self, entry: Entry) -> bytes:
        label = self._named(entry)
        if entry.size > MAX_BYTES:
            raise FormatError(f"{label}: too large for a text")
        with open_member(self.path, entry.name, label, LIMITS) as stream:
            return stream.read()


def _suffix(entry: Entry) -> str:
    return PurePosixPath(entry.name).suffix.lower().lstrip(".")
