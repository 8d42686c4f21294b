from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.report.page import groups, render
from tests.report.sample import REPORT

_VOID = {"meta", "br", "rect", "line"}


class _Page(HTMLParser):
    """Collects tags, attributes and text, and checks that tags are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)


def _text(page: str) -> str:
    return " ".join(" ".join(_Page(page).text).replace("\u202f", "").split())


def test_is_well_formed() -> None:
    """Every tag is closed where it should be, and no id is used twice."""
    page = _Page(render(REPORT))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]

    assert page.open == []
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("report", [REPORT, {}])
def test_loads_and_runs_nothing(report: dict[str, Any]) -> None:
    """The page has no script, no link, no address, and a policy that forbids them."""
    source = render(report)
    page = _Page(source)

    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "a", "form"}
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert not any({"src", "href"} & set(attrs) for _, attrs in page.tags)
    assert not re.search(r"https?:|url\(|@import|//[a-z]", source)
    assert "default-src 'none'; style-src 'unsafe-inline'" in [
        attrs.get("content") for tag, attrs in page.tags if tag == "meta"
    ]


def test_every_chart_has_words() -> None:
    """Every chart has a title and a description it refers to, and a table beside it."""
    page = _Page(render(REPORT))
    charts = [attrs for tag, attrs in page.tags if tag == "svg" and attrs.get("role") == "img"]
    ids = {attrs["id"] for tag, attrs in page.tags if tag in {"title", "desc"} and "id" in attrs}

    assert len(charts) == 5 + 1 + 5 + 1
    for attrs in charts:
        assert set(str(attrs["aria-labelledby"]).split()) <= ids
    assert sum(tag == "details" for tag, _ in page.tags) >= len(charts)


def test_says_the_numbers() -> None:
    """Records, findings, leaks, the audit head and versions stand in the text."""
    text = _text(render(REPORT))

    assert "Of 1482 records read, 1459 were written and 23 withheld." in text
    assert "Every record read is accounted for." in text
    assert "No known identifier was found." in text
    assert groups(REPORT["audit"]["last"]) in text
    assert "while the key exists" in text
    assert "Rule pack core" in text
    assert "data/direct-messages.js" in text


def test_warns_of_leaks_and_lost_records() -> None:
    """A leak, a missing search and records unaccounted for cannot be overlooked."""
    leaking = {**REPORT, "verification": {**REPORT["verification"], "leaks": 2}}
    listed = {**REPORT, "verification": {"leaks": [{}, {}]}}
    lost = {**REPORT, "records": {"read": 10, "written": 7, "withheld": 1}}

    assert "must not be shared" in render(leaking)
    assert "must not be shared" in render(listed)
    assert "Not yet verified." in render({})
    assert "2 records are unaccounted for" in _text(render(lost))


@pytest.mark.parametrize("key", sorted(REPORT))
def test_tolerates_what_is_missing(key: str) -> None:
    """Any key may be missing or null."""
    for report in ({k: v for k, v in REPORT.items() if k != key}, {**REPORT, key: None}):
        assert render(report).endswith("</html>\n")


def test_is_the_same_whatever_the_order() -> None:
    """The order of keys does not change a byte."""

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return value

    assert render(turned(REPORT)) == render(REPORT)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="<>&\"'a/{}%", max_size=12).map(lambda t: f"<script>{t}"))
def test_escapes_every_text(text: str) -> None:
    """Whatever a name holds, it makes no element and runs in no template."""
    report = {
        "title": text,
        "policy": {"name": text, "summary": text},
        "found": {"by_type": {text: 3}, "by_file": {text: {"found": 1}}},
        "replaced": {"by_operator": {text: 1}},
        "scores": {text: [1] * 10},
        "decided_by": {text: 1},
        "dropped": {"unknown": {text: 1}, "files": [{"name": text, "reason": text}]},
        "withheld": {text: 1},
        "problems": {text: 1},
        "warnings": [text],
        "packs": [{"name": text, "version": text, "digest": text}],
        "audit": {"last": text},
        "key_id": text,
    }
    page = _Page(render(report))

    assert page.open == []
    assert "script" not in {tag for tag, _ in page.tags}


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_can_be_read() -> None:
    """Text has a contrast of 4.5 to 1 and charts of 3 to 1, light and dark (WCAG 2.2 AA)."""
    source = render({})
    blocks = re.findall(r":root\{([^}]*)\}", source)
    assert len(blocks) == 3
    texts = [(a, b) for a in ("ink", "soft") for b in ("bg", "card")]
    texts += [("good", "goodbg"), ("bad", "badbg"), ("note", "notebg"), ("a", "bg")]
    marks = [(mark, "card") for mark in ("a", "b", "c", "s0", "s1", "s2", "s3")]
    for block in blocks:
        colours = dict(re.findall(r"--(\w+):#([0-9a-f]{3,6})", block))
        colours = {n: c if len(c) == 6 else "".join(x * 2 for x in c) for n, c in colours.items()}
        for pairs, least in ((texts, 4.5), (marks, 3.0)):
            for front, back in pairs:
                light, dark = sorted(
                    (_luminance(colours[front]), _luminance(colours[back])), reverse=True
                )
                assert (light + 0.05) / (dark + 0.05) >= least, (front, back)
