"""ELAN annotations (mpi.nl/tools/elan, EAFv2.0.xsd to EAFv3.0.xsd), rebuilt byte for byte.

Each annotation is a record; its speaker is that of its tier.  Time slots, the tree of tiers and
all references stay.  Media and linked files are paths of somebody's machine and leave by a rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from anonymize.formats.base import Source
from anonymize.formats.pieces import Draft
from anonymize.formats.spoken import Spoken
from anonymize.formats.tier_names import Tiers, tiers_of
from anonymize.formats.xml_names import render_xml
from anonymize.formats.xml_pieces import LITERAL, Slot, Stretch, Treatment, Use, clean_xml
from anonymize.formats.xml_rules import (
    LANGUAGE,
    NUMBER,
    YES,
    code,
    date,
    each,
    free,
    ident,
    link,
    person,
    refs,
    ruled,
    speaker,
)
from anonymize.formats.xml_tables import (
    XSI,
    Rule,
    Sheet,
    Tables,
    Trail,
    attribute_of,
    cut,
    listed,
    read_text,
    starts,
    taken,
)
from anonymize.formats.xml_text import Token, root_of
from anonymize.model.fields import Role

ROOT = "ANNOTATION_DOCUMENT"
_SUFFIXES = (".eaf", ".etf")
_COUNTERS = frozenset(("lastUsedAnnotationId", "lastUsedAnnotation", "lastUsedTimeSlotId"))
"""Properties that are numbers; `URN` names the file for ever and leaves."""


@dataclass(slots=True)
class _Elan(Sheet):
    """An annotation document: its tables, and whose its tiers are."""

    tiers: Tiers = field(default_factory=Tiers)

    def element(self, trail: Trail) -> Treatment:
        """Return what becomes of an element; of a property, by its name."""
        if self.name(trail[-1]) == "PROPERTY":
            name = attribute_of(trail[-1], "NAME")
            if name in _COUNTERS:
                return Treatment.BLOCK
            return Treatment.RULE if name == "URN" else Treatment.UNKNOWN
        # What two generated classes share by `super()` does not survive slots.
        return Sheet.element(self, trail)

    def speakers(self, record: Token, trail: Trail) -> tuple[str, ...]:
        """Return the speaker of the tier of an annotation."""
        del record
        tier = next((one for one in trail if one.local == "TIER"), None)
        label = self.tiers.labels.get(attribute_of(tier, "TIER_ID"), "") if tier else ""
        return (label,) if label else ()


def _tier(sheet: Sheet, _trail: Trail, value: str, draft: Draft) -> Use:
    """It is the name of a tier."""
    return sheet.tiers.stretches(value, draft) if isinstance(sheet, _Elan) else LITERAL


def _group(name: str, known: Rule | None = None) -> Rule:
    """Return the rule of a name that others refer to: free text, kept apart from the others."""

    def rule(sheet: Sheet, trail: Trail, value: str, draft: Draft) -> Use:
        if known is not None and known(sheet, trail, value, draft) is LITERAL:
            return (Stretch(0, len(value), LITERAL, name, word=False),)
        return (Stretch(0, len(value), Slot(Role.TEXT), name, word=False),)

    return rule


_ISO = code(r"https?://cdb\.iso\.org/lg/CDB-[0-9]{8}-[0-9]{3}")


def _language(sheet: Sheet, trail: Trail, value: str, draft: Draft) -> Use:
    """It is the entry of a language in the registry ELAN takes them from, or a link."""
    known = _ISO(sheet, trail, value, draft)
    return known if known is LITERAL else link(sheet, trail, value, draft)


_STEREOTYPE = code("Time_Subdivision|Symbolic_Subdivision|Symbolic_Association|Included_In")
_TYPE, _VOCABULARY = _group("type"), _group("vocabulary")
_LOCALE = _group("locale", LANGUAGE)

TABLES = Tables(
    spaces={"": "", XSI: "xsi:"},
    elements={
        **listed(
            Treatment.BLOCK,
            "ANNOTATION_DOCUMENT LICENSE HEADER TIME_ORDER TIME_SLOT TIER ANNOTATION "
            "ALIGNABLE_ANNOTATION REF_ANNOTATION ANNOTATION_VALUE LINGUISTIC_TYPE LOCALE LANGUAGE "
            "CONSTRAINT CONTROLLED_VOCABULARY DESCRIPTION CV_ENTRY CV_ENTRY_ML CVE_VALUE "
            "REF_LINK_SET CROSS_REF_LINK GROUP_REF_LINK EXTERNAL_REF",
        ),
        # Paths of files, which are not part of what is shared; lexica on somebody's server.
        **listed(Treatment.RULE, "MEDIA_DESCRIPTOR LINKED_FILE_DESCRIPTOR LEXICON_REF"),
    },
    values={
        "ANNOTATION_DOCUMENT@AUTHOR": person,
        "ANNOTATION_DOCUMENT@DATE": date,
        **each(code(r"[0-9.]{1,8}"), "ANNOTATION_DOCUMENT@FORMAT ANNOTATION_DOCUMENT@VERSION"),
        "ANNOTATION_DOCUMENT@xsi:noNamespaceSchemaLocation": code(
            r"(?:https?://(?:www\.)?mpi\.nl/[A-Za-z0-9/._-]{1,80}/)?EAFv[0-9.]{1,6}\.xsd"
        ),
        "LICENSE@LICENSE_URL": link,
        "LICENSE": free,
        "HEADER@MEDIA_FILE": ruled,
        "HEADER@TIME_UNITS": code("milliseconds|PAL-frames|NTSC-frames"),
        "PROPERTY@NAME": code("|".join(sorted(_COUNTERS))),
        "PROPERTY": NUMBER,
        "TIME_SLOT@TIME_SLOT_ID": ident,
        "TIME_SLOT@TIME_VALUE": NUMBER,
        **each(_tier, "TIER@TIER_ID TIER@PARENT_REF"),
        "TIER@PARTICIPANT": speaker,
        "TIER@ANNOTATOR": person,
        **each(_TYPE, "TIER@LINGUISTIC_TYPE_REF LINGUISTIC_TYPE@LINGUISTIC_TYPE_ID"),
        **each(_LOCALE, "TIER@DEFAULT_LOCALE LOCALE@LANGUAGE_CODE"),
        **each(_group("language", LANGUAGE), "@LANG_REF LANGUAGE@LANG_ID"),
        **each(ident, "@ANNOTATION_ID @CVE_ID @LINK_SET_ID @REF_LINK_ID @EXT_REF_ID"),
        **each(refs, "@TIME_SLOT_REF1 @TIME_SLOT_REF2 @ANNOTATION_REF @PREVIOUS_ANNOTATION"),
        **each(refs, "@CVE_REF @EXT_REF @REF1 @REF2 @REFS"),
        "ALIGNABLE_ANNOTATION@SVG_REF": ruled,
        "ANNOTATION_VALUE": free,
        **each(YES, "LINGUISTIC_TYPE@TIME_ALIGNABLE LINGUISTIC_TYPE@GRAPHIC_REFERENCES"),
        **each(_STEREOTYPE, "LINGUISTIC_TYPE@CONSTRAINTS CONSTRAINT@STEREOTYPE"),
        "LINGUISTIC_TYPE@LEXICON_REF": ruled,
        **each(_VOCABULARY, "@CONTROLLED_VOCABULARY_REF CONTROLLED_VOCABULARY@CV_ID @CV_REF"),
        **each(free, "@DESCRIPTION DESCRIPTION CV_ENTRY CVE_VALUE"),
        "LOCALE@COUNTRY_CODE": code("[A-Z]{2}"),
        "LOCALE@VARIANT": free,
        "LANGUAGE@LANG_DEF": _language,
        **each(free, "LANGUAGE@LANG_LABEL REF_LINK_SET@LINK_SET_NAME @REF_LINK_NAME"),
        **each(free, "@CONTENT @REF_TYPE"),
        "CROSS_REF_LINK@DIRECTIONALITY": code("undirected|unidirectional|bidirectional"),
        "EXTERNAL_REF@TYPE": code("iso12620|ecv|cve_id|lexen_id|resource_url"),
        "EXTERNAL_REF@VALUE": link,
    },
    sections=frozenset(("ALIGNABLE_ANNOTATION", "REF_ANNOTATION")),
)


def _is_elan(source: Source) -> bool:
    """Whether a source is named as ELAN's files are, or begins as they do."""
    if source.folder:
        return False
    return source.suffix in _SUFFIXES or root_of(source.head) == ("", ROOT)


def tokenise(content: str, label: str) -> Draft:
    """Return the pieces of a file; joined they are `content`.

    Raises:
        FormatError: If it is no annotation document.
    """
    found = cut(content, label, frozenset((ROOT,)))
    return taken(content, label, _Elan(TABLES, tiers=tiers_of(starts(found))), found)


FORMAT = Spoken(
    "elan", _SUFFIXES, 30, _is_elan, tokenise, clean_xml, decode=read_text, write=render_xml
)
