from __future__ import annotations

import base64
import gzip
import html
import io
import json
import pathlib
import tempfile
import urllib.parse
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.errors import IntegrityError
from anonymize.model.identities import KnownIdentifier, Search
from anonymize.verify.leaks import MOST, LeakReport, find_leaks

KNOWN = (
    KnownIdentifier("PERSON", "Zoë Brightwater"),
    KnownIdentifier("HANDLE", "MsBright_Media"),
    KnownIdentifier("EMAIL_ADDRESS", "zoe.brightwater@college.example"),
    KnownIdentifier("PHONE_NUMBER", "+44 7700 900123"),
    KnownIdentifier("PERSON", "Will", Search.CAPITALISED),
)
IDS = frozenset({"1234567", "1597000000000000001"})
SURFACES = (
    ("PERSON", "Zoë Brightwater"),
    ("PERSON", "ZOE  BRIGHTWATER"),
    ("PERSON", "Zo\u00ad\u200beͤ Bright\u200dwater"),
    ("PERSON", "𝐙𝐨𝐞 𝐁𝐫𝐢𝐠𝐡𝐭𝐰𝐚𝐭𝐞𝐫"),
    ("HANDLE", "@msbright_media"),
    ("EMAIL_ADDRESS", "Zoe.Brightwater@College.Example"),
    ("PHONE_NUMBER", "07700 900 123"),
    ("PHONE_NUMBER", "+44 (0)7700-900123"),
    ("ID", "1234567"),
    ("ID", "1597000000000000001"),
)


def _percent(text: str) -> str:
    return urllib.parse.quote(text, safe="")


def _escaped(text: str) -> str:
    return json.dumps(text)[1:-1].replace("/", "\\/")


def _references(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)


def _hexadecimal(text: str) -> str:
    return "".join(f"&#x{ord(char):X};" for char in text)


def _codes(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02X}" for i in range(0, len(units), 2))


def _packed(text: str) -> str:
    return base64.b64encode(f"some words before {text} and behind".encode()).decode()


def _packed_url(text: str) -> str:
    return base64.urlsafe_b64encode(f"~~~ {text} {text} ~~~~~~~~~".encode()).decode().rstrip("=")


def _packed_hex(text: str) -> str:
    return f"a name {text} or not".encode().hex()


DRESSES: tuple[Callable[[str], str], ...] = (
    str,
    html.escape,
    _percent,
    _escaped,
    _references,
    _hexadecimal,
    _codes,
    _packed,
    _packed_url,
    _packed_hex,
)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-16")


def _zipped(data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/inner.js", data)
    return target.getvalue()


CONTAINERS: tuple[Callable[[bytes], bytes], ...] = (
    bytes,
    _zipped,
    gzip.compress,
    lambda data: _zipped(_zipped(data)),
    lambda data: _zipped(gzip.compress(data)),
    lambda data: gzip.compress(_zipped(data)),
)


def _search(data: bytes, *, size: int = 1 << 20, overlap: int = 1 << 16) -> LeakReport:
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "file").write_bytes(data)
        return find_leaks(root, KNOWN, IDS.__contains__, size=size, overlap=overlap)


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize(("entity_type", "surface"), SURFACES)
def test_finds_every_surface_in_every_dress(
    dress: Callable[[str], str],
    entity_type: str,
    surface: str,
) -> None:
    """An identifier is found however it is spelt and _escaped, twice too."""
    once = _search(f"before {dress(surface)} behind".encode())
    assert entity_type in {leak.entity_type for leak in once.leaks}

    for outer in (html.escape, _percent, _escaped, _packed):
        twice = _search(f"before {outer(dress(surface))} behind".encode())
        assert entity_type in {leak.entity_type for leak in twice.leaks}, outer


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SURFACES),
    st.sampled_from(DRESSES),
    st.sampled_from(ENCODINGS),
    st.sampled_from(CONTAINERS),
    st.tuples(*[st.text(alphabet=' abé"\\%&;\n日', max_size=60)] * 2),
)
def test_finds_a_leak_anywhere(
    leak: tuple[str, str],
    dress: Callable[[str], str],
    encoding: str,
    container: Callable[[bytes], bytes],
    around: tuple[str, str],
) -> None:
    """A leak is found in any escape, encoding, archive and neighbourhood."""
    text = f"{around[0]} {dress(leak[1])} {around[1]}"
    found = _search(container(text.encode(encoding)))

    assert leak[0] in {one.entity_type for one in found.leaks}


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 3000),
    st.sampled_from(SURFACES),
    st.sampled_from(DRESSES),
    st.sampled_from(["word ", "x", "\n", "é,"]),
)
def test_finds_a_leak_at_a_window_border(
    shift: int,
    leak: tuple[str, str],
    dress: Callable[[str], str],
    filling: str,
) -> None:
    """A leak in any escape is found wherever the windows are cut."""
    padding = (filling * 3000)[:shift]
    data = f"{padding} {dress(leak[1])} {filling * 300}".encode()
    found = _search(data, size=1024, overlap=512)

    assert leak[0] in {one.entity_type for one in found.leaks}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["zoe", "brightwaters", "xzoe brightwater", "1234567890", "abrightwater ", "é", " "],
        ),
        max_size=200,
    ).map("".join),
)
def test_finds_the_same_whatever_the_windows(text: str) -> None:
    """The windows make no leak and hide none."""
    large, small = _search(text.encode()), _search(text.encode(), size=256, overlap=128)

    assert {(leak.entity_type, leak.offset) for leak in large.leaks} == {
        (leak.entity_type, leak.offset) for leak in small.leaks
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Zoe and Brightwater",
        "brightwater zoes",
        "Will you?",
        "ab1234567cd",
        '{"seq":1234567,"start":12}',
        '{\n  "scores": [\n    1234567,\n    1234567\n  ]\n}',
        "07700 900124",
        "0.1234567890",
    ],
)
def test_passes_what_is_nobody(text: str) -> None:
    """Words that only resemble an identifier are no leak."""
    assert _search(text.encode()).leaks == ()


@pytest.mark.parametrize(
    ("content", "leaks"),
    [
        ("<?xml version='1.0'?><a>Zoë Bri<b/>ghtwater</a>", 1),
        ("<w:t>Zoë Bri</w:t></w:r><w:r w:rsidR='00'><w:t>ght&#119;ater</w:t>", 1),
        ("<w:t>Zoë</w:t><w:br/><w:t>Brightwater</w:t>", 1),
        ("<w:t>MsBrig</w:t><w:t>ht_Media</w:t>", 1),
        ("<w:t>Zoë</w:t> and <w:t>Brightwater</w:t>", 0),
        ("a <b or Zoë <i>x</i> Brightwater</b", 0),
    ],
)
def test_finds_what_tags_part(content: str, leaks: int) -> None:
    """A name cut into runs, or parted by a line break, is found in XML, packed or not."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "a.xml").write_text(content, encoding="utf-8")
        with zipfile.ZipFile(root / "b.docx", "w") as archive:
            archive.writestr("word/document.xml", content)
        found = find_leaks(root, KNOWN, IDS.__contains__).leaks
    assert [one.file for one in found] == ["a.xml"] * leaks + ["b.docx"] * leaks
    assert {one.view.split("/")[1] for one in found} <= {"tags", "gaps"}


@pytest.mark.parametrize(
    ("data", "offset", "view"),
    [
        (b"x Zoe Brightwater", 2, "utf-8"),
        ("é Zoë Brightwater".encode(), 3, "utf-8"),
        ("é Zoë Brightwater".encode("latin-1"), 2, "latin-1"),
        ("Brightwater Zoë".encode("latin-1"), 0, "latin-1"),
        (b'{"text":"a\\nZo\\u00eb Brightwater"}', 12, "utf-8/json"),
        (b"?q=%20&amp;n=Zo%C3%AB%20Brightwater", 13, "utf-8/html/percent"),
        ("\ufeffa Zoë Brightwater".encode("utf-16-le"), 6, "utf-16-le"),
    ],
)
def test_says_where(data: bytes, offset: int, view: str) -> None:
    """A leak names the byte at which the identifier begins and how it was read."""
    leak = _search(data).leaks[0]

    assert (leak.file, leak.member, leak.entity_type) == ("file", "", "PERSON")
    assert (leak.offset, leak.view) == (offset, view)


@pytest.mark.parametrize("text", ['{"id":"1234567"}', "x,\n1234567,y", "[1234567]", "a=1234567"])
def test_finds_short_ids(text: str) -> None:
    """A short id that stands by itself and is no bare number of ours is a leak."""
    assert [leak.entity_type for leak in _search(text.encode()).leaks] == ["ID"]


def test_searches_names_and_tells_none(tmp_path: pathlib.Path) -> None:
    """File, folder and member names and zip comments are searched; what leaks is not repeated."""
    folder = tmp_path / "zoe_brightwater"
    folder.mkdir()
    with zipfile.ZipFile(tmp_path / "fine.zip", "w") as archive:
        archive.comment = b"of msbright_media"
        archive.writestr("a/msbright-media.js", "Zoe Brightwater")
        archive.mkdir("1597000000000000001")
    (folder / "file.txt").write_text("nothing")
    report = find_leaks(tmp_path, KNOWN, IDS.__contains__)

    assert "rightwater" not in repr(report).lower()
    assert "msbright" not in repr(report).lower()
    assert report.files == 2
    assert {(leak.entity_type, leak.view) for leak in report.leaks} == {
        ("PERSON", "name/utf-8"),
        ("PERSON", "utf-8"),
        ("HANDLE", "name/utf-8"),
        ("ID", "name/utf-8"),
    }
    assert {leak.file for leak in report.leaks if "withheld" not in leak.file} == {"fine.zip"}


def test_counts_identifiers() -> None:
    """Identifiers are counted as searched or not searched."""
    report = _search(b"")

    assert (report.files, report.identifiers, report.not_searched) == (1, 4, 1)


def test_stops_at_many() -> None:
    """One file gives a bounded number of leaks."""
    assert len(_search(b"Zoe Brightwater, " * 500).leaks) == MOST


def test_refuses_what_it_cannot_read(tmp_path: pathlib.Path) -> None:
    """A damaged archive cannot be searched and so cannot be published."""
    (tmp_path / "a.zip").write_bytes(_zipped(b"x" * 1000)[:-30])
    with pytest.raises(IntegrityError, match="file 1"):
        find_leaks(tmp_path, KNOWN, IDS.__contains__)

    (tmp_path / "a.zip").write_bytes(gzip.compress(b"x" * 1000)[:-10])
    with pytest.raises(IntegrityError, match="file 1"):
        find_leaks(tmp_path, KNOWN, IDS.__contains__)


def test_does_not_follow_links(tmp_path: pathlib.Path) -> None:
    """A link out of the folder is not read."""
    outside = tmp_path / "outside.txt"
    outside.write_text("Zoe Brightwater")
    root = tmp_path / "share"
    root.mkdir()
    (root / "link").symlink_to(outside)

    assert find_leaks(root, KNOWN, IDS.__contains__).files == 0


def test_searches_ids_among_the_known() -> None:
    """An id given as a known identifier is searched for like any other."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "file").write_text('{"id":"7654321"}')
        report = find_leaks(root, [KnownIdentifier("USER_ID", "7654321")], lambda _: False)

    assert [leak.entity_type for leak in report.leaks] == ["ID"]
