"""Tests of WebVTT and SubRip."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.errors import FormatError
from anonymize.formats import subrip, subviewer, webvtt
from anonymize.formats.base import Format
from anonymize.formats.charset import Charset
from anonymize.model.documents import Document
from anonymize.model.fields import Encoding, Role
from anonymize.model.fields import Path as FieldPath
from tests.formats.transcript_cases import read_all, same, shard_of, source_of, whole
from tests.strategies import subtitles

VTT: Format = webvtt.FORMAT
SRT: Format = subrip.FORMAT
SBV: Format = subviewer.FORMAT
_ARROW = re.compile(rb"(?m)^[^\r\n]*[0-9][ \t]*-->[ \t]*[0-9][^\r\n]*")

STYLED = """WEBVTT - with Anna
Kind: captions
By: Jane

STYLE
::cue(v[voice="Anna K"]) { color: #fff; font-family: "Jane Sans"; }
::cue(.jane) { background: url("jane.png") } /* by Jane */

NOTE checked by Jane

7a3b2c1d-0000-1111-2222-333344445555/12-0
00:00:01.000 --> 00:00:02.000 align:start region:jane
<v.loud.jane Anna K>Hi <b>Ja</b>ne &amp; <c.jane>co</c></v>
<v Ben>hello <Anna>

jane-3
00:00:03.000 --> 00:00:04.000
Ben: hi
Anna: there
you

00:00:05.000 --> 00:00:06.000
<i>Ben:</i> ok
"""


def _document(form: Format, content: str) -> Document:
    module = webvtt if form is VTT else subrip
    document: Document = module.tokenise(content, "a").document(Charset("utf-8"), "")
    return document


@pytest.mark.parametrize("form", [VTT, SRT])
@given(data=st.data())
def test_round_trip(form: Format, data: st.DataObject) -> None:
    """Rebuilding subtitles with unchanged texts gives back the same bytes."""
    content = data.draw(subtitles("." if form is VTT else ","))
    document = _document(form, content)
    assert form.rebuild(document, same(document)) == content.encode()


@pytest.mark.parametrize("form", [VTT, SRT])
@given(data=st.data())
def test_timings(form: Format, data: st.DataObject) -> None:
    """Whatever the new texts, and whatever is withheld, every timing line is as it was."""
    content = data.draw(subtitles("." if form is VTT else ","))
    document = _document(form, content)
    value = (
        st.sampled_from(["", "x", "\n\n", "a\n\nb", "9 --> 8", " \n ", "Mira Keller"]) | st.none()
    )
    texts = {one.path: data.draw(value) for one in document.fields}
    sections = st.frozensets(st.integers(0, len(document.sections) - 1))
    out = form.rebuild(document, texts, data.draw(sections))
    valid = [line for line in _ARROW.findall(content.encode()) if b"1d" not in line]
    assert _ARROW.findall(out) == valid
    again = _document(form, out.decode())
    assert sum(not one.withhold for one in again.sections) == sum(
        not one.withhold for one in document.sections
    )


def test_names() -> None:
    """Names in voice tags, in CSS and before colons are names of one subject each."""
    document = _document(VTT, STYLED)
    assert VTT.rebuild(document, same(document)).decode() == STYLED
    found = [(one.value, one.subject) for one in document.fields if one.role is Role.NAME]
    subjects = dict(found)
    assert [value for value, _ in found] == ["Anna K", "Anna K", "Ben", "Ben", "Anna", "Ben"]
    assert len(set(subjects.values())) == 3
    assert [section.author for section in document.sections][1:] == [
        subjects["Anna K"],
        subjects["Ben"],
        subjects["Ben"],
    ]


def test_tags_inside_words() -> None:
    """A name cut by a styling tag is one word of the text, and the tag stays beside it."""
    document = _document(VTT, STYLED)
    texts = same(document)
    assert texts["cues", 2, "text"] == "Hi Jane &amp; co"
    text = next(one for one in document.fields if one.path == ("cues", 2, "text"))
    assert text.encoding is Encoding.HTML
    texts["cues", 2, "text"] = "Hi Mira &amp; co"
    assert b"Hi <b>Mira</b> &amp; <c.jane>co</c></v>" in VTT.rebuild(document, texts)


def test_nothing_unknown_stays() -> None:
    """With every opaque field dropped and every text replaced, no word of a person is left."""
    document = _document(VTT, STYLED)
    texts = {
        one.path: "x" if one.role in {Role.TEXT, Role.NAME} or one.value == "jane" else one.value
        for one in document.fields
        if one.role is not Role.OPAQUE
    }
    out = VTT.rebuild(document, texts).decode().lower()
    assert "jane" not in out
    assert "anna" not in out
    assert "ben" not in out
    assert "7a3b2c1d-0000-1111-2222-333344445555/12-0\n" in out
    assert "kind: captions" in out


def test_label_cannot_break_out() -> None:
    """A new label or text with angle brackets or line ends stays inside its tag and cue."""
    document = _document(VTT, STYLED)
    texts = same(document)
    texts["cues", 2, "speaker"] = "A>\nB"
    texts["cues", 3, "text"] = "<v X>y\n\nz"
    out = VTT.rebuild(document, texts).decode()
    assert "<v.loud.jane A&gt; B>" in out
    assert "Ben: &lt;v X>y z\n" in out


def test_styles_and_regions() -> None:
    """A new voice is quoted where CSS needs it, and a region has one id where it is and is used."""
    content = (
        "WEBVTT\n\nSTYLE\n::cue(v[voice=Anna]) { color: red; }\n\n"
        "REGION\nid:anna\nsays anna\nwidth:40%\n\n"
        "00:01.000 --> 00:02.000 region:anna\n<v Anna>Hi</v> <v Ben>ho\n"
    )
    document = _document(VTT, content)
    assert VTT.rebuild(document, same(document)).decode() == content
    regions = [one for one in document.fields if one.role is Role.ID]
    assert [one.value for one in regions] == ["anna", "anna"]
    voices = [(one.value, one.subject) for one in document.fields if one.role is Role.NAME]
    assert voices == [("Anna", "speaker:1"), ("Anna", "speaker:1"), ("Ben", "speaker:2")]
    new = {"Anna": "Teacher 03", "anna": "k1", "Ben": 'B"]{}', "says anna\n": None}
    texts = {one.path: new.get(one.value, one.value) for one in document.fields}
    assert VTT.rebuild(document, texts).decode() == (
        'WEBVTT\n\nSTYLE\n::cue(v[voice="Teacher 03"]) { color: red; }\n\n'
        "REGION\nid:k1\nwidth:40%\n\n"
        '00:01.000 --> 00:02.000 region:k1\n<v Teacher 03>Hi</v> <v B"]{}>ho\n'
    )


def test_withheld() -> None:
    """A withheld cue keeps its timing and labels; its text is a mark."""
    content = (
        "1\n00:00:01,000 --> 00:00:02,000\nAnna: a\nb\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\nAnna: c\n"
    )
    document = _document(SRT, content)
    out = SRT.rebuild(document, same(document), frozenset({0})).decode()
    assert out == content.replace("a\nb", "[withheld]")


def test_damaged() -> None:
    """A block without a valid timing is one section withheld; a file of them is an error."""
    vtt = _document(
        VTT, "WEBVTT\n\n00:00:1d.000 --> x\nJane\n\n00:01.000 --> 00:02.000\nok\n\nJane\n"
    )
    assert [section.withhold for section in vtt.sections] == ["", "invalid-cue", "", "invalid-cue"]
    assert b"Jane" not in VTT.rebuild(vtt, same(vtt), frozenset({1, 3}))
    srt = _document(SRT, "1\n00:00:01,000 --> 00:00:02,000\nok\n\n2\nJane\n")
    assert [section.withhold for section in srt.sections] == ["", "invalid-cue"]
    for form, content in (
        (VTT, "00:01.000 --> 00:02.000\nok"),
        (VTT, "WEBVTT\n\n00:01 --> 00:02\nok"),
        (SRT, "1\nJane"),
    ):
        with pytest.raises(FormatError) as caught:
            _document(form, content)
        assert re.fullmatch(r"a, line \d+: no .*", str(caught.value))


def test_files(tmp_path: Path) -> None:
    """Files come back byte for byte, windows-1252 too, and are claimed by suffix or header."""
    data = "1\r\n00:00:01,000 --> 00:00:02,000\r\nZoë – ok\r\n".encode("cp1252")
    shard = shard_of(SRT, tmp_path / "a.srt", data)
    assert whole(SRT, shard) == data
    assert [one.code for one in read_all(SRT, shard)[1]] == ["encoding-cp1252"]
    data = b"\xef\xbb\xbf" + STYLED.encode()
    shard = shard_of(VTT, tmp_path / "a.vtt", data)
    assert whole(VTT, shard) == data
    assert shard.head == shard.between == shard.tail == b""
    assert VTT.claims(source_of(tmp_path / "a.txt", data))
    assert not VTT.claims(source_of(tmp_path / "b.txt", b"WEBVTTX"))
    assert SRT.claims(source_of(tmp_path / "a.srt", b"1"))
    with pytest.raises(FormatError):
        shard_of(VTT, tmp_path / "e.vtt", b"")


def test_the_id_of_a_recording_is_an_id() -> None:
    """What Teams puts before the number of a cue is a field of its own; the number stays."""
    guid = "8d1f0c52-77aa-4b1e-9a53-0c64f1d2a911"
    content = f"WEBVTT\n\n{guid}/1-0\n00:01.000 --> 00:02.000\nHello\n"
    document = _document(VTT, content)
    (one,) = (field for field in document.fields if field.role is Role.ID)
    texts: dict[FieldPath, str | None] = {field.path: field.value for field in document.fields}
    texts[one.path] = "xyz"

    assert one.value == guid
    assert VTT.rebuild(document, texts).decode() == content.replace(guid, "xyz")


def _as_sbv(content: str) -> str:
    """Return SubRip as SubViewer: without numbers, times as YouTube writes them."""
    content = re.sub(r"(?:\A|(?<=[\r\n]))\d+(?:\r\n|\r|\n)(?=\d\d:)", "", content)
    return re.sub(r"0(\d:\d\d:\d\d),(\d{3}) --> 0(\d:\d\d:\d\d),", r"\1.\2,\3.", content)


@given(data=st.data())
def test_sbv(data: st.DataObject) -> None:
    """SubViewer comes back the same, and keeps its times whatever the new texts are."""
    content = _as_sbv(data.draw(subtitles(",")))
    document = subviewer.tokenise(content, "a").document(Charset("utf-8"), "")
    assert SBV.rebuild(document, same(document)) == content.encode()
    value = st.sampled_from(["", "x", "\n\n", "a\n\nb", " \n ", "Mira Keller"]) | st.none()
    texts = {one.path: data.draw(value) for one in document.fields}
    out = SBV.rebuild(document, texts).decode()
    times = re.compile(r"\d:\d\d:\d\d\.250,\d:\d\d:\d\d\.250")
    assert times.findall(out) == times.findall(content) != []
    again = subviewer.tokenise(out, "a").document(Charset("utf-8"), "")
    assert [one.withhold for one in again.sections] == [one.withhold for one in document.sections]


def test_sbv_parts(tmp_path: Path) -> None:
    """Labels are speakers, a block without times is withheld, and a file of those is an error."""
    content = "0:00:01.000,0:00:03.000\nAnna: hello\nyou\n\n0:00:0d.0,0\nJane\n\n"
    content += "0:00:03.000,0:00:04.000\nAnna: so\n"
    shard = shard_of(SBV, tmp_path / "a.sbv", content.encode())
    (document,), _ = read_all(SBV, shard)
    assert [section.withhold for section in document.sections] == ["", "invalid-cue", ""]
    found = [(one.role, one.value) for one in document.fields if one.section != 1]
    assert found == [
        (Role.NAME, "Anna"), (Role.TEXT, "hello\nyou"), (Role.NAME, "Anna"), (Role.TEXT, "so"),
    ]  # fmt: skip
    shard = shard_of(SBV, tmp_path / "b.sbv", b"Jane")
    with pytest.raises(FormatError, match="no valid cue"):
        read_all(SBV, shard)


@pytest.mark.parametrize("suffix", ["vtt", "srt", "sbv"])
def test_the_reader_of_the_field_opens_what_is_written(tmp_path: Path, suffix: str) -> None:
    """With longer names webvtt-py reads as many cues, the same times, and the new words."""
    webvtt_py = pytest.importorskip("webvtt")
    times = "00:00:01{0}000 --> 00:00:02{0}000", "00:00:02{0}000 --> 00:00:04{0}500"
    said = "<v Anna K>Hi Ben</v>\n<v Ben>Hi</v>" if suffix == "vtt" else "Anna: Hi Ben\nBen: Hi"
    mark = "," if suffix == "srt" else "."
    blocks = [f"{n}\n{time.format(mark)}\n{said}" for n, time in enumerate(times, 1)]
    content = ("WEBVTT\n\n" if suffix == "vtt" else "") + "\n\n".join(blocks) + "\n"
    if suffix == "sbv":
        content = re.sub(r"\d\n0(\S+) --> 0", r"\1,", content)
    form = {"vtt": VTT, "srt": SRT, "sbv": SBV}[suffix]
    (document,), _ = read_all(form, shard_of(form, tmp_path / f"a.{suffix}", content.encode()))
    texts = {
        one.path: re.sub("Anna K|Anna", "Mira van der Keller", one.value).replace("Ben", "T")
        for one in document.fields
    }
    (tmp_path / f"b.{suffix}").write_bytes(form.rebuild(document, texts))
    old, new = (
        (webvtt_py.read if suffix == "vtt" else getattr(webvtt_py, f"from_{suffix}"))(
            str(tmp_path / f"{name}.{suffix}")
        )
        for name in "ab"
    )
    assert [(one.start, one.end) for one in new] == [(one.start, one.end) for one in old]
    assert len(new) == 2
    text = "Hi T\nHi" if suffix == "vtt" else "Mira van der Keller: Hi T\nT: Hi"
    assert [one.text for one in new] == [text, text]
    assert suffix != "vtt" or new[0].voice == "Mira van der Keller"
