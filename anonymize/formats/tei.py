"""TEI transcripts (tei-c.org, P5; ISO 24624; TEI.2 of P4), rebuilt byte for byte.

Each utterance, speech or, where nobody is said to speak, paragraph is a record.  A person in the
header and who refers to her share one label.  Text runs through the tags in it; where tags part
words without a blank (`<w>Anna</w><w>Kowal</w>`), they stand for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from anonymize.formats.base import Source
from anonymize.formats.pieces import Draft
from anonymize.formats.spoken import Spoken
from anonymize.formats.tei_tables import GLUED, PEOPLE, SPACE, TABLES
from anonymize.formats.xml_names import render_xml
from anonymize.formats.xml_pieces import Treatment, clean_xml
from anonymize.formats.xml_tables import (
    Sheet,
    Trail,
    attribute_of,
    cut,
    read_text,
    starts,
    survey,
    taken,
)
from anonymize.formats.xml_text import Kind, Token, root_of

_ROOTS = {(SPACE, "TEI"), (SPACE, "teiCorpus"), ("", "TEI.2"), ("", "teiCorpus.2")}


@dataclass(slots=True)
class _Tei(Sheet):
    """A text, with the places where a tag parts two words."""

    parted: frozenset[int] = field(default=frozenset(), repr=False)

    def element(self, trail: Trail) -> Treatment:
        """Return what becomes of an element, and whether its tag parts two words."""
        found = Sheet.element(self, trail)
        if found is Treatment.INLINE and trail[-1].start in self.parted:
            return Treatment.PARTING
        return found


def _parted(content: str, found: Sequence[Token]) -> frozenset[int]:
    """Return the start of each tag that parts two words by itself.

    That is one of `GLUED` between two letters, unless it says that no word ends there
    (`break="no"`), and a segment right behind another.
    """
    parted: set[int] = set()
    left = False
    for at, token in enumerate(found):
        if token.kind in {Kind.TEXT, Kind.CDATA}:
            left = not content[token.stop - 1].isspace()
        elif token.kind in {Kind.START, Kind.EMPTY} and token.local in GLUED and left:
            before = found[at - 1]
            segment = token.local in {"s", "seg"}
            behind = before.kind is Kind.END and before.local == token.local
            if attribute_of(token, "break") != "no" and (behind or not segment):
                parted.add(token.start)
    return frozenset(parted)


def _is_tei(source: Source) -> bool:
    """Whether a source begins with the element of a text or corpus of TEI."""
    return not source.folder and root_of(source.head) in _ROOTS


def tokenise(content: str, label: str) -> Draft:
    """Return the pieces of a file; joined they are `content`.

    Raises:
        FormatError: If it is no TEI.
    """
    found = cut(content, label, frozenset(name for _, name in _ROOTS))
    said = survey(TABLES, found)
    ids: set[str] = set()
    people: set[str] = set()
    for token in starts(found):
        name = attribute_of(token, "xml:id") or attribute_of(token, "id")
        ids.add(name)
        if token.local in PEOPLE:
            people.add(name)
    people |= {one for each in said.values() for one in each if "#" not in one and ":" not in one}
    sheet = _Tei(
        TABLES,
        people={one: one for one in sorted(people - {""})},
        ids=frozenset(ids - {""}),
        said=said,
        parted=_parted(content, found),
    )
    return taken(content, label, sheet, found)


FORMAT = replace(
    Spoken("tei", (".xml", ".tei"), 30, _is_tei, tokenise, clean_xml),
    decode=read_text,
    write=render_xml,
)
