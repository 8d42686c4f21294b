"""Strategies for coded texts: sources as people have them, codings of them, replacements."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from anonymize.model.offsets import Splice
from tests.formats.refi_cases import DIALECTS, Dialect

_WORDS = st.sampled_from(
    [
        "Zofia", "Anna", "cut", "and", "m\u00e9", "Me\u0301lanie", "\U0001f3ac", "&", "<b>", "]]>",
        "\U0001f469\u200d\U0001f3a8", "Szalontai\u2019s", "o\u0308l", "\u5b57", '"', "'", "12:03",
    ],
)  # fmt: skip
_GAPS = st.sampled_from([" ", " ", "  ", ", ", "\t"])
_LABELS = st.sampled_from(["", "", "Zofia: ", "Ben: ", "I: "])
_ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\r"])
_NEW = st.sampled_from(
    ["", "M", "Mira", "Bartholomew Featherstone", "[PERSON]", "\U0001f600 e\u0301"]
)


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Return a text of a few lines, with labels, emoji, combining marks and any line ends."""
    eol = draw(_ENDS)
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 6))):
        words = draw(st.lists(_WORDS, max_size=6))
        gaps = draw(st.lists(_GAPS, min_size=len(words), max_size=len(words)))
        line = "".join(gap + word for gap, word in zip(gaps, words, strict=True))
        lines.append(draw(_LABELS) + line.lstrip())
    text = eol.join(lines) + draw(st.sampled_from(["", "\n", "\r\n"]))
    return text if text.strip() else "a"


@dataclass(frozen=True, slots=True)
class Project:
    """A text, how it is written, and the stretches that are coded.

    Attributes:
        text: The source.
        dialect: How the program counts.
        inline: Whether the text stands in the project itself.
        coded: Beginning and end of each stretch, as positions of `text`.
    """

    text: str
    dialect: Dialect
    inline: bool
    coded: tuple[tuple[int, int], ...]


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Return a project with codings that nest, overlap, touch or end with the text."""
    text = draw(sources())
    dialect = draw(st.sampled_from(list(DIALECTS.values())))
    inline = draw(st.booleans())
    if inline:  # A text in the project has no mark of its own.
        dialect = replace(dialect, mark=0)
    at = st.integers(0, len(text)) | st.just(len(text)) | st.just(0)
    pairs = draw(st.lists(st.tuples(at, at), min_size=1, max_size=6))
    coded = tuple((min(pair), max(pair)) for pair in pairs)
    return Project(text, dialect, inline, coded)


@st.composite
def splices(draw: st.DrawFn, value: str) -> list[Splice]:
    """Return replacements of stretches of a value: longer, shorter, empty, side by side."""
    places = sorted(draw(st.sets(st.integers(0, len(value)), max_size=8)))
    found: list[Splice] = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        found.append(Splice(start, end, draw(_NEW)))
    return found
