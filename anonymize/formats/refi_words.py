"""The words of REFI-QDA: its elements, their attributes, and what each of them holds.

Source: REFI-QDA Standard 1.5 and its schemas `Project.xsd` (18 March 2019) and `Codebook.xsd`,
which reuse one type for text sources, notes, representations and descriptions of pictures.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMESPACE = regex.compile(r"urn:QDA-XML:(?:project|codebook):(?:1\.0|0:[0-9]{1,2})")
"""That of the standard, and those of its drafts, which some programs still write."""
ROOTS = ("Project", "CodeBook")
SCHEMA_PLACE = regex.compile(
    r"(?:\s*(?:urn:QDA-XML:(?:project|codebook):[0-9:.]{1,6}|(?:Project|Codebook)s?\.xsd"
    r"|http://schema\.qdasoftware\.org/versions/[A-Za-z]+/v[0-9.]+/[A-Za-z]+\.xsd))+\s*",
)
"""What `xsi:schemaLocation` says where it says nothing of the machine it was written on."""

GUID = regex.compile(
    r"\{?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}?"
)
_NUMBER = r"-?[0-9]{1,9}"
POSITION = regex.compile(r"[0-9]{1,9}")

_TIMES = ("creationDateTime", "modifiedDateTime")
_MADE = ("creatingUser", "modifyingUser", *_TIMES)
_BOX = ("firstX", "firstY", "secondX", "secondY")
_TEXT = ("guid", "name", "richTextPath", "plainTextPath", *_MADE)
_FILE = ("guid", "name", "path", "currentPath", *_MADE)
_REF = ("targetGUID",)

ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "Project": (
        "name",
        "origin",
        "basePath",
        "creatingUserGUID",
        "modifyingUserGUID",
        *_TIMES,
    ),
    "Users": (),
    "User": ("guid", "name", "id"),
    "CodeBook": ("origin",),
    "Codes": (),
    "Code": ("guid", "name", "isCodable", "color"),
    "Variables": (),
    "Variable": ("guid", "name", "typeOfVariable"),
    "Cases": (),
    "Case": ("guid", "name"),
    "VariableValue": (),
    "TextValue": (),
    "BooleanValue": (),
    "IntegerValue": (),
    "FloatValue": (),
    "DateValue": (),
    "DateTimeValue": (),
    "Sources": (),
    "TextSource": _TEXT,
    "PictureSource": _FILE,
    "PDFSource": _FILE,
    "AudioSource": _FILE,
    "VideoSource": _FILE,
    "Representation": _TEXT,
    "TextDescription": _TEXT,
    "Transcript": _TEXT,
    "PlainTextContent": (),
    "PlainTextSelection": ("guid", "name", "startPosition", "endPosition", *_MADE),
    "PictureSelection": ("guid", "name", *_BOX, *_MADE),
    "PDFSelection": ("guid", "name", "page", *_BOX, *_MADE),
    "AudioSelection": ("guid", "name", "begin", "end", *_MADE),
    "VideoSelection": ("guid", "name", "begin", "end", *_MADE),
    "TranscriptSelection": ("guid", "name", "fromSyncPoint", "toSyncPoint", *_MADE),
    "SyncPoint": ("guid", "timeStamp", "position"),
    "Coding": ("guid", "creatingUser", "creationDateTime"),
    "Notes": (),
    "Note": _TEXT,
    "Links": (),
    "Link": ("guid", "name", "direction", "color", "originGUID", "targetGUID"),
    "Sets": (),
    "Set": ("guid", "name"),
    # A reference in a project, the code itself in a codebook.
    "MemberCode": ("targetGUID", "guid"),
    "MemberSource": _REF,
    "MemberNote": _REF,
    "Graphs": (),
    "Graph": ("guid", "name"),
    "Vertex": ("guid", "representedGUID", "name", *_BOX, "shape", "color"),
    "Edge": (
        "guid",
        "representedGUID",
        "name",
        "sourceVertex",
        "targetVertex",
        "color",
        "direction",
        "lineStyle",
    ),
    "Description": (),
    "NoteRef": _REF,
    "CodeRef": _REF,
    "SourceRef": _REF,
    "SelectionRef": _REF,
    "VariableRef": _REF,
}
"""Elements and the attributes each may have."""

IDS = _listed(
    "guid targetGUID originGUID representedGUID creatingUser modifyingUser creatingUserGUID "
    "modifyingUserGUID sourceVertex targetVertex fromSyncPoint toSyncPoint"
)
TIMES = frozenset(_TIMES)
RULED = _listed("origin basePath path currentPath richTextPath")
"""Attributes left out by rule: programs and their builds, folders of users, files not kept."""
CLOSED: Mapping[str, regex.Pattern[str]] = {
    "isCodable": regex.compile("true|false|1|0"),
    "color": regex.compile("#(?:[A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})"),
    "direction": regex.compile("Associative|OneWay|Bidirectional"),
    "typeOfVariable": regex.compile("Text|Boolean|Integer|Float|Date|DateTime"),
    "shape": regex.compile(
        "Person|Oval|Rectangle|RoundedRectangle|Star|LeftTriangle|RightTriangle|UpTriangle"
        "|DownTriangle|Note"
    ),
    "lineStyle": regex.compile("dotted|dashed|solid"),
    # Some programs write halves of pixels.
    **{name: regex.compile(rf"{_NUMBER}(?:\.[0-9]{{1,9}})?") for name in _BOX},
    **{name: regex.compile(_NUMBER) for name in ("page", "begin", "end", "timeStamp")},
}
"""Attributes that hold a number or a word of a list; one that holds anything else goes."""
VALUES = _listed("TextValue BooleanValue IntegerValue FloatValue DateValue DateTimeValue")
"""Elements that are the value of a variable."""
TEXT_ALONE = VALUES | {"Description", "PlainTextContent"}
"""Elements with text in them and no others."""
BOOLEAN = CLOSED["isCodable"]

TEXTS = frozenset({"TextSource", "Note", "Representation", "TextDescription", "Transcript"})
"""Elements that have a text positions count in."""
RECORDS = TEXTS | _listed(
    "Project CodeBook User Code Variable Case PictureSource PDFSource AudioSource VideoSource "
    "PlainTextSelection PictureSelection PDFSelection AudioSelection VideoSelection "
    "TranscriptSelection Link Set Graph Vertex Edge"
)
"""Elements that are a record of their own: withheld without what is beside them."""
SPOKEN = frozenset({"TextSource", "AudioSource", "VideoSource", "Transcript"})
"""Sources that are often named after whom they are by."""
THINGS = _listed(
    "interview interviews transcript transcripts case cases source sources document documents "
    "doc file text note notes memo memos school schools class group groups team focus site "
    "station ward department clinic hospital field fieldnotes observation diary survey "
    "participants respondents teachers students parents fall falle gruppe schule klasse "
    "leitfaden dokument entretien entrevista gesprek groep klas audio video recording "
    "meeting session wave round day"
)
"""First words of names of cases and sources that are no persons."""

NAMES = frozenset(
    one.replace("-", " ")
    for one in _listed(
        "first-name given-name last-name family-name surname full-name nickname vorname nachname "
        "voornaam achternaam prenom nom nombre apellido"
    )
)
"""Names of variables that hold a person's name, besides the keys of header lines."""

MEDIA: Mapping[str, str] = {
    **dict.fromkeys(("docx", "doc", "rtf", "odt"), "rich text"),
    **dict.fromkeys(("pdf",), "pdf"),
    **dict.fromkeys(
        ("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "svg", "heic"), "picture"
    ),
    **dict.fromkeys(("mp3", "wav", "m4a", "wma", "aac", "ogg", "flac", "aif", "aiff"), "audio"),
    **dict.fromkeys(("mp4", "mov", "avi", "mpg", "mpeg", "wmv", "mkv", "m4v", "webm"), "video"),
}
"""What files besides plain text are called where they are left out, by their suffix."""
ARCHIVES = _listed("zip qdpx gz bz2 xz zst 7z rar tar tgz")
"""Suffixes of archives; none has a place in a project."""


def names() -> frozenset[str]:
    """Return every name of an element or attribute, and every word of a list."""
    listed = {"sources", "project", "qde", "qdpx", "qdc", "internal", "xsi", "schemaLocation"}
    listed.update(_listed("Associative OneWay Bidirectional Boolean Integer Float Oval Star"))
    return frozenset(listed.union(ELEMENTS, *ELEMENTS.values()))
