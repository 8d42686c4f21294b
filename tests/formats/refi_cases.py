"""Synthetic REFI-QDA projects as programs write them, and a small reader that counts by itself.

Nothing here is from a real project.  What each program does is told by formats.md, section 7.7.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

PROJECT = "urn:QDA-XML:project:1.0"
DRAFT = "urn:QDA-XML:project:0:10"
WHEN = "2021-03-04T10:15:00Z"
_HERE = Path(__file__).parent

TALK = (
    "Interview with Zofia Kaczorek\n"
    "Date: 04/03/2021\n"
    "\n"
    "Interviewer: Who taught you to cut, Zofia? \U0001f3ac\n"
    "Zofia: That was Benedek Szalontai, at Ashgrove.\n"
    "\n"
    "Interviewer: And after him?\n"
    "Zofia: Me\u0301lanie — well, Benedek\u2019s sister; \U0001f469\u200d\U0001f3a8 she films.\n"
    "It went on for years.\n"
)
CODED = (
    "Who taught you to cut, Zofia?",
    "That was Benedek Szalontai, at Ashgrove.",
    "Benedek Szalontai",
    "Szalontai, at Ash",
    "Zofia: That was Benedek Szalontai, at Ashgrove.\n\nInterviewer: And after him?",
    "Benedek\u2019s sister; \U0001f469\u200d\U0001f3a8 she films.\nIt went on for years.",
    "It went on for years.",
)
"""Stretches that nest, overlap, end inside a name, run over turns, and end with the text."""


def guid(number: int) -> str:
    """Return a GUID of version 4."""
    return f"{number:08x}-a1b2-4c3d-8e4f-{number:06d}abcdef"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program writes projects.

    Attributes:
        origin: What it calls itself.
        eol: Line ends of its text files.
        line_end: What CRLF counts.
        bom: Whether its text files begin with a byte-order mark.
        mark: What that mark counts.
        codec: Encoding of its text files.
        folder: Where its text files lie.
        shape: How it writes a GUID.
        name: Name it gives a selection of these words.
        space: Namespace.
    """

    origin: str
    eol: str = "\n"
    line_end: int = 2
    bom: bool = False
    mark: int = 0
    codec: str = "utf-8"
    folder: str = "sources"
    shape: Callable[[str], str] = str
    name: Callable[[str], str] = str
    space: str = PROJECT

    def counted(self, text: str) -> str:
        """Return a text as the program counts it."""
        text = text.replace("\r\n", "\n") if self.line_end == 1 else text
        return "\ufeff" * self.mark + text

    def data(self, text: str) -> bytes:
        """Return a text file."""
        return ("\ufeff" * self.bom + text).encode(self.codec)


DIALECTS: Mapping[str, Dialect] = {
    "qualcoder": Dialect("QualCoder 3.5", bom=True, folder="Sources", name=lambda _: ""),
    "qualcoder-crlf": Dialect("QualCoder 3.6", eol="\r\n", bom=True, mark=1),
    "nvivo": Dialect("NVivo 20.7.0 WIN-K4CZ", eol="\r\n", bom=True),
    "atlas": Dialect(
        "ATLAS.ti for Windows 23.2",
        eol="\r\n",
        line_end=1,
        shape=str.upper,
        name=lambda words: words if len(words) < 24 else words[:21].rstrip() + "…",
    ),
    "maxqda": Dialect(
        "MAXQDA 2022",
        eol="\r\n",
        shape=lambda one: "{" + one + "}",
        name=lambda words: " ".join(words.split()),
    ),
    "utf-16": Dialect("NVivo 12", eol="\r\n", bom=True, codec="utf-16-le"),
    "draft": Dialect("f4analyse", space=DRAFT),
}


def project(dialect: Dialect, text: str = TALK, coded: tuple[str, ...] = CODED) -> bytes:
    """Return a project with one interview and selections of it."""
    text = text.replace("\n", dialect.eol)
    shape = dialect.shape
    selections = []
    for number, words in enumerate(one.replace("\n", dialect.eol) for one in coded):
        at = text.index(words)
        start = len(dialect.counted(text[:at]))
        end = len(dialect.counted(text[: at + len(words)]))
        name = dialect.name(words)
        shown = f" name={_attribute(name)}" if name else ""
        selections.append(
            f'<PlainTextSelection guid="{shape(guid(100 + number))}"{shown} '
            f'startPosition="{start}" endPosition="{end}" creatingUser="{shape(guid(1))}" '
            f'creationDateTime="{WHEN}"><Coding guid="{shape(guid(200 + number))}" '
            f'creatingUser="{shape(guid(1))}"><CodeRef targetGUID="{shape(guid(10))}"/></Coding>'
            "</PlainTextSelection>"
        )
    xml = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<Project xmlns="{dialect.space}" name="Cutting" origin="{dialect.origin}" '
        f'creatingUserGUID="{shape(guid(1))}" creationDateTime="{WHEN}" '
        'basePath="D:\\zkaczorek\\Projects">\n'
        f'<Users><User guid="{shape(guid(1))}" name="Rosalind Ashcombe" id="rashcombe"/></Users>\n'
        f'<CodeBook><Codes><Code guid="{shape(guid(10))}" name="learning" isCodable="true"/>'
        "</Codes></CodeBook>\n"
        f'<Cases><Case guid="{shape(guid(20))}" name="Zofia Kaczorek">'
        f'<SourceRef targetGUID="{shape(guid(30))}"/></Case></Cases>\n'
        f'<Sources><TextSource guid="{shape(guid(30))}" name="Zofia_Kaczorek.docx" '
        f'plainTextPath="internal://{shape(guid(31))}.txt" '
        f'richTextPath="internal://{shape(guid(31))}.docx">\n'
        + "\n".join(selections)
        + "\n</TextSource></Sources>\n</Project>\n"
    )
    return package(
        {
            "project.qde": xml.encode(),
            f"{dialect.folder}/{shape(guid(31))}.txt": dialect.data(text),
            f"{dialect.folder}/{shape(guid(31))}.docx": b"PK\x03\x04 Zofia Kaczorek",
        }
    )


def squeezed(text: str) -> str:
    """Return a text as an attribute may hold it: blanks for line ends, nothing escaped."""
    return quoteattr(" ".join(text.split()))[1:-1]


def _attribute(value: str) -> str:
    return quoteattr(value, {"\n": "&#10;", "\r": "&#13;"})


def package(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return sink.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader sees of a selection."""

    name: str
    words: str
    start: int
    end: int


def read(data: bytes, dialect: Dialect) -> list[Read]:
    """Return the selections of all text sources, as a program of the dialect reads them."""
    members = parts(data)
    root = tree(members["project.qde"])
    found: list[Read] = []
    for source in root.iter("{*}TextSource", "{*}Note", "{*}Representation"):
        path = source.get("plainTextPath")
        if path:
            file = path.removeprefix("internal://")
            (name,) = [one for one in members if one.rpartition("/")[2] == file]
            text = members[name].decode(dialect.codec).removeprefix("\ufeff")
        else:
            text = source.findtext("{*}PlainTextContent") or ""
        counted = dialect.counted(text)
        for one in source.iterfind("{*}PlainTextSelection"):
            start, end = int(one.get("startPosition")), int(one.get("endPosition"))
            found.append(Read(one.get("name") or "", counted[start:end], start, end))
    return found


def tree(xml: bytes) -> Any:
    """Return the root element of a project."""
    from lxml import etree

    return etree.fromstring(xml)


@lru_cache
def _schema(name: str) -> Any:
    from lxml import etree

    return etree.XMLSchema(etree.parse(str(_HERE / name)))


def valid(xml: bytes) -> str:
    """Return what the schema has against a project or codebook; nothing if it is valid."""
    xml = xml.replace(DRAFT.encode(), PROJECT.encode())
    root = tree(xml)
    name = "refi_codebook.xsd" if root.tag.endswith("CodeBook") else "refi_project.xsd"
    schema = _schema(name)
    return "" if schema.validate(root) else str(schema.error_log)


CODEBOOK = f"""<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.4 on zofias-laptop">
  <Codes>
    <Code guid="{guid(1)}" name="school" isCodable="true" color="#12aB9f">
      <Description>What Zofia Kaczorek said &amp; meant.</Description>
      <Code guid="{guid(2)}" name="teachers &quot;at&quot; school" isCodable="false"/>
    </Code>
  </Codes>
  <Sets>
    <Set guid="{guid(3)}" name="first"><MemberCode guid="{guid(2)}"/></Set>
  </Sets>
</CodeBook>
"""

FULL = (_HERE / "refi_full.qde").read_text(encoding="utf-8")
"""A project that has every element and attribute of the standard."""


def full(xml: str = FULL) -> bytes:
    """Return the project as a package, with the files it names and one it does not."""
    return package(
        {
            "project.qde": xml.encode(),
            f"sources/{guid(40)}.txt": "Zofia: I am Zofia Kaczorek.\r\n".encode("utf-8-sig"),
            f"sources/{guid(40)}.docx": b"PK Zofia",
            f"sources/{guid(44)}.png": b"\x89PNG",
            f"sources/{guid(52)}.txt": b"I, Zofia, agree.",
            f"sources/{guid(72)}.mp4": b"\0film",
        }
    )
