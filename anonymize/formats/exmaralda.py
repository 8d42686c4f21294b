"""EXMARaLDA basic transcriptions (exmaralda.org, basic-transcription.dtd), byte for byte.

Each event is a record; its speaker is that of its tier, by the table of speakers.  What a project
wrote about speakers and recordings under names of its own is told by those names.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from functools import partial

import regex

from anonymize.formats.base import Source
from anonymize.formats.pieces import Draft, Part
from anonymize.formats.spoken import Spoken
from anonymize.formats.tier_names import TIER, tier_id, tier_parts
from anonymize.formats.xml_names import render_xml
from anonymize.formats.xml_pieces import LITERAL, Slot, Stretch, Treatment, Use, clean_xml
from anonymize.formats.xml_rules import (
    LANGUAGE,
    NUMBER,
    NUMBERED,
    code,
    each,
    free,
    ident,
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
    taken,
    text_of,
)
from anonymize.formats.xml_text import Token, root_of
from anonymize.model.fields import Role
from anonymize.model.folding import words

ROOT = "basic-transcription"


def _known(kind: str, names: str) -> dict[str, str]:
    return {one.strip(): kind for one in names.split(",")}


_TOLD = {
    # Names EXMARaLDA's tools propose and corpora of the HZSK use, English and German, folded.
    **_known("person", "name, full name, first name, last name, given name, family name, surname"),
    **_known("person", "nickname, alias, vorname, nachname, familienname, maiden name"),
    **_known("other", "transcriber, transcribed by, interviewer, author, annotator, annotated by"),
    **_known("other", "transkribent, transkribentin, checked by, recorded by, interviewee"),
    **_known("place", "place of birth, birthplace, birth place, residence, place, location"),
    **_known("place", "country, region, geburtsort, wohnort, ort, aufnahmeort, land"),
    **_known("date", "date, date of recording, recording date, datum, aufnahmedatum"),
    **_known("date", "date of birth, birth date, geburtsdatum, transcription date"),
    **_known("text", "birth, family marital status, family children, occupation, beruf"),
    **_known("text", "age, alter, sex, gender, geschlecht, role, rolle, l1, l2, languages"),
    **_known("text", "language, sprache, sprachen, description, beschreibung, comment, remarks"),
    **_known("text", "kommentar, setting, situation, dialect, dialekt, nationality, bildung"),
    **_known("text", "education, status, topic, thema, relation, beziehung, duration, dauer"),
    **_known("text", "genre, title, titel"),
}
"""What is told under a name: of a speaker, `person` is a name of hers, `other` that of another."""


@dataclass(slots=True)
class _Basic(Sheet):
    """A basic transcription, with the label of each speaker and the speaker of each tier."""

    labels: dict[str, str] = field(default_factory=dict, repr=False)
    tiers: dict[str, str] = field(default_factory=dict, repr=False)

    def element(self, trail: Trail) -> Treatment:
        """Return what becomes of an element; of user-defined information, by its name."""
        if self.name(trail[-1]) == "ud-information" and not _kind(trail):
            told = attribute_of(trail[-1], "attribute-name")
            return Treatment.UNKNOWN if told else Treatment.RULE
        return Sheet.element(self, trail)

    def speakers(self, record: Token, trail: Trail) -> tuple[str, ...]:
        """Return the speaker of the tier of an event."""
        del record
        tier = next((one for one in trail if one.local == "tier"), None)
        speaker = attribute_of(tier, "speaker") if tier else ""
        return (speaker,) if speaker else ()


def _kind(trail: Trail) -> str:
    return _TOLD.get(words(attribute_of(trail[-1], "attribute-name")), "")


def _subject(trail: Trail, draft: Draft) -> str:
    """Return the subject of the speaker of whose entry an element is part."""
    for token in trail:
        if token.local == "speaker" and attribute_of(token, "id"):
            return draft.speaker(attribute_of(token, "id"))
    return ""


def _told(_sheet: Sheet, trail: Trail, _value: str, draft: Draft) -> Use:
    """It is what its attribute's name says."""
    match _kind(trail):
        case "person":
            return Slot(Role.NAME, "person", _subject(trail, draft), Part.LABEL)
        case "other":
            return Slot(Role.NAME, "person", part=Part.LABEL)
        case "place":
            return Slot(Role.PLACE)
        case "date":
            return Slot(Role.DATE)
    return Slot(Role.TEXT)


def _name_told(_sheet: Sheet, trail: Trail, _value: str, _draft: Draft) -> Use:
    """It is of the list above, else its element has left."""
    return LITERAL if _kind(trail) else Slot(Role.OPAQUE, "unknown")


def _abbreviation(_sheet: Sheet, trail: Trail, value: str, draft: Draft) -> Use:
    """It is the label of a speaker."""
    return Slot(Role.NAME, "speaker", _subject(trail, draft) or draft.speaker(value), Part.LABEL)


def _label(sheet: Sheet, tier: str) -> str:
    """Return the label of the speaker of a tier, by its id."""
    return sheet.labels.get(sheet.tiers.get(tier, ""), "") if isinstance(sheet, _Basic) else ""


def _tier(sheet: Sheet, _trail: Trail, value: str, draft: Draft) -> Use:
    """It is the id of a tier, or a reference to one."""
    if NUMBERED.fullmatch(value):
        return (Stretch(0, len(value), LITERAL, TIER),)
    return (tier_id(value, _label(sheet, html.unescape(value)), draft, word=True),)


def _display(sheet: Sheet, trail: Trail, value: str, draft: Draft) -> Use:
    """It is what a tier is called on the screen, such as `ANN [v]`."""
    category = attribute_of(trail[-1], "category")
    tail = regex.search(rf"\s*\[{regex.escape(category)}\]\s*$", value) if category else None
    # The category stands for itself, whatever it is; it is searched where it stands alone.
    label = _label(sheet, attribute_of(trail[-1], "id"))
    return tier_parts(value[: tail.start()] if tail else value, label, draft)


_MARK = code(r"[a-z]{1,4}|intp|appl|unknown")
_STYLE = code(
    # Values of TierFormat.java, `ChunkBorder`, and Java's logical fonts and colours.
    r"(?:Generous|Miserly|Fixed|Plain|Bold|Italic|Bold,Italic|Left|Right|Center|solid|dashed|"
    r"dotted|[lrtb]{0,4}|#R[0-9A-F]{2}G[0-9A-F]{2}B[0-9A-F]{2}|[0-9]{1,3}|black|white|gray|"
    r"lightGray|darkGray|red|green|blue|yellow|cyan|magenta|orange|pink|Charis SIL|Arial|"
    r"Arial Unicode MS|Times New Roman|Courier New|Verdana|Tahoma|Calibri|Cambria|Dialog|"
    r"SansSerif|Serif|Monospaced|Lucida Sans Unicode|Segoe UI|Doulos SIL|Gentium)?"
)

TABLES = Tables(
    spaces={"": ""},
    elements={
        **listed(
            Treatment.BLOCK,
            "basic-transcription head meta-information project-name transcription-name "
            "ud-meta-information ud-information comment transcription-convention speakertable "
            "speaker abbreviation sex languages-used language l1 l2 ud-speaker-information "
            "basic-body common-timeline tli timeline-fork tier ud-tier-information event "
            "tierformat-table timeline-item-format tier-format property",
        ),
        "referenced-file": Treatment.RULE,
    },
    values={
        "basic-transcription@Id": ruled,
        # Often the name of the file.
        "transcription-name": ruled,
        **each(free, "project-name comment transcription-convention event"),
        "ud-information@attribute-name": _name_told,
        "ud-information": _told,
        "speaker@id": ident,
        "abbreviation": _abbreviation,
        "sex@value": code("[mfudx]"),
        "language@lang": LANGUAGE,
        "language": free,
        "tli@id": ident,
        "tli@time": NUMBER,
        "tli@type": _MARK,
        **each(refs, "event@start event@end tier@speaker @start @end"),
        "event@medium": code("aud|vid|img|txt"),
        "event@url": ruled,
        **each(_tier, "tier@id tier-format@tierref"),
        "tier@category": free,
        "tier@type": _MARK,
        "tier@display-name": _display,
        **each(
            NUMBER,
            "@show-every-nth-numbering @show-every-nth-absolute @miliseconds-digits "
            "tier-format@size",
        ),
        "@absolute-time-format": code("time|decimal"),
        **each(_STYLE, "@style-name @alignment-name @textcolor-name @bgcolor-name property"),
        "property@name": code(r"[a-z]{1,12}(?:-[a-z]{1,12}){0,3}"),
    },
    sections=frozenset(("event",)),
)


def _is_exmaralda(source: Source) -> bool:
    """Whether a source is named as basic transcriptions are, or begins as they do."""
    if source.folder:
        return False
    return source.suffix == ".exb" or root_of(source.head) == ("", ROOT)


def tokenise(content: str, label: str) -> Draft:
    """Return the pieces of a file; joined they are `content`.

    Raises:
        FormatError: If it is no basic transcription.
    """
    found = cut(content, label, frozenset((ROOT,)))
    text = partial(text_of, content, found)
    people: dict[str, str] = {}
    labels: dict[str, str] = {}
    tiers: dict[str, str] = {}
    entry = ""
    for token in starts(found):
        if token.local == "speaker":
            entry = attribute_of(token, "id")
            people[entry] = entry
        elif token.local == "abbreviation":
            labels[entry] = text(token)
        elif token.local == "tier" and (speaker := attribute_of(token, "speaker")):
            people.setdefault(speaker, speaker)
            tiers[attribute_of(token, "id")] = speaker
    people.pop("", None)
    sheet = _Basic(TABLES, people=people, labels=labels, tiers=tiers)
    return taken(content, label, sheet, found)


FORMAT = Spoken(
    "exmaralda", (".exb",), 30, _is_exmaralda, tokenise, clean_xml, decode=read_text,
    write=render_xml,
)  # fmt: skip
