"""The manifest of an OpenDocument package: entries of files that are kept, the rest leaves."""

from __future__ import annotations

from collections.abc import Callable

from anonymize.errors import FormatError
from anonymize.formats import odt_grammar as grammar
from anonymize.formats.docx_grammar import IDENTIFIER
from anonymize.formats.docx_nodes import Leaf, Literal, Node
from anonymize.formats.xml_pieces import RULED, UNKNOWN, plain
from anonymize.formats.xml_text import Kind, Token, read_xml, tokens


def manifest_nodes(data: bytes, kept: Callable[[str], bool], label: str) -> list[Node]:
    """Return the list of the files that are kept.

    Args:
        data: The list of all files.
        kept: Whether a file, by its path, is kept.
        label: How messages name the document.

    Raises:
        FormatError: If the list cannot be cut, or a file is locked.
    """
    text = read_xml(data, f"{label}, manifest")
    nodes: list[Node] = []
    found = list(tokens(text, f"{label}, manifest"))
    at = 0
    while at < len(found):
        token = found[at]
        raw = text.content[token.start : token.stop]
        at += 1
        if token.kind in {Kind.DECLARATION, Kind.END} or not raw.strip():
            nodes.append(Literal(raw))
        elif token.local == "manifest":
            nodes += _tag(text.content, token)
        elif token.local == "file-entry" and grammar.space(token) == "manifest":
            entry = {one.local: plain(one.value) for one in token.attributes}
            if token.kind is not Kind.EMPTY:
                stop = next(
                    n for n in range(at, len(found))
                    if found[n].kind is Kind.END and found[n].depth == token.depth
                )  # fmt: skip
                inner = {one.local for one in found[at:stop]}
                if inner & {"encryption-data", "keyinfo"}:
                    raise FormatError(f"{label}: is locked; save it without a password")
                raw = text.content[token.start : found[stop].stop]
                at = stop + 1
            if not kept(entry.get("full-path", "")) or token.kind is not Kind.EMPTY:
                nodes.append(Leaf("file-entry", raw, RULED))
            else:
                nodes += _tag(text.content, token)
        else:
            nodes.append(Leaf("element", raw, UNKNOWN))
    return nodes


def _tag(content: str, token: Token) -> list[Node]:
    """Return a tag of the manifest with its leaves."""
    nodes: list[Node] = []
    at = token.start
    for one in token.attributes:
        value = plain(one.value)
        whole = (one.begin, one.stop)
        if one.name.startswith("xmlns"):
            if grammar.is_space(one.value):
                continue
        elif one.local == "full-path":
            found = grammar.picture_name(value)
            start = one.value.rfind(found[0]) if found else -1
            if found is None or grammar.is_stem(found[0]):
                continue
            if start >= 0:
                nodes.append(Literal(content[at : one.start + start]))
                nodes.append(Leaf("@full-path", found[0], IDENTIFIER))
                at = one.start + start + len(found[0])
                continue
        elif one.local in {"media-type", "version", "size"} and grammar.is_value(value):
            continue
        nodes.append(Literal(content[at : whole[0]]))
        slot = UNKNOWN if one.local not in {"preferred-view-mode", "media-type", "size"} else RULED
        head = content[one.begin : one.start]
        nodes.append(Leaf(f"@{'unknown' if slot is UNKNOWN else one.local}", one.value, slot, head,
                          content[one.stop - 1]))  # fmt: skip
        at = one.stop
    nodes.append(Literal(content[at : token.stop]))
    return nodes
