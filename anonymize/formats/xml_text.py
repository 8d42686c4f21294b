"""XML files as their own characters: checked by a parser, cut into tokens, nothing lost.

A file is judged by libxml2 and cut by a pattern, so that what nobody changes is written back
byte for byte: quotes, blanks, references and empty tags as the file had them.  Nothing a file
declares is ever fetched or expanded: a document type with declarations of its own is refused.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import regex

from anonymize.errors import FormatError
from anonymize.formats.charset import BOMS, Charset, Text

MAX_DEPTH = 200
"""Elements inside one another; libxml2 allows 256 (`xmlParserMaxDepth`)."""

_NAME = r"[^\s<>/=\"'!?]+"
_TOKEN = regex.compile(
    # XML 1.0, fifth edition: sections 2.4 to 2.8, 3.1.  What is cut is known to be well-formed.
    rf"""
    (?P<comment><!--.*?-->)
    | (?P<cdata><!\[CDATA\[.*?\]\]>)
    | (?P<declaration><\?xml\s.*?\?>)
    | (?P<instruction><\?.*?\?>)
    | (?P<doctype><!DOCTYPE(?:[^>"'\[]|"[^"]*"|'[^']*')*>)
    | </(?P<end>{_NAME})\s*>
    | <(?P<start>{_NAME})(?P<inner>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>
    | (?P<text>[^<]+)
    """,
    flags=regex.DOTALL | regex.VERBOSE,
)
_ATTRIBUTE = regex.compile(
    rf"\s+(?P<name>{_NAME})\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')",
)
_DECLARED = regex.compile(rb"<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']")
_BEFORE = regex.compile(
    # What may stand before the first element and the document type (production 22).
    r"(?:\s++|<!--.*?-->|<\?.*?\?>)*+",
    flags=regex.DOTALL,
)
_SUBSET = regex.compile(r"<!DOCTYPE(?:[^>\"'\[]++|\"[^\"]*+\"|'[^']*+')*+\[")
_DOCTYPE = regex.compile(r"<!DOCTYPE(?:[^>\"'\[]++|\"[^\"]*+\"|'[^']*+')*+>")
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_XML = "http://www.w3.org/XML/1998/namespace"


class Kind(StrEnum):
    """What a token is."""

    START = "start"
    EMPTY = "empty"
    END = "end"
    TEXT = "text"
    CDATA = "cdata"
    COMMENT = "comment"
    DECLARATION = "declaration"
    INSTRUCTION = "instruction"
    DOCTYPE = "doctype"


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a start tag.

    Attributes:
        name: As written, with its prefix.
        space: URI of its namespace; empty for none.
        local: Name without prefix.
        value: As it stands between the quotes, references included.
        begin: Position in the file of the blanks before the name.
        start: Position of the value.
        stop: Position behind the closing quote.
    """

    name: str = field(repr=False)
    space: str = field(repr=False)
    local: str = field(repr=False)
    value: str = field(repr=False)
    begin: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the file; all of them joined are the file.

    Attributes:
        kind: What it is.
        start: First position in the file.
        stop: Position behind it.
        name: Of tags, as written, with its prefix.
        space: Of tags, the URI of their namespace; empty for none.
        local: Of tags, the name without prefix.
        attributes: Of start tags, in the order of the file; declarations of namespaces too,
            as `xmlns:…`.
        depth: Elements around it; a start tag and its end tag have the same.
    """

    kind: Kind
    start: int
    stop: int
    name: str = field(default="", repr=False)
    space: str = field(default="", repr=False)
    local: str = field(default="", repr=False)
    attributes: tuple[Attribute, ...] = field(default=(), repr=False)
    depth: int = 0


def read_xml(data: bytes, label: str) -> Text:
    """Return the characters of an XML file that is well-formed and harmless.

    Raises:
        FormatError: If it is not, names the line; if it declares entities, is too deeply
            nested, or its encoding is unknown.
    """
    charset = _charset(data, label)
    try:
        content = data[len(charset.bom) :].decode(charset.codec)
    except UnicodeError:
        raise FormatError(f"{label}: not in the encoding it declares") from None
    if content.encode(charset.codec) != data[len(charset.bom) :]:
        raise FormatError(f"{label}: in an encoding that is not written back the same")
    if _SUBSET.match(content, _prolog(content)):
        raise FormatError(f"{label}: declares entities or elements of its own, which is refused")
    _check(data, label)
    return Text(content, charset)


def _prolog(content: str) -> int:
    """Return where the document type stands, or the first element of a file without one."""
    found = _BEFORE.match(content)
    return found.end() if found else 0


def root_of(head: bytes) -> tuple[str, str]:
    """Return namespace and local name of the first element of a file; empty for no XML.

    Args:
        head: How the file begins; what stands before the element must be within.
    """
    if not head.strip():
        return "", ""
    try:
        charset = _charset(head, "")
    except FormatError:
        return "", ""
    content = head[len(charset.bom) :].decode(charset.codec, "ignore")
    at = _prolog(content)
    if found := _DOCTYPE.match(content, at):
        at = found.end()
        at += _prolog(content[at:])
    match = _TOKEN.match(content, at)
    if match is None or match["start"] is None:
        return "", ""
    token, _ = _start_tag(match, {"xml": _XML}, 0)
    return token.space, token.local


def _charset(data: bytes, label: str) -> Charset:
    """Return how a file is encoded: its mark, else its declaration, else UTF-8 (section 4.3.3)."""
    for mark, codec in BOMS:
        if data.startswith(mark):
            return Charset(codec, mark)
    declared = _DECLARED.match(data)
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        codec = codecs.lookup(name).name
        same = _ASCII.encode(codec) == _ASCII.encode("ascii")
    except (LookupError, UnicodeError, ValueError):
        raise FormatError(f"{label}: declares an encoding nobody knows") from None
    if not same:
        raise FormatError(f"{label}: declares an encoding it is not in")
    return Charset(codec)


class _Nothing:
    """Takes what a parser finds and keeps nothing but the depth."""

    def __init__(self) -> None:
        self._depth = 0
        self.deepest = 0

    def start(self, _tag: str, _attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)

    def end(self, _tag: str) -> None:
        self._depth -= 1

    def close(self) -> int:
        return self.deepest


def _check(data: bytes, label: str) -> None:
    """Refuse what is not well-formed.

    Raises:
        FormatError: Naming the line, never a word of the file.
    """
    from lxml import etree

    parser = etree.XMLParser(
        target=_Nothing(),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        parser.feed(data)
        depth = parser.close()
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise FormatError(f"{label}, line {line}: not well-formed XML") from None
    # After an error of namespaces the parser goes on, and no longer says what else is wrong.
    wrong = [one for one in parser.feed_error_log if one.level > etree.ErrorLevels.WARNING]
    if wrong:
        raise FormatError(f"{label}, line {wrong[0].line}: not well-formed XML")
    if depth > MAX_DEPTH:
        raise FormatError(f"{label}: is nested too deeply")


def tokens(text: Text, label: str) -> Iterator[Token]:
    """Cut what `read_xml` returned.

    Raises:
        FormatError: If the pattern and the parser do not agree.
    """
    content = text.content
    open_names: list[str] = []
    scopes: list[Mapping[str, str]] = [{"xml": _XML}]
    at = 0
    for match in _TOKEN.finditer(content):
        if match.start() != at:
            break
        at = match.end()
        kind = match.lastgroup or ""
        depth = len(open_names)
        if match["end"] is not None:
            if not open_names or open_names.pop() != match["end"]:
                at = -1
                break
            space, local = _resolve(match["end"], scopes.pop(), default=True)
            yield Token(Kind.END, match.start(), at, match["end"], space, local, depth=depth - 1)
        elif match["start"] is not None:
            token, scope = _start_tag(match, scopes[-1], depth)
            if token.kind is Kind.START:
                open_names.append(token.name)
                scopes.append(scope)
            if depth >= MAX_DEPTH:
                raise FormatError(f"{label}: is nested too deeply")
            yield token
        elif not depth and kind in {"cdata", "text"} and match[0].strip(" \t\r\n"):
            at = -1
            break
        else:
            yield Token(Kind(kind), match.start(), at, depth=depth)
    if at != len(content) or open_names:
        raise FormatError(f"{label}: not XML this program can cut")


def _start_tag(
    match: regex.Match[str],
    scope: Mapping[str, str],
    depth: int,
) -> tuple[Token, Mapping[str, str]]:
    """Return a start tag and the namespaces declared within its element."""
    base = match.start("inner")
    found = list(_ATTRIBUTE.finditer(match["inner"]))
    declared = {
        one["name"].partition(":")[2]: _value(one)
        for one in found
        if one["name"] == "xmlns" or one["name"].startswith("xmlns:")
    }
    if declared:
        scope = {**scope, **declared}
    attributes: list[Attribute] = []
    for one in found:
        space, local = _resolve(one["name"], scope, default=False)
        group = "double" if one["double"] is not None else "single"
        attributes.append(
            Attribute(
                one["name"],
                space,
                local,
                _value(one),
                base + one.start(),
                base + one.start(group),
                base + one.end(),
            ),
        )
    space, local = _resolve(match["start"], scope, default=True)
    kind = Kind.EMPTY if match["inner"].endswith("/") else Kind.START
    token = Token(
        kind, match.start(), match.end(), match["start"], space, local, tuple(attributes), depth
    )
    return token, scope


def _value(match: regex.Match[str]) -> str:
    return str(match["double"] if match["double"] is not None else match["single"])


def _resolve(name: str, scope: Mapping[str, str], *, default: bool) -> tuple[str, str]:
    """Return namespace and local part of a name (Namespaces in XML 1.0, section 6)."""
    prefix, colon, local = name.rpartition(":")
    if not colon and not default:
        return "", local
    return scope.get(prefix, ""), local
