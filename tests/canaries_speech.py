"""Transcripts in XML in which every leaf of the allow-lists holds a string found nowhere else.

They are made from the tables themselves: each element they name, with each attribute they name
and a text, and one unknown attribute and element in each.  Readers do not ask what may stand in
what, so one row of elements tries them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from anonymize.formats.xml_tables import XML, Tables
from tests.canaries import Canaries, Canary
from tests.formats.speech_cases import TABLES

_ROOTS = {
    "elan": ("ANNOTATION_DOCUMENT", "", "TIER"),
    "exmaralda": ("basic-transcription", "", "tier"),
    "transcriber": ("Trans", "", "Section"),
    "ttml": ("tt", "http://www.w3.org/ns/ttml", "body"),
    "tei": ("TEI", "http://www.tei-c.org/ns/1.0", "text"),
}
_SKIPPED = {"PROPERTY", "ud-information"}
"""Elements told by an attribute: one of the known names stands in the tests of their format."""


def _spaces(tables: Tables) -> str:
    found: dict[str, str] = {}
    for space, prefix in tables.spaces.items():
        if prefix and space != XML:
            found.setdefault(prefix.rstrip(":"), space)
    return "".join(f' xmlns:{prefix}="{space}"' for prefix, space in found.items())


_GLOBAL = 3
"""Attributes known on every element that each element has, in turn; TEI has eighty of them."""


def _attributes(tables: Tables, name: str, canaries: Canaries) -> Iterator[str]:
    everywhere = [key[1:] for key in tables.values if key.startswith("@")]
    own = [key.partition("@")[2] for key in tables.values if key.startswith(f"{name}@")]
    turn = sorted({one.rpartition("/")[2] for one in tables.elements}).index(name) * _GLOBAL
    shared = [
        everywhere[(turn + n) % len(everywhere)] for n in range(min(_GLOBAL, len(everywhere)))
    ]
    for attribute in dict.fromkeys([*own, *shared]):
        yield f' {attribute}="{canaries.email(f"{name}@{attribute}")}"'
    yield f' zz="{canaries.email(f"{name}@zz")}"'


def _element(tables: Tables, name: str, canaries: Canaries, inner: str = "") -> str:
    attributes = "".join(_attributes(tables, name, canaries))
    unknown = f"<zz>{canaries.email(f'{name}/zz')}</zz><!-- {canaries.email(f'{name} note')} -->"
    text = canaries.email(f"{name} text")
    return f"<{name}{attributes}>{text} {unknown}{inner}</{name}>\n"


def canary_speech(form: str) -> Canary:
    """Return a file of a format with a canary in every leaf its tables know, and many unknown."""
    canaries = Canaries(10_000 * (1 + list(TABLES).index(form)))
    tables = TABLES[form]
    root, space, container = _ROOTS[form]
    names = [one for one in tables.elements if one.rpartition("/")[2] not in _SKIPPED]
    body = ""
    for one in names:
        around, _, name = one.rpartition("/")
        if name in {root, container}:
            continue
        made = _element(tables, name, canaries)
        body += f"<{around}>{made}</{around}>" if around else made
    for name in sorted(tables.sections):
        body += _element(tables, name, canaries, _element(tables, name, canaries))
    made_by = canaries.email("instruction")
    head = f"<?xml version='1.0'?><?made by='{made_by}'?>"
    declared = f" xmlns='{space}'" if space else ""
    start = f"<{root}{declared}{_spaces(tables)}>"
    # Outside what holds the records and within it, where that makes a difference.
    again = body if tables.within else body.replace("Zq7K", "Zq8K")
    rest = f"{'' if tables.within else body}<{container}>{again}</{container}>"
    where = {key.replace("Zq7K", "Zq8K"): place for key, place in canaries.where.items()}
    canaries.where |= where
    return canaries.file(f"{head}{start}{rest}</{root}>".encode())
