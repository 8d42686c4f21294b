"""Tests of CHAT transcripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.errors import FormatError
from anonymize.formats import chat
from anonymize.formats.base import Format
from anonymize.formats.charset import Charset
from anonymize.formats.chat_codes import code_for
from anonymize.formats.chat_settle import fit
from anonymize.model.documents import Document
from anonymize.model.fields import Path as FieldPath
from anonymize.model.fields import Role
from tests.formats.transcript_cases import same, shard_of, source_of, whole
from tests.strategies_talk import chats

pylangacq = pytest.importorskip("pylangacq")

CHAT: Format = chat.FORMAT
TALK = """@UTF8
@PID:\t11312/c-00012345-1
@Begin
@Languages:\teng
@Participants:\tANN Anna_Kowal Target_Child, MOT Ruth Mother, BEN Friend, INV Investigator
@ID:\teng|Leeds|ANN|2;06.14|female|TD|MC|Target_Child||x|
@ID:\teng|Leeds|MOT||female|||Mother|||
@ID:\teng|Leeds|BEN|||||Friend|||
@ID:\teng|Leeds|INV|||||Investigator|||
@Birth of ANN:\t28-JUN-2001
@Birthplace of ANN:\tLeeds
@Media:\tanna_k, audio
@Date:\t01-JUL-2003
@Own Header:\tAnna
@Transcriber:\tJane Doe
@Situation:\tAnna plays
\tat home
*ANN:\tAnna sees &*MOT:mhm Ruth's dog . \x15100_2000\x15
%mor:\tn:prop|Anna v|see-3S n:prop|Ruth~poss|s n|dog .
%gra:\t1|2|SUBJ 2|0|ROOT 3|4|MOD 4|2|OBJ 5|2|PUNCT
%wor:\tAnna \x15100_200\x15 sees \x15200_300\x15 Ruth's \x15300_400\x15 dog \x15400_500\x15 .
%pho:\tana siz
%add:\tMOT, BEN
%com:\tpoints to Ruth
%xown:\tAnna
*MOT:\twhat did
\tBen do ? \x152000_3000\x15
%mor:\tpro|what v|do n:prop|Ben v|do ?
%pho:\twot
@End
"""


def _document(content: str) -> Document:
    return chat.tokenise(content, "a").document(Charset("utf-8"), "x/interview_k3.cha")


def _changed(document: Document, swaps: dict[str, str]) -> dict[FieldPath, str | None]:
    """Return what a run would give: opaque fields gone, names replaced everywhere."""
    texts: dict[FieldPath, str | None] = {}
    for one in document.fields:
        value = one.value
        for old, new in swaps.items():
            value = value.replace(old, new)
        texts[one.path] = None if one.role is Role.OPAQUE else value
    return texts


@given(content=chats())
def test_round_trip(content: str) -> None:
    """Rebuilding a transcript with unchanged texts gives back the same bytes."""
    document = _document(content)
    assert CHAT.rebuild(document, same(document)) == content.encode()


@given(content=chats(), data=st.data())
def test_times_and_turns(content: str, data: st.DataObject) -> None:
    """Whatever the new texts and whatever is withheld, times and number of turns stay."""
    document = _document(content)
    value = (
        st.sampled_from(["", "x", "\n\n", "Mira Keller", "a\r*B:\tc", "\x157_8\x15"]) | st.none()
    )
    texts = {one.path: data.draw(value) for one in document.fields}
    sections = st.frozensets(st.integers(0, len(document.sections) - 1))
    out = CHAT.rebuild(document, texts, data.draw(sections)).decode()
    ends = re.compile(r"\x15100_200\x15")
    assert len(ends.findall(out)) == len(ends.findall(content))
    turns = re.compile(r"(?:\A|(?<=[\r\n]))\*[^:]*:")
    assert len(turns.findall(out)) == len(turns.findall(content))
    assert "\x157_8" not in re.sub("\x15(?:1_20|1_2|100_200)\x15", "|", out)


@given(content=chats(), data=st.data())
def test_words_and_items(content: str, data: st.DataObject) -> None:
    """However long the surrogates, each tier beside an utterance has its number of items."""
    document = _document(content)
    new = st.sampled_from(["Mira", "Teacher 03", "[PERSON_7F3K]", "Mira van der Keller"])
    swaps = {"Anna_Kowal": data.draw(new), "Anna": data.draw(new), "Leeds": data.draw(new)}
    out = CHAT.rebuild(document, _changed(document, swaps)).decode()
    assert not re.search(r"(?<!\[)Anna|Leeds", out)
    before, after = (
        [part.split("\x15100_200\x15") for part in re.split(r"[\r\n]+\*(?=[A-Z]\w*:)", text)[1:]]
        for text in (content, out)
    )
    for (old, _), (now, *rest) in zip(before, after, strict=True):
        beside = re.search(r"%(?:mor|gra|wor):", "".join(rest))
        assert not beside or len(old.split()) == len(now.split())


def test_parts() -> None:
    """Names, codes and places have their roles; speaker and utterance share a subject."""
    document = _document(TALK)
    found = {one.path: one for one in document.fields}
    roles = [(one.role, one.kind, one.value) for one in document.fields]
    assert (Role.NAME, "speaker", "Anna Kowal") in roles
    assert (Role.NAME, "person", "Jane Doe") in roles
    assert (Role.NAME, "speaker", "BEN") in roles
    assert (Role.PLACE, "", "Leeds") in roles
    assert (Role.DATE, "", "01-JUL-2003") in roles
    assert (Role.TEXT, "", "Anna plays\n\tat home") in roles
    opaque = {one.value: one.kind for one in document.fields if one.role is Role.OPAQUE}
    assert opaque == {
        "@PID:\t11312/c-00012345-1": "rule",
        "Leeds": "rule",
        "2;06.14": "rule",
        "x": "rule",
        "@Birth of ANN:\t28-JUN-2001": "rule",
        "anna_k": "rule",
        "@Own Header:\tAnna": "unknown",
        "%xown:\tAnna": "unknown",
    }
    (name,) = (one for one in document.fields if one.value == "Anna Kowal")
    assert [section.id for section in document.sections] == ["header", "0", "1"]
    assert document.sections[1].author == name.subject
    assert found["utterances", 0, "text"].value == "Anna sees \x15mhm Ruth's dog ."


def test_changes() -> None:
    """Codes change everywhere alike, an item follows its word, what is dropped leaves whole."""
    document = _document(TALK)
    swaps = {"Anna Kowal": "Teacher 03", "Anna": "Teacher 03", "Ruth": "Olga", "BEN": "TOM"}
    texts = _changed(document, swaps | {"Ben": "Tom", "01-JUL": "29-MAY", "Jane Doe": "Eva Ek"})
    out = CHAT.rebuild(document, texts).decode()
    assert (
        out
        == """@UTF8
@Begin
@Languages:\teng
@Participants:\tT03 Teacher_03 Target_Child, MOT Olga Mother, TOM Friend, INV Investigator
@ID:\teng||T03||female|TD|MC|Target_Child|||
@ID:\teng||MOT||female|||Mother|||
@ID:\teng||TOM|||||Friend|||
@ID:\teng||INV|||||Investigator|||
@Birthplace of T03:\tLeeds
@Media:\trecording, audio
@Date:\t29-MAY-2003
@Transcriber:\tEva Ek
@Situation:\tTeacher 03 plays
\tat home
*T03:\tTeacher_03 sees &*MOT:mhm Olga's dog . \x15100_2000\x15
%mor:\tn:prop|Teacher_03 v|see-3S n:prop|Olga~poss|s n|dog .
%gra:\t1|2|SUBJ 2|0|ROOT 3|4|MOD 4|2|OBJ 5|2|PUNCT
%wor:\tTeacher_03 \x15100_200\x15 sees \x15200_300\x15 Olga's \x15300_400\x15 dog \x15400_500\x15 .
%add:\tMOT, TOM
%com:\tpoints to Olga
*MOT:\twhat did
\tTom do ? \x152000_3000\x15
%mor:\tpro|what v|do n:prop|Tom v|do ?
@End
"""
    )


def test_items_hold_what_only_the_words_told() -> None:
    """An item follows its word though nothing was found in its own tier, and an odd one leaves."""
    document = _document(TALK)
    texts = same(document)
    texts["utterances", 0, "text"] = "Mira sees \x15mhm Olga's dog ."
    out = CHAT.rebuild(document, texts).decode()
    assert "%mor:\tn:prop|Mira v|see-3S n:prop|Olga~poss|s n|dog .\n" in out
    assert "%pho:\tana" not in out
    assert "%pho:\twot" in out
    odd = TALK.replace("n:prop|Ruth~poss|s", "n:prop|Baby-Ruth-x")
    document = _document(odd)
    texts = same(document) | {("utterances", 0, "text"): "Mira sees \x15mhm Olga's dog ."}
    assert "Baby" not in CHAT.rebuild(document, texts).decode()


def test_fewer_words() -> None:
    """Where a name had more words than its surrogate the tiers beside it leave, the rest stays."""
    content = TALK.replace("*ANN:\tAnna sees", "*ANN:\tAnna Maria sees")
    document = _document(content)
    texts = same(document)
    texts["utterances", 0, "text"] = "Mira sees \x15mhm Ruth's dog ."
    out = CHAT.rebuild(document, texts).decode()
    assert "*ANN:\tMira sees &*MOT:mhm Ruth's dog . \x15100_2000\x15\n%add:" in out
    assert "%mor:\tpro|what v|do n:prop|Ben v|do ?\n" in out


def test_fit() -> None:
    """Surplus words are joined: numbers to their word, the rest at the end."""
    assert fit("so Anna said", "so Teacher 03 said").text == "so Teacher_03 said"
    assert fit("Anna Ruth ran", "Pupil 01 Teacher 03 ran").text == "Pupil_01 Teacher_03 ran"
    assert fit("Anna", "[A B]").text == "A_B"
    assert not fit("Anna Maria ran", "Mira ran").held
    assert fit("a b", "a q b").text == "a_q b"
    assert fit("b", "q b").text == "q_b"


def test_codes() -> None:
    """Codes made are three signs, are not taken, and come from the name."""
    taken: set[str] = set()
    for name in ["Mira Keller", "Mira Koss", "Miriam", "Teacher 03", "", "Żaneta", "Ab"] * 5:
        code = code_for(name, taken)
        assert re.fullmatch("[A-Z0-9]{3}", code)
        assert code not in taken
        taken.add(code)
    assert {"MIR", "T03", "ZAN", "ABX", "XXX"} <= taken


def test_codes_of_roles() -> None:
    """A code of a role stays, unless the name beside it begins with it; the core ones always."""
    people = "GRA Grace Grandmother, SIS Anna Sister, CHI Chiara Target_Child, STU Student"
    content = f"@UTF8\n@Begin\n@Participants:\t{people}\n*GRA:\thello .\n@End\n"
    document = _document(content)
    swaps = {"Grace": "Olga", "Anna": "Mira", "Chiara": "Ida"}
    out = CHAT.rebuild(document, _changed(document, swaps)).decode()
    assert "OLG Olga Grandmother, SIS Mira Sister, CHI Ida Target_Child, STU Student\n*OLG:" in out


def test_withheld() -> None:
    """A withheld utterance keeps speaker and times, says `www .`, and has no tier left."""
    document = _document(TALK)
    texts = same(document)
    texts |= {one.path: None for one in document.fields if one.section == 1}
    out = CHAT.rebuild(document, texts, frozenset({1})).decode()
    assert "*ANN:\twww ." in out
    assert "\x15100_2000\x15\n*MOT:" in out.replace("%add:\tMOT, BEN\n", "")
    nothing = CHAT.rebuild(document, {}).decode()
    for word in ("Anna", "Ruth", "BEN", "ANN", "Leeds", "Jane"):
        assert word not in nothing


def test_the_reader_of_the_field_opens_it() -> None:
    """Pylangacq reads the changed file: as many utterances, words and items, and the codes."""
    document = _document(TALK)
    swaps = {"Anna Kowal": "Teacher 03", "Anna": "Teacher 03", "Ruth": "Olga Ek", "BEN": "TOM"}
    out = CHAT.rebuild(document, _changed(document, swaps)).decode()
    before, after = (pylangacq.CHAT.from_strs([text]) for text in (TALK, out))
    assert [(one.code, one.role) for one in after.participants()] == [
        ("T03", "Target_Child"), ("MOT", "Mother"), ("TOM", "Friend"), ("INV", "Investigator"),
    ]  # fmt: skip
    old, new = before.utterances(), after.utterances()
    assert [one.time_marks for one in new] == [one.time_marks for one in old]
    assert [[token.pos for token in one.tokens] for one in new] == [
        [token.pos for token in one.tokens] for one in old
    ]


def test_damaged(tmp_path: Path) -> None:
    """A line of no tier is withheld; a file without `@Begin` is an error."""
    document = _document(TALK.replace("@Own Header:", "Own Header"))
    assert [one.withhold for one in document.sections] == ["", "invalid-line", "", ""]
    with pytest.raises(FormatError, match=r"^a: no @Begin line$"):
        _document("*ANN:\thello .\n")
    data = b"\xef\xbb\xbf" + TALK.replace("\n", "\r\n").encode()
    shard = shard_of(CHAT, tmp_path / "a.cha", data)
    assert whole(CHAT, shard) == data
    assert CHAT.claims(source_of(tmp_path / "b.txt", data))
    assert not CHAT.claims(source_of(tmp_path / "c.txt", b"@UTF8 is a tag"))
    assert not CHAT.claims(source_of(tmp_path / "d.cha", b"a\0b"))
