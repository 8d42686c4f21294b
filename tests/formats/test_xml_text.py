"""Tests of XML files as their own characters."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings

from anonymize.errors import FormatError
from anonymize.formats.charset import Charset, Text
from anonymize.formats.xml_text import Kind, read_xml, root_of, tokens
from tests.formats.xml_cases import COMMENT, bomb, hostile, parsed, xml_files

HOSTILE = hostile()


@settings(max_examples=50)
@given(xml_files())
def test_tokens_joined_are_the_file(data: bytes) -> None:
    """Whatever the encoding, mark, quotes and line ends, tokens follow each other to the end."""
    text = read_xml(data, "a")
    assert text.charset.bom + text.content.encode(text.charset.codec) == data
    found = list(tokens(text, "a"))
    assert (found[0].start, found[-1].stop) == (0, len(text.content))
    assert all(one.stop == other.start for one, other in pairwise(found))


@settings(max_examples=50)
@given(xml_files())
def test_tokens_are_what_the_parser_sees(data: bytes) -> None:
    """Elements, namespaces, attributes and their values are those libxml2 finds."""
    text = read_xml(data, "a")
    seen = [one for one in parsed(data).iter() if isinstance(one.tag, str)]
    cut = [one for one in tokens(text, "a") if one.kind in {Kind.START, Kind.EMPTY}]
    names = [f"{{{one.space}}}{one.local}" if one.space else one.local for one in cut]
    assert [one.tag for one in seen] == names
    for element, token in zip(seen, cut, strict=True):
        own = [one for one in token.attributes if not one.name.startswith("xmlns")]
        keys = {f"{{{one.space}}}{one.local}" if one.space else one.local for one in own}
        assert keys == set(element.attrib)
        for one in token.attributes:
            assert text.content[one.start : one.start + len(one.value)] == one.value
            assert text.content[one.stop - 1] in "\"'"
            assert text.content[one.begin].isspace()


def test_depth_pairs_tags() -> None:
    """A start tag and its end tag have the same depth."""
    found = list(tokens(read_xml(b"<a><b>x</b><c/></a>", "a"), "a"))
    assert [(one.kind.value, one.local, one.depth) for one in found] == [
        ("start", "a", 0),
        ("start", "b", 1),
        ("text", "", 2),
        ("end", "b", 1),
        ("empty", "c", 1),
        ("end", "a", 0),
    ]


def test_prefixes() -> None:
    """A prefix means what the nearest declaration says; attributes have no default namespace."""
    data = b'<a xmlns="u:a" xmlns:p="u:p" k="1" p:k="2"><p:b xmlns:p="u:q" xml:id="i"/><p:c/></a>'
    start = [one for one in tokens(read_xml(data, "a"), "a") if one.kind is not Kind.END]
    assert [(one.space, one.local) for one in start] == [("u:a", "a"), ("u:q", "b"), ("u:p", "c")]
    assert [(one.space, one.local) for one in start[0].attributes[2:]] == [("", "k"), ("u:p", "k")]
    assert start[1].attributes[1].space == "http://www.w3.org/XML/1998/namespace"


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused(case: str) -> None:
    """Each is a `FormatError` that says nothing of the file, in less than two seconds."""
    begin = time.monotonic()
    with pytest.raises(FormatError) as caught:
        list(tokens(read_xml(HOSTILE[case], "a.xml"), "a.xml"))
    assert time.monotonic() - begin < 2
    assert str(caught.value).startswith("a.xml")
    assert "\n" not in str(caught.value)
    assert "xxx" not in str(caught.value)
    # The parser's own error quotes the file, so it must not be shown behind ours.
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_declarations_are_seen_behind_anything() -> None:
    """A subset is refused before it is parsed, however far down; what only quotes one is not."""
    for before in ("", COMMENT, f"<?x {COMMENT[4:-4]}?>", "\n" * 70_000):
        with pytest.raises(FormatError, match="declares entities"):
            read_xml(bomb(before), "a")
    quoted = "<!DOCTYPE r [ <!ENTITY a 'b'>"
    read_xml(f"<!-- {quoted} --><r><![CDATA[{quoted}]]></r>".encode(), "a")


_MEASURE = """
import resource, sys
sys.path.insert(0, {root!r})
from anonymize.errors import FormatError
from anonymize.formats.xml_text import read_xml
import lxml.etree
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from tests.formats.xml_cases import hostile
for case, data in hostile().items():
    try:
        read_xml(data, "a")
    except FormatError:
        pass
    else:
        print(case)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="counts memory as POSIX does")
def test_hostile_files_take_little_memory() -> None:
    """All of them one after the other stay below 200 MB, the files themselves included."""
    root = __file__.rsplit("/tests/", 1)[0]
    code = _MEASURE.format(root=root)
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert int(out.stdout) < 200


def test_roots() -> None:
    """The first element is told from the head, behind comments and a document type."""
    begin = b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- <x> -->\n<!DOCTYPE Trans SYSTEM "t.dtd">\n'
    assert root_of(begin + b"<!-- y --><Trans a='") == ("", "")
    assert root_of(begin + b"<!-- y --><Trans a='1'><b>") == ("", "Trans")
    assert root_of("<t:TEI xmlns:t='u:t'>".encode("utf-16")) == ("u:t", "TEI")
    for other in (b"", b"\xef\xbb\xbf", b"Anna: <b>", b"{}", b"PK\x03\x04", b"<", bomb()):
        assert root_of(other) == ("", "")


@pytest.mark.parametrize("data", [
    "<a/><b/>", "<w:a/>", "<w:a/><b/>", "<w:a/></b>", "<a/></b>", '<a xmlns:b="ht|p://x"/>[1]',
])  # fmt: skip
def test_what_parsers_pass_over(data: str) -> None:
    """Prefixes nobody declared and places that are none are refused.

    Behind them the parser lets anything pass.
    """
    with pytest.raises(FormatError, match="not well-formed"):
        read_xml(data.encode(), "a")
    with pytest.raises(FormatError, match="can cut"):
        list(tokens(Text("<a/></b>", Charset("utf-8")), "a"))
    with pytest.raises(FormatError, match="can cut"):
        list(tokens(Text("<a/>words", Charset("utf-8")), "a"))
