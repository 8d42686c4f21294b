"""What TEI's elements and attributes are (tei-c.org, P5 4.x; P4 where it writes the same).

Of nearly 600 elements these are those of headers, of the module for speech (`spoken`, ISO 24624)
and of running text.  What is about manuscripts, dictionaries and schemas is not here: it is
unknown, so that it leaves and is reported.
"""

from __future__ import annotations

import html

import regex

from anonymize.formats.pieces import Draft, Part
from anonymize.formats.xml_pieces import LITERAL, UNKNOWN, Slot, Stretch, Treatment, Use
from anonymize.formats.xml_rules import (
    LANGUAGE,
    NUMBER,
    NUMBERED,
    YES,
    code,
    date,
    each,
    email,
    free,
    id_stretch,
    ident,
    link,
    person,
    place,
    pointers,
    refs,
    ruled,
)
from anonymize.formats.xml_tables import Sheet, Tables, Trail, attribute_of, listed
from anonymize.model.fields import Role

SPACE = "http://www.tei-c.org/ns/1.0"
_SMIL = "http://www.w3.org/2001/SMIL20/Language"
"""Some archives of oral history give times by its attributes."""
PEOPLE = frozenset(("person", "personGrp", "persona", "castItem", "role"))
"""Elements whose ids are those of who speaks."""
GLUED = frozenset(("w", "pc", "lb", "pb", "cb", "gb", "milestone", "s", "seg"))
"""Elements that part words without a blank; see `tei`."""


def _of_person(trail: Trail, draft: Draft) -> str:
    """Return the subject of the person in whose entry something stands; empty outside."""
    for token in trail:
        if token.local in PEOPLE:
            found = attribute_of(token, "xml:id") or attribute_of(token, "id")
            return draft.speaker(found) if found else ""
    return ""


def _name(_sheet: Sheet, trail: Trail, _value: str, draft: Draft) -> Use:
    """It is a name of the person in whose entry it stands, else of any person."""
    return Slot(Role.NAME, "person", _of_person(trail, draft), Part.LABEL)


def _named(sheet: Sheet, trail: Trail, value: str, draft: Draft) -> Use:
    """It is a name of what its type says; without one, of a person."""
    told = attribute_of(trail[-1], "type")
    if told in {"place", "geog", "country", "settlement", "region", "city"}:
        return Slot(Role.PLACE)
    if told in {"org", "organisation", "organization", "institution", "project", "corpus"}:
        return Slot(Role.TEXT)
    return _name(sheet, trail, value, draft)


def _label(sheet: Sheet, trail: Trail, value: str, draft: Draft) -> Use:
    """It is the label before a turn."""
    plain = html.unescape(value)
    subject = sheet.author(draft)
    del trail
    return Slot(Role.NAME, "speaker", subject or draft.speaker(plain), Part.LABEL)


def _number(_sheet: Sheet, _trail: Trail, value: str, _draft: Draft) -> Use:
    """It is a number that may tell something: an age, a number of children."""
    return Slot(Role.COUNT) if value.strip().isdecimal() else Slot(Role.TEXT)


_BARE = regex.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def _dated(_sheet: Sheet, _trail: Trail, value: str, _draft: Draft) -> Use:
    """It is what an attribute says too: a bare year that stayed would tell how dates moved."""
    return Slot(Role.DATE if _BARE.fullmatch(value.strip()) else Role.TEXT)


_CLOCK = regex.compile(r"[0-9]{1,2}(?::[0-9]{2}){1,2}(?:\.[0-9]{1,9})?")


def _moment(_sheet: Sheet, _trail: Trail, value: str, _draft: Draft) -> Use:
    """It is a time of the recording, or of the day it was made."""
    return LITERAL if _CLOCK.fullmatch(value.strip()) else Slot(Role.DATE, part=Part.EXTRA)


def _key(_sheet: Sheet, _trail: Trail, _value: str, _draft: Draft) -> Use:
    """It is the key of somebody or something in a list outside the file."""
    return Slot(Role.ID, "other")


def _numbered(_sheet: Sheet, _trail: Trail, value: str, _draft: Draft) -> Use:
    """It is the number of an element, or a name it was given instead."""
    return LITERAL if NUMBERED.fullmatch(value.strip()) else Slot(Role.ID, "other")


def _who(sheet: Sheet, trail: Trail, value: str, draft: Draft) -> Use:
    """It is ids of speakers; one in another file is unknown."""
    words = html.unescape(value).split()
    if any("#" in word[1:] or ":" in word or word == "#" for word in words):
        return UNKNOWN
    return refs(sheet, trail, value, draft)


def _of_people(sheet: Sheet, trail: Trail, value: str, draft: Draft) -> Use:
    """It is ids of people of this file, or a name written in their place."""
    use = pointers(sheet, trail, value, draft)
    return Slot(Role.NAME, "person", part=Part.LABEL) if use is UNKNOWN else use


def _bounds(sheet: Sheet, _trail: Trail, value: str, draft: Draft) -> Use:
    """It is one id of this file, behind `#`."""
    bare = value.strip()
    if not bare.startswith("#") or len(bare) < 2 or " " in bare:
        return UNKNOWN
    at = value.index("#") + 1
    found: Stretch = id_stretch(sheet, bare[1:], at, draft)
    return (found,)


_NAMES = "persName forename surname addName nameLink genName author editor principal docAuthor"
_PLACES = "placeName settlement country region district bloc geogName pubPlace street postCode"
_NAMED = "persName name author editor principal docAuthor"
_NAMING = "forename surname addName nameLink genName roleName name persName"
_HEADER = (
    "TEI teiCorpus TEI.2 teiHeader fileDesc titleStmt title respStmt resp sponsor funder "
    "editionStmt edition extent publicationStmt publisher distributor authority address "
    "addrLine idno availability licence license seriesStmt notesStmt sourceDesc recordingStmt "
    "recording equipment broadcast bibl biblStruct monogr analytic imprint series biblFull "
    "scriptStmt script encodingDesc projectDesc samplingDecl editorialDecl correction "
    "normalization quotation hyphenation segmentation stdVals interpretation punctuation "
    "transcriptionDesc profileDesc creation langUsage language textClass keywords term catRef "
    "classCode abstract particDesc listPerson person personGrp persona listRelation relation "
    "birth death residence occupation education socecStatus sex gender age nationality faith "
    "langKnowledge langKnown affiliation state trait floruit settingDesc setting locale "
    "activity time textDesc channel constitution derivation domain factuality interaction "
    "preparedness purpose revisionDesc listChange change email listPlace place listOrg org "
    "availability"
)
_BODY = (
    "text front body back group div div0 div1 div2 div3 div4 div5 div6 div7 head p ab lg l u sp "
    "speaker stage annotationBlock spanGrp span timeline when incident event kinesic vocal writing "
    "desc list item label table row cell quote q cit note opener closer salute signed dateline "
    "trailer byline epigraph argument docTitle titlePart titlePage docDate docImprint castList "
    "castItem castGroup role roleDesc linkGrp link interp interpGrp"
)
_INLINE = (
    "hi emph foreign distinct mentioned soCalled gloss m c s cl phr seg unclear supplied sic "
    "corr reg orig abbr expan choice add del gap anchor ref ptr date num measure orgName rs "
    "said subst mod damage surplus ex am g space pause shift w pc lb pb cb gb milestone "
    "roleName"
)

ELEMENTS = {
    **listed(Treatment.BLOCK, f"{_HEADER} {_BODY} name {_NAMES} {_PLACES}"),
    **listed(Treatment.INLINE, _INLINE),
    # Parts of one name are one name.
    **listed(
        Treatment.INLINE,
        " ".join(f"{around}/{inner}" for around in _NAMED.split() for inner in _NAMING.split()),
    ),
    # Two readings of one word stand side by side; what is told of an entry stands alone.
    **listed(
        Treatment.BLOCK,
        "choice/sic choice/corr choice/reg choice/orig choice/abbr choice/expan choice/unclear "
        "choice/seg subst/add subst/del bibl/date monogr/date imprint/date change/date "
        "publicationStmt/date setting/date creation/date recording/date broadcast/date "
        "edition/date editionStmt/date affiliation/orgName publicationStmt/ref",
    ),
    # Programs and taxonomies; pictures and media; feature structures and stand-off layers.
    **listed(
        Treatment.RULE,
        "appInfo classDecl tagsDecl refsDecl charDecl facsimile sourceDoc standOff xenoData "
        "fsdDecl media graphic binaryObject figure formula fw correspDesc calendarDesc fs f "
        "fsDecl",
    ),
}  # fmt: skip

_WHERE = (
    "@corresp @synch @sameAs @copyOf @next @prev @exclude @select @ana @decls @target @since "
    "@spanTo @inst @active @passive @mutual @facs @change @hand @place @perf @scheme"
)
_DATES = (
    "@when @notBefore @notAfter @from @to @when-iso @from-iso @to-iso @notBefore-iso @notAfter-iso"
)

VALUES = {
    **each(ident, "@xml:id @id"),
    "@xml:lang": LANGUAGE,
    "@xml:space": code("default|preserve"),
    "@xml:base": ruled,
    **each(_numbered, "@n"),
    **each(_who, "@who"),
    **each(_of_people, "@resp @wit @source"),
    **each(pointers, f"{_WHERE} @ref"),
    "@key": _key,
    **each(_bounds, "@start @end span@from span@to"),
    **each(date, _DATES),
    "when@absolute": _moment,
    "when@interval": NUMBER,
    **each(_moment, "@smil:begin @smil:end"),
    "@unit": code(r"[A-Za-z]{1,8}|ms|min"),
    **each(
        code(r"P(?:[0-9.]{1,9}[YMWD])*(?:T(?:[0-9.]{1,9}[HMS])+)?|[0-9.]{1,9}(?:s|ms|min|h)?"),
        "@dur @dur-iso",
    ),
    **each(code(r"[0-9.:smh]{1,12}"), "@quantity @extent @min @max @cols @rows"),
    **each(NUMBER, "@level @usage @size @instant"),
    **each(code("smooth|latching|overlap|pause"), "@trans"),
    **each(YES, "@iterated @gradual @full @sample @opt @default"),
    "@part": code("[YNIMF]"),
    "@join": code("no|left|right|both|overlap"),
    "@cert": code("high|medium|low|unknown"),
    "@break": code("yes|no|maybe"),
    "@new": code("asc|desc|[a-z]{1,10}"),
    "@feature": code("tempo|loud|pitch|tension|rhythm|voice"),
    "@version": NUMBER,
    "@sex": code("[mfxuo012 9]|male|female|unknown|other"),
    "@mimeType": code(r"[a-z]{4,11}/[a-z0-9.+-]{1,40}"),
    "@ident": LANGUAGE,
    "@tag": LANGUAGE,
    # What a project calls its kinds; searched as all text is.
    **each(free, "@type @subtype @role @rend @rendition @function @reason @scheme @mode @status"),
    **each(free, "@lemma @pos @msd @norm @phon @orig @reg @expand @desc @medium @calendar @style"),
    **each(_number, "@age @value"),
    **each(link, "publicationStmt@url licence@target license@target"),
    **each(
        free,
        "title resp sponsor funder edition extent publisher distributor authority addrLine licence "
        "license p ab head l u seg stage span desc item label cell quote q note salute dateline "
        "trailer byline argument titlePart docImprint roleDesc term language equipment "
        "residence occupation education socecStatus nationality faith langKnown "
        "affiliation locale activity channel constitution derivation domain factuality "
        "interaction preparedness purpose change bibl creation relation availability classCode "
        "scriptStmt script recording broadcast sourceDesc ref time incident event kinesic "
        "vocal writing sic corr reg orig abbr expan unclear add del orgName opener closer w pc "
        "setting state trait interp correction normalization quotation hyphenation segmentation "
        "catRef listOrg org keywords publicationStmt langUsage epigraph cit sp age sex gender "
        "div list annotationBlock lg body",
    ),
    **each(_dated, "birth death floruit docDate date"),
    **each(_name, _NAMES + " signed"),
    "name": _named,
    **each(place, _PLACES),
    "idno": _key,
    "email": email,
    "speaker": _label,
    "role": person,
    **each(date, "bibl/date monogr/date imprint/date change/date publicationStmt/date"),
    **each(date, "setting/date creation/date recording/date broadcast/date edition/date"),
    **each(_number, "age"),
}

TABLES = Tables(
    spaces={"": "", SPACE: "", _SMIL: "smil:"},
    elements=ELEMENTS,
    values=VALUES,
    sections=frozenset(
        (
            "u", "annotationBlock", "sp", "head", "p", "ab", "lg", "l", "stage", "note", "item",
            "label", "cell", "quote", "q", "incident", "kinesic", "vocal", "writing", "opener",
            "closer", "trailer", "titlePage", "castList", "byline", "epigraph", "argument",
        ),
    ),
    within="text",
    speaks=frozenset(("@who",)),
)  # fmt: skip
