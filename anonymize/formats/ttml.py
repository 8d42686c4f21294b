"""Timed text: TTML, DFXP, IMSC and EBU-TT-D (w3.org/TR/ttml2), rebuilt byte for byte.

Each paragraph is a record; who speaks is its `ttm:agent`, or those of the spans in it.  Timing,
styling and layout are kept as far as they are of the vocabulary of the standard.
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
    code,
    each,
    free,
    ident,
    refs,
)
from anonymize.formats.xml_tables import (
    XML,
    Rule,
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
from anonymize.formats.xml_text import Token, root_of
from anonymize.model.fields import Role

ROOT = "tt"
_SPACES = tuple(
    # Of TTML 1 and 2, and of the drafts that DFXP was.
    f"http://www.w3.org/{year}"
    for year in ("ns/ttml", "2006/10/ttaf1", "2006/04/ttaf1", "2006/02/ttaf1")
)
_PARTS = {"#metadata": "ttm:", "#styling": "tts:", "#style": "tts:", "#parameter": "ttp:"}


def _listed(text: str) -> list[str]:
    return text.split()


_WORDS = _listed(
    # Values of styles and parameters in the standard (sections 6, 8 and 10) and in IMSC 1.1.
    "auto none normal inherit initial left right center start end justify before after bold italic "
    "oblique reverseOblique underline noUnderline lineThrough noLineThrough overline noOverline "
    "hidden visible scroll wrap noWrap always whenActive default monospace sansSerif serif "
    "monospaceSansSerif monospaceSerif proportionalSansSerif proportionalSerif Arial Helvetica "
    "Verdana Tahoma Calibri Courier Times New Roman Roboto black silver gray white maroon red "
    "purple fuchsia magenta green lime olive yellow navy blue teal aqua cyan transparent lrtb rltb "
    "tbrl tblr lr rl tb ltr rtl embed bidiOverride isolate base baseContainer text textContainer "
    "delimiter inline block inline-block dot circle sesame filled open outside over under "
    "exact spread fade jump media smpte clock local gps utc dropNTSC dropPAL nonDrop continuous "
    "discontinuous frame preserve true false and"
)
_UNIT = r"[-+]?[0-9]{1,6}(?:\.[0-9]{1,9})?(?:px|em|c|%|rh|rw|h|m|s|ms|f|t)?%?"
_COLOUR = r"#[0-9A-Fa-f]{6,8}|rgba?\([0-9, ]{5,20}\)"
STYLE = code(rf"(?:(?:{'|'.join(_WORDS)}|{_UNIT}|{_COLOUR})(?:[ ,/:]+|$))+")
_PROFILE = code(
    r"(?:https?://www\.w3\.org/ns/ttml/profile/[A-Za-z0-9./-]{1,40}|urn:ebu:tt:[a-z0-9:-]{1,40}|"
    r"dfxp-(?:presentation|transformation|full))(?:\s+|$)"
)
TIME = code(
    # Clock times and offsets (section 12.3.1).
    r"[0-9]{1,4}:[0-5]?[0-9]:[0-5]?[0-9](?:\.[0-9]{1,9}|:[0-9]{1,3}(?:\.[0-9]{1,3})?)?"
    r"|[0-9]{1,3}:[0-5]?[0-9](?:\.[0-9]{1,9})?"
    r"|[0-9]{1,9}(?:\.[0-9]{1,9})?(?:h|m|s|ms|f|t)?|indefinite"
)


def _agent(_sheet: Sheet, trail: Trail, value: str, draft: Draft) -> Use:
    """It is a name of an agent, whose id stands around it."""
    for token in trail:
        if token.local == "agent" and (found := attribute_of(token, "xml:id")):
            return Slot(Role.NAME, "speaker", draft.speaker(found), Part.LABEL)
    return Slot(Role.NAME, "speaker", draft.speaker(value), Part.LABEL)


def _spaces() -> dict[str, str]:
    found = {"": "", XML: "xml:", "urn:ebu:tt:metadata": "ebuttm:", "urn:ebu:tt:style": "ebutts:"}
    for one in _SPACES:
        found[one] = ""
        found |= {one + part: prefix for part, prefix in _PARTS.items()}
    return found


_STYLES = (
    "backgroundColor color direction display displayAlign extent fontFamily "
    "fontSelectionStrategy fontShear fontSize fontStyle fontVariant fontWeight lineHeight "
    "lineShear luminanceGain opacity origin overflow padding position ruby rubyAlign "
    "rubyPosition rubyReserve shear showBackground textAlign textCombine textDecoration "
    "textEmphasis textOrientation textOutline textShadow unicodeBidi visibility wrapOption "
    "writingMode zIndex border bpd ipd letterSpacing disparity"
)
_PARAMETERS = (
    "cellResolution clockMode dropMode frameRate frameRateMultiplier markerMode pixelAspectRatio "
    "subFrameRate tickRate timeBase displayAspectRatio version"
)


def _prefixed(rule: Rule, prefix: str, names: str) -> dict[str, Rule]:
    return {f"@{prefix}{name}": rule for name in names.split()}


TABLES = Tables(
    spaces=_spaces(),
    elements={
        **listed(
            Treatment.BLOCK,
            "tt head metadata styling style initial layout region body div p set "
            "ttm:title ttm:desc ttm:description ttm:copyright ttm:agent ttm:name ttm:actor",
        ),
        "span": Treatment.INLINE,
        "br": Treatment.PARTING,
        # Production data: names of studios, translators and files.
        "ebuttm:documentMetadata": Treatment.RULE,
    },
    values={
        **each(ident, "@xml:id"),
        "@xml:lang": LANGUAGE,
        "@xml:space": code("default|preserve"),
        **each(TIME, "@begin @end @dur"),
        "@timeContainer": code("par|seq"),
        "@fill": code("freeze|remove"),
        **each(refs, "@style @region ttm:actor@agent"),
        **each(refs, "@ttm:agent"),
        "@ttm:role": code(
            r"(?:action|caption|description|dialog|expletive|kinesic|lyrics|music|narration|quality"
            r"|sound|source|suppressed|reproduction|thought|title|transcription|x-bg"
            r"|x-translation|x-roman)(?: |$)"
        ),
        "ttm:agent@type": code("person|character|group|organization|other"),
        "ttm:name@type": code("full|family|given|alias|other"),
        "ttm:name": _agent,
        # Written by some without the element of a name.
        "ttm:agent": _agent,
        **each(free, "ttm:title ttm:desc ttm:description ttm:copyright p"),
        **_prefixed(STYLE, "tts:", _STYLES),
        **_prefixed(STYLE, "ebutts:", "linePadding multiRowAlign"),
        **_prefixed(STYLE, "ttp:", _PARAMETERS),
        **_prefixed(_PROFILE, "ttp:", "profile contentProfiles"),
    },
    sections=frozenset(("p",)),
    speaks=frozenset(("@ttm:agent",)),
)


def _is_ttml(source: Source) -> bool:
    """Whether a source begins with the element of a namespace of timed text."""
    space, local = ("", "") if source.folder else root_of(source.head)
    return local == ROOT and TABLES.spaces.get(space) == "" and space != ""


def tokenise(content: str, label: str) -> Draft:
    """Return the pieces of a file; joined they are `content`.

    Raises:
        FormatError: If it is no timed text.
    """
    found = cut(content, label, frozenset((ROOT,)))
    said = survey(TABLES, found)
    agents = {attribute_of(one, "xml:id") for one in starts(found) if _is_agent(one)}
    people = {one: one for one in sorted(agents.union(*said.values()) - {""})}
    return taken(content, label, Sheet(TABLES, people=people, said=said), found)


def _is_agent(token: Token) -> bool:
    return TABLES.name(token.space, token.local) == "ttm:agent"


FORMAT = replace(
    Spoken("ttml", (".ttml", ".dfxp", ".xml", ".imsc"), 30, _is_ttml, tokenise, clean_xml),
    decode=read_text,
    write=render_xml,
)
