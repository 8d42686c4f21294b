"""Tests of XML files as pieces, by a small grammar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.formats.base import Texts
from anonymize.formats.pieces import Draft, Part, Pieces
from anonymize.formats.xml_names import render_xml
from anonymize.formats.xml_pieces import (
    LITERAL,
    RULED,
    UNKNOWN,
    Slot,
    Stretch,
    Treatment,
    Use,
    clean_xml,
    take_apart,
)
from anonymize.formats.xml_text import Attribute, Token, read_xml
from anonymize.model.documents import Document
from anonymize.model.encodings import decode
from anonymize.model.fields import Path, Role
from tests.formats.transcript_cases import same
from tests.formats.xml_cases import parsed, xml_files

_TREATED = {
    "hi": Treatment.INLINE,
    "w": Treatment.INLINE,
    "div": Treatment.RULE,
    "x.y-z": Treatment.PARTING,
}


class _Grammar:
    """Blocks are `r`, `p` and `u`; `hi` and `w` are inline; `x.y-z` parts words; `div` goes."""

    def element(self, trail: Sequence[Token]) -> Treatment:
        name = trail[-1].local
        return _TREATED.get(
            name, Treatment.BLOCK if name in {"r", "p", "u", "seg"} else Treatment.UNKNOWN
        )

    def enter(self, trail: Sequence[Token], draft: Draft) -> None:
        if trail[-1].local == "u":
            draft.begin(str(len(trail)) + str(trail[-1].start))

    def attribute(self, trail: Sequence[Token], attribute: Attribute, draft: Draft) -> Use:
        del trail, draft
        if attribute.local == "id":
            size = len(attribute.value)
            return (Stretch(0, size, Slot(Role.NAME), group="id"),) if size else LITERAL
        if attribute.local == "who" and "#" in attribute.value:
            return tuple(_pointers(attribute.value))
        if attribute.local == "n":
            return Slot(Role.DATE, part=Part.EXTRA)
        if attribute.local == "lang" and len(attribute.value) < 3:
            return LITERAL
        return RULED if attribute.local == "x" else UNKNOWN

    def text(self, trail: Sequence[Token], value: str, draft: Draft) -> Slot | None:
        del value, draft
        assert trail
        return Slot(Role.TEXT)


def _pointers(value: str) -> list[Stretch]:
    found: list[Stretch] = []
    at = 0
    for word in value.split(" "):
        if word.startswith("#"):
            found.append(Stretch(at + 1, at + len(word), Slot(Role.NAME), group="id"))
        at += len(word) + 1
    return found


def _document(data: bytes) -> Document:
    text = read_xml(data, "a")
    draft = Draft()
    draft.begin("header")
    take_apart(text, _Grammar(), draft, "a")
    return draft.document(text.charset, "a")


def _render(document: Document, texts: Texts, withheld: frozenset[int] = frozenset()) -> bytes:
    assert isinstance(document.record, Pieces)
    return render_xml(document.record, texts, withheld, clean_xml)


def _changed(data: bytes, new: Mapping[str, str | None]) -> str:
    """Return the file with new values by what the old were."""
    document = _document(data)
    texts = {one.path: new.get(one.value, one.value) for one in document.fields}
    return _render(document, texts).decode()


@settings(max_examples=50)
@given(xml_files())
def test_round_trip(data: bytes) -> None:
    """Unchanged texts give back the file byte for byte, and every path is unique."""
    document = _document(data)
    assert _render(document, same(document)) == data


_NEW = st.sampled_from(
    ["", "x", "Mira Keller", "\"'<>&", "]]>", "&amp;", "&nope;", "a\0b", "ž🐋", "-->", "#a b"]
)


@settings(max_examples=50)
@given(xml_files(), st.data())
def test_no_new_value_breaks_out(data: bytes, draw: st.DataObject) -> None:
    """Whatever the new texts and what is withheld, the file is well-formed and can be read."""
    document = _document(data)
    texts: dict[Path, str | None] = {
        one.path: one.value if draw.draw(st.booleans()) else draw.draw(_NEW | st.none())
        for one in document.fields
    }
    withheld = draw.draw(st.frozensets(st.integers(0, len(document.sections) - 1)))
    out = _render(document, texts, withheld)
    parsed(out)
    _document(out)


@settings(max_examples=50)
@given(xml_files())
def test_every_word_is_in_a_field(data: bytes) -> None:
    """Nothing is left between the fields but names of elements, quotes and white space."""
    document = _document(data)
    texts: dict[Path, str | None] = dict.fromkeys(same(document))
    out = _render(document, texts)
    assert b"A\0n\0n\0a" not in out
    assert b"Anna" not in out


def test_inline_tags_follow_their_words() -> None:
    """Text across inline elements is one field; after a change tags stand by their words."""
    data = b"<r><p>Hi <hi>Ja</hi>ne <w x='a'>and</w> co</p></r>"
    new = "Hi Mira and co"
    out = _changed(data, {"Hi Jane and co": new})
    assert out == "<r><p>Hi <hi>Mira</hi> <w x='a'>and</w> co</p></r>"


def test_references_are_read_and_written() -> None:
    """A name behind references is the name; a new value is escaped as the place asks."""
    data = b"<r><p id='&#65;nna &quot;K&quot;'>M&#xFC;ller &amp; co</p></r>"
    document = _document(data)
    plain = {decode(one.value, one.encoding).text for one in document.fields}
    assert plain == {'Anna "K"', "Müller & co"}
    texts: dict[Path, str | None] = {one.path: 'O\'Neil &amp; "b" <c>' for one in document.fields}
    out = parsed(_render(document, texts))
    assert out[0].text == 'O\'Neil & "b" <c>'


def test_what_no_grammar_names_leaves_whole() -> None:
    """Unknown elements and ruled ones go with tags and content, attributes with their names."""
    data = b"<r x='A'><p lang='en' q='A'>a<b>A<p>A</p></b>c<div>A</div><!-- A --></p></r>"
    document = _document(data)
    kinds = [one.kind for one in document.fields if one.role is Role.OPAQUE]
    assert sorted(kinds) == ["rule", "rule", "rule", "unknown", "unknown"]
    texts = {one.path: one.value for one in document.fields if one.role is not Role.OPAQUE}
    assert _render(document, texts) == b"<r><p lang='en'>ac</p></r>"


def test_an_extra_leaves_with_its_name() -> None:
    """A date nobody could shift leaves no empty attribute behind."""
    data = b'<r xmlns:t="u"><p t:n = "2014" lang="e">a</p></r>'
    assert _changed(data, {"2014": "2015"}) == data.decode().replace("2014", "2015")
    assert _changed(data, {"2014": None}) == '<r xmlns:t="u"><p lang="e">a</p></r>'


def test_a_block_inside_an_inline_element() -> None:
    """Text behind it belongs to the block around, and nothing is lost."""
    data = b"<r><p>a <hi>b<seg>c</seg></hi> d</p>e</r>"
    document = _document(data)
    assert [one.value for one in document.fields] == ["a b", "c", "d", "e"]
    assert _render(document, same(document)) == data


IDS = (
    b"<r><p id='AnnaK'/><p id='Anna'/><p id='Mira'/><p id='A&amp;B'/>"
    b"<u who='#Anna #AnnaK'>a</u><u who='#Nobody x #Mira'>b</u></r>"
)


def test_references_follow_ids_and_ids_stay_apart() -> None:
    """Two ids that get one name are numbered, also beside one that keeps that name."""
    out = _changed(IDS, {"AnnaK": "Mira", "Anna": "Mira", "A&amp;B": "7 o'clock"})
    assert out == (
        "<r><p id='Mira-2'/><p id='Mira-3'/><p id='Mira'/><p id='_7_o_clock'/>"
        "<u who='#Mira-3 #Mira-2'>a</u><u who='#Nobody x #Mira'>b</u></r>"
    )


def test_an_id_without_a_value_is_withheld_everywhere() -> None:
    """An id whose fields go, or whose section is withheld, stays an id with its references."""
    document = _document(IDS)
    texts = {one.path: None if one.value == "Anna" else one.value for one in document.fields}
    out = _render(document, texts).decode()
    assert "<p id='withheld'/>" in out
    assert "<u who='#withheld #AnnaK'>" in out
    kept: dict[Path, str | None] = {
        one.path: "Mira Keller" if one.value == "Anna" else one.value for one in document.fields
    }
    for one in document.fields:
        if one.section == 1:
            kept[one.path] = None
    out = _render(document, kept, frozenset({1})).decode()
    assert "<u who='#Mira_Keller #AnnaK'>[withheld]</u>" in out


@given(st.permutations(["Mira", "Mira", "Mira Keller", "Mira-2", "x"]))
def test_any_names_keep_ids_apart(names: list[str]) -> None:
    """Five ids are five ids, whichever of them get the same name."""
    data = ("<r>" + "".join(f"<p id='a{n}'/><u who='#a{n}'/>" for n in range(5)) + "</r>").encode()
    out = parsed(_changed(data, {f"a{n}": name for n, name in enumerate(names)}).encode())
    ids = [one.get("id") for one in out.iter("p")]
    assert len(set(ids)) == 5
    assert [one.get("who") for one in out.iter("u")] == [f"#{one}" for one in ids]


@pytest.mark.parametrize("codec", ["iso-8859-1", "us-ascii", "utf-8"])
def test_letters_the_encoding_lacks(codec: str) -> None:
    """They are written as character references, so the name is read back whole."""
    data = f"<?xml version='1.0' encoding='{codec}'?><r><p lang='e'>Anna</p></r>".encode()
    document = _document(data)
    out = _render(document, {document.fields[0].path: "Žofie 🐋"})
    assert parsed(out)[0].text == "Žofie 🐋"


def test_an_id_written_in_two_ways_is_one() -> None:
    """A reference with a character reference follows the id without one."""
    out = _changed(b"<r><p id='Zo\xc3\xab'/><u who='#Zo&#xEB;'/></r>", {"Zoë": "Mira"})
    assert out == "<r><p id='Mira'/><u who='#Mira'/></r>"


def test_tags_in_a_text_that_goes_stay() -> None:
    """Dropping a text leaves the tags in it, which close or open elsewhere."""
    document = _document(b"<r><p>a <hi>b <w>c</w></hi> d</p></r>")
    assert _render(document, {}) == b"<r><p><hi><w></w></hi></p></r>"


def test_a_tag_that_parts_words_stands_for_a_blank() -> None:
    """Two words it parts are two words of the text, and it stands between them after a change."""
    data = b"<r><p><x.y-z/>Anna<x.y-z>Kowal</x.y-z><x.y-z/></p></r>"
    document = _document(data)
    assert [one.value for one in document.fields] == ["Anna Kowal"]
    assert _render(document, same(document)) == data
    out = _changed(data, {"Anna Kowal": "Mira Keller"})
    assert out == data.decode().replace("Anna", "Mira").replace("Kowal", "Keller")
    assert _changed(data, {"Anna Kowal": "X"}) == ("<r><p><x.y-z/>X<x.y-z></x.y-z><x.y-z/></p></r>")
