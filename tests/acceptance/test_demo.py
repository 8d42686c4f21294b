"""Acceptance point 2: the demo ends well, its report opens, and nothing known survives in it."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import ahocorasick
import pytest

from tests.acceptance.study import STUDY, Release, truth

POLICIES = ("internal", "controlled", "safeguarded", "open")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "’": "'"})
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_VOID = {"meta", "br", "hr", "img", "input", "link", "col", "source", "wbr"}


def fold(text: str) -> str:
    """Return a text without case, diacritics and characters of no width."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(
        char
        for char in bare
        if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
    )


def views(data: bytes) -> Iterator[str]:
    """Yield a file's text as it is, with every escape undone, and without what parts digits."""
    plain = data.decode("utf-8", "replace")
    undone = unquote(html.unescape(_ESCAPE.sub(lambda one: chr(int(one[1], 16)), plain)))
    twice = unquote(html.unescape(undone))
    yield fold(plain)
    if undone != plain:
        yield fold(undone)
    if twice != undone:
        yield fold(twice)
    yield re.sub(r"(?<=[\d+()])[ ().\-–/]+(?=[\d(])", "", undone)


def contents(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below a folder and every member of its archives, names being content.

    Packed bytes are read unpacked only: packed, they spell any three letters by chance.
    """
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        yield f"name of {name}", name.encode()
        if not path.is_file():
            continue
        data = path.read_bytes()
        if not zipfile.is_zipfile(io.BytesIO(data)):
            yield name, data
        else:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.namelist():
                    yield f"name of {name}/{member}", member.encode()
                    yield f"{name}/{member}", archive.read(member)


def needles() -> dict[str, tuple[str, bool]]:
    """Return what must not be found, folded, with its sort and whether it stands alone."""
    known = truth("identifiers.json")
    found: dict[str, tuple[str, bool]] = {}
    for one in known["people"]:
        person = one["person"]
        for sort in ("words", "names", "parts", "handles", "emails", "phones", "ids"):
            for value in one[sort]:
                found[fold(value)] = f"{person} {sort}", sort == "words"
        for value in one["phones"]:
            found[re.sub(r"[^\d+]", "", value)] = f"{person} phones", False
    for sort in ("post_ids", "links", "other_ids"):
        found |= {fold(value): (sort, False) for value in known[sort]}
    return found


@pytest.fixture(scope="module")
def searched() -> ahocorasick.Automaton:
    """Return an automaton of all needles."""
    automaton = ahocorasick.Automaton()
    for needle, (sort, alone) in needles().items():
        automaton.add_word(needle, (needle, sort, alone))
    automaton.make_automaton()
    return automaton


def survivors(root: Path, searched: ahocorasick.Automaton) -> list[str]:
    """Return where in a folder an identifier stands: file, sort and what is around it."""
    found: dict[str, None] = {}
    for name, data in contents(root):
        for view in views(data):
            for last, (needle, sort, alone) in searched.iter(view):
                start, end = last + 1 - len(needle), last + 1
                edges = view[max(0, start - 1) : start] + view[end : end + 1]
                if not (alone and any(char.isalnum() or char == "_" for char in edges)):
                    found[f"{name}: {sort}: {view[max(0, start - 30) : end + 20]!r}"] = None
    return list(found)


def test_the_search_finds_what_is_there(searched: ahocorasick.Automaton) -> None:
    """In the study itself the search finds names, handles, e-mails, phones, ids and links."""
    sorts = {one.split(": ")[1].split()[-1] for one in survivors(STUDY, searched)}
    assert sorts == {
        "names", "parts", "words", "handles", "emails", "phones", "ids", "post_ids", "links",
        "other_ids",
    }  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        "JESSAMY", "Sia\u0301n", "Sølvi", "j.thornquill%40ashburyvale.example", "O&#39;Hanlon",
        "Zo\\u00eb Thackwray", "07700-900 461", "+44 7700 900127", "jtHORNQUILL_mD", "x Jane, x",
        "Th\u200bornquill",
    ],
)  # fmt: skip
def test_the_search_sees_through_disguises(
    written: str,
    tmp_path: Path,
    searched: ahocorasick.Automaton,
) -> None:
    """An identifier is found in any case, with or without diacritics, and under any escape."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.txt", f"well {written} there")
    assert survivors(tmp_path, searched)


def test_the_demo_ends_well(demo: Release) -> None:
    """The demo ends with 0 or 10, verified."""
    assert demo.result.exit_code in {0, 10}
    assert demo.result.verified


@pytest.mark.parametrize("policy", POLICIES)
def test_no_identifier_survives(
    policy: str,
    released: Callable[[str], Release],
    searched: ahocorasick.Automaton,
) -> None:
    """In no policy's folder does any identifier of the study stand, in any form."""
    release = released(policy)
    assert release.result.exit_code in {0, 10}
    assert survivors(release.root, searched) == []


class Page(HTMLParser):
    """What a page holds: unclosed elements, elements, references, event handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.references: list[str] = []
        self.handlers: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its attributes."""
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.references += [
            value or ""
            for name, value in attrs
            if name in {"src", "href", "xlink:href", "action", "srcset", "data", "poster"}
        ]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element; note when it is not the open one."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_report_opens(policy: str, released: Callable[[str], Release]) -> None:
    """The report is a whole page without script, handler, or reference to anything outside."""
    root = released(policy).root
    text = (root / "report.html").read_text("utf-8")
    page = Page()
    page.feed(text)
    page.close()
    assert text.lower().startswith("<!doctype html>")
    assert (page.open, page.wrong, page.handlers) == ([], [], [])
    assert {"html", "head", "body", "title", "svg"} <= page.tags
    assert not page.tags & {"script", "iframe", "object", "embed", "link", "form", "base"}
    for one in page.references:
        assert one.startswith(("#", "data:image/")) or (root / one).is_file()
    assert not re.search(r"(?i)javascript:|@import|url\((?!['\"]?(#|data:))", text)
    assert set(re.findall(r"https?://[^\s\"'<>]+", text)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("policy", POLICIES)
def test_the_folder_is_complete(policy: str, released: Callable[[str], Release]) -> None:
    """Every file of a shared folder is there, and the JSON ones can be read."""
    root = released(policy).root
    for name in ("report.json", "datapackage.json", "ro-crate-metadata.json", "audit/head.json"):
        assert json.loads((root / name).read_text("utf-8"))
    for name in ("README.md", "manifest-sha256.txt", "withheld.jsonl", "audit/audit.jsonl"):
        assert (root / name).stat().st_size
    assert len([one for one in (root / "data").rglob("*") if one.is_file()]) == 9
