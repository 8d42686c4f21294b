"""Tests of what single formats of transcripts in XML have that the others have not."""

from __future__ import annotations

from anonymize.formats.xml_pieces import plain
from anonymize.model.documents import Document
from anonymize.model.fields import Role
from tests.formats.speech_cases import CASES, FORMS, document
from tests.formats.transcript_cases import same

_HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>'
_TAIL = "</body></text></TEI>"


def _tei(body: str) -> Document:
    return document("tei", f"{_HEAD}{body}{_TAIL}".encode())


def _of(read: Document, *roles: Role) -> list[str]:
    return [plain(one.value) for one in read.fields if one.role in roles]


def _without_opaque(form: str, read: Document) -> str:
    texts = {one.path: one.value for one in read.fields if one.role is not Role.OPAQUE}
    return FORMS[form].rebuild(read, texts).decode()


def test_tei_names_in_running_text() -> None:
    """A name that is marked is a name, a place a place, whatever the model says."""
    read = _tei(
        "<u>so <persName>Zofia</persName> of <placeName>Uppham</placeName> and "
        '<name type="place">Ely</name> met <name>Bo</name> at <orgName>the Guild</orgName></u>'
    )
    assert _of(read, Role.NAME) == ["Zofia", "Bo"]
    assert _of(read, Role.PLACE) == ["Uppham", "Ely"]
    assert _of(read, Role.TEXT) == ["so", "of", "and", "place", "met", "at the Guild"]


def test_tei_dates_stand_twice() -> None:
    """A bare year in a text is a date as its attribute is: one that stayed would tell the shift."""
    people = "<person><birth when='1984-02-01'>1984</birth><death>in the war</death></person>"
    head = f"<profileDesc><particDesc><listPerson>{people}</listPerson></particDesc></profileDesc>"
    text = _HEAD.replace("<text>", f"<teiHeader>{head}</teiHeader><text>")
    read = document("tei", f"{text}<u>Yes.</u>{_TAIL}".encode())
    assert _of(read, Role.DATE) == ["1984-02-01", "1984"]
    assert _of(read, Role.TEXT) == ["in the war", "Yes."]


def test_tei_words_without_blanks() -> None:
    """Words, lines and segments that tags alone part are words of one text."""
    read = _tei(
        '<u><seg><w>Zofia</w><w>Adamik</w><pc>,</pc></seg><seg>well<lb/>then <lb break="no"/>now'
        "</seg></u>"
    )
    assert _of(read, Role.TEXT) == ["Zofia Adamik , well then now"]
    texts = same(read)
    (path,) = texts
    texts[path] = "Mira Keller , well then now"
    assert b"<w>Mira</w><w>Keller</w><pc>,</pc></seg><seg>well<lb/>then <lb" in FORMS[
        "tei"
    ].rebuild(read, texts)


def test_tei_two_readings_are_two_texts() -> None:
    """What was said and what was meant stand side by side and are never one word."""
    read = _tei("<u>with <choice><sic>Zofi</sic><corr>Zofia</corr></choice> here</u>")
    assert _of(read, Role.TEXT) == ["with", "Zofi", "Zofia", "here"]


def test_tei_of_the_fourth_edition() -> None:
    """Without a namespace ids are `id`, and `who` names one as it stands."""
    data = (
        b'<TEI.2><teiHeader><person id="ZofiaA"/></teiHeader><text>'
        b'<u who="ZofiaA" n="7">so</u></text></TEI.2>'
    )
    read = document("tei", data)
    assert _of(read, Role.NAME) == ["ZofiaA", "ZofiaA"]
    assert read.sections[1].author == read.fields[0].subject
    assert FORMS["tei"].rebuild(read, same(read)) == data


def test_tei_what_points_elsewhere() -> None:
    """A speaker in another file is unknown, an id of nobody an id, a link a link."""
    read = _tei(
        '<u who="corpus.xml#ZofiaA">so</u><u corresp="#zofia-1"><persName '
        'ref="https://lists.example/zofia">Zofia</persName></u>'
    )
    assert _of(read, Role.ID, Role.URL) == ["zofia-1", "https://lists.example/zofia"]
    assert '<u>so</u><u corresp="#zofia-1">' in _without_opaque("tei", read)


def test_tei_unknown_and_ruled() -> None:
    """Elements of other modules are unknown, pictures and taxonomies leave by a rule."""
    read = _tei('<u>a<entryFree>Zofia</entryFree></u><figure><graphic url="z.png"/></figure>')
    kinds = {one.kind for one in read.fields if one.role is Role.OPAQUE}
    assert kinds == {"unknown", "rule"}
    assert _without_opaque("tei", read) == f"{_HEAD}<u>a</u>{_TAIL}"


def test_tei_times_of_smil() -> None:
    """Times an archive of oral history gives in another namespace stay."""
    data = CASES["tei"].replace(
        b'<seg xml:id="s1">',
        b'<seg xmlns:t="http://www.w3.org/2001/SMIL20/Language" t:begin="00:00:23.685">',
    )
    assert 't:begin="00:00:23.685"' in _without_opaque("tei", document("tei", data))


def test_exmaralda_tells_by_names() -> None:
    """What is told under a known name has its role; under another it leaves with the name."""
    told = b"".join(
        b'<ud-information attribute-name="%s">x1999</ud-information>' % name
        for name in (b"Birth ", b"Place of birth", b"Datum", b"Name", b"Zofia's room", b"")
    )
    data = CASES["exmaralda"].replace(b'<ud-information attribute-name="Name">', told + b"<!--", 1)
    data = data.replace(b"</ud-information>\n               <ud-inf", b"-->\n<ud-inf", 1)
    read = document("exmaralda", data)
    assert [one.role for one in read.fields if one.value == "x1999"] == [
        Role.TEXT,
        Role.PLACE,
        Role.DATE,
        Role.NAME,
    ]
    assert "Zofia" not in _without_opaque("exmaralda", read)


def test_ttml_keeps_known_styles_only() -> None:
    """A font or colour of somebody's own is dropped, those of the standard stay."""
    data = CASES["ttml"].replace(b'tts:fontSize="100%"', b'tts:fontSize="90% 12px" tts:color="x"')
    data = data.replace(b'tts:color="#FFFF00"', b'tts:fontWeight="Zofia Sans"')
    out = _without_opaque("ttml", document("ttml", data))
    assert 'tts:fontSize="90% 12px"' in out
    assert "Zofia" not in out
    assert 'tts:color="x"' not in out


def test_ttml_lines_are_words_apart() -> None:
    """A name over two lines is one text with a blank, and the break stays between its words."""
    data = CASES["ttml"].replace(b"Hello Annalena", b"Hello Zofia<br/>Adamik")
    read = document("ttml", data)
    (one,) = [field for field in read.fields if field.value == "Hello Zofia Adamik"]
    texts = same(read)
    assert FORMS["ttml"].rebuild(read, texts) == data
    texts[one.path] = "Hello Mira Keller"
    assert b"Hello Mira<br/>Keller</p>" in FORMS["ttml"].rebuild(read, texts)


def test_transcriber_names_run_through_marks() -> None:
    """A name across a time mark is one text; the mark and the document type stay."""
    read = document("transcriber", CASES["transcriber"])
    said = [" ".join(one.split()) for one in _of(read, Role.TEXT)]
    assert "I am Annalena Kowaltic & that is Bennolt" in said
    out = _without_opaque("transcriber", read)
    assert '<!DOCTYPE Trans SYSTEM "trans-14.dtd">' in out
    assert out.count("<Sync") == 4
