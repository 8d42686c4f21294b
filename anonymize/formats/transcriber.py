"""Transcriber files (trans.sourceforge.net, trans-13.dtd and trans-14.dtd), byte for byte.

Each turn is a record.  What is said runs through the time marks in it, so that a name across one
is found; after a change each mark stands where the words around it stand now.
"""

from __future__ import annotations

from dataclasses import replace

from anonymize.formats.base import Source
from anonymize.formats.pieces import Draft, Part
from anonymize.formats.spoken import Spoken
from anonymize.formats.xml_names import render_xml
from anonymize.formats.xml_pieces import Slot, Treatment, Use, clean_xml
from anonymize.formats.xml_rules import (
    LANGUAGE,
    NUMBER,
    YES,
    code,
    date,
    each,
    free,
    ident,
    person,
    refs,
    ruled,
)
from anonymize.formats.xml_tables import (
    Sheet,
    Tables,
    Trail,
    attribute_of,
    cut,
    listed,
    read_text,
    starts,
    survey,
    taken,
)
from anonymize.formats.xml_text import root_of
from anonymize.model.fields import Role

ROOT = "Trans"


def _name(_sheet: Sheet, trail: Trail, value: str, draft: Draft) -> Use:
    """It is the name of a speaker, who has an id besides."""
    label = attribute_of(trail[-1], "id") or value
    return Slot(Role.NAME, "speaker", draft.speaker(label), Part.LABEL)


TABLES = Tables(
    spaces={"": ""},
    elements={
        **listed(Treatment.BLOCK, "Trans Speakers Speaker Topics Topic Episode Section Turn"),
        **listed(Treatment.INLINE, "Sync Who Background Comment Vocal Event"),
    },
    values={
        "Trans@audio_filename": ruled,
        "Trans@scribe": person,
        **each(NUMBER, "Trans@version Trans@elapsed_time"),
        "Trans@version_date": date,
        "@xml:lang": LANGUAGE,
        "Speaker@id": ident,
        "Speaker@name": _name,
        "Speaker@check": YES,
        "Speaker@type": code("male|female|child|unknown"),
        "Speaker@dialect": code("native|nonnative"),
        "Speaker@accent": free,
        "Speaker@scope": code("local|global"),
        "Topic@id": ident,
        "Topic@desc": free,
        "Episode@program": free,
        "Episode@air_date": date,
        "Section@type": code("report|nontrans|filler"),
        "Section@topic": refs,
        **each(NUMBER, "@startTime @endTime @time Who@nb"),
        "Turn@speaker": refs,
        "Turn@mode": code("spontaneous|planned"),
        "Turn@fidelity": code("high|medium|low"),
        "Turn@channel": code("telephone|studio"),
        "Turn": free,
        "Background@type": code("(?:(?:music|speech|shh|other|unknown)(?: |$))+"),
        "Background@level": code("high|low|off"),
        "Event@type": code("noise|lexical|pronounce|language|entities"),
        "Event@extent": code("begin|end|previous|next|instantaneous"),
        **each(free, "Event@desc Comment@desc Vocal@desc"),
    },
    sections=frozenset(("Turn",)),
    speaks=frozenset(("Turn@speaker",)),
)


def _is_transcriber(source: Source) -> bool:
    """Whether a source begins as Transcriber's files do; other formats have their suffix."""
    return not source.folder and root_of(source.head) == ("", ROOT)


def tokenise(content: str, label: str) -> Draft:
    """Return the pieces of a file; joined they are `content`.

    Raises:
        FormatError: If it is no file of Transcriber.
    """
    found = cut(content, label, frozenset((ROOT,)))
    said = survey(TABLES, found)
    ids = {attribute_of(one, "id") for one in starts(found) if one.local == "Speaker"}
    people = {one: one for one in sorted(ids.union(*said.values()) - {""})}
    return taken(content, label, Sheet(TABLES, people=people, said=said), found)


FORMAT = replace(
    Spoken("transcriber", (".trs",), 30, _is_transcriber, tokenise, clean_xml),
    decode=read_text,
    write=render_xml,
)
