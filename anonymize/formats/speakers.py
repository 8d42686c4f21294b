"""Speaker labels and header blocks of interview text, told from their shape and by vote.

The conventions are those transcribers and services use: `Anna:`, `Anna<tab>`, `Anna >`,
`[Anna]`, `{Anna}`, `**Anna:**`, `<Anna>`, `ANNA` on a line of its own, `Anna (00:12:03):`
(Rev), `00:12 Anna:`, `[00:12:03] Anna:` (Descript), `#00:01:02-3# Anna:` (f4), `Anna  0:12`
(Otter, Teams), `Anna` below a line of times (Teams), `[Anna] 00:12:03` and
`00:12:03 From Anna to Ben (Direct Message):` (Zoom).  A shape alone proves nothing
("Note: …"), so labels are put to the vote: see `elect`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from anonymize.formats.speaker_words import (
    FALSE,
    GENERIC,
    HEADER_KEYS,
    HEADINGS,
    INITIALS,
    SMALL,
)
from anonymize.model.folding import words

_WORD = r"[\p{L}\p{N}@+(][\p{L}\p{M}\p{N}.'’_@+()\-]*"
_LABEL = rf"(?P<label>{_WORD}(?:[ \u00a0](?:[&/]|{_WORD})){{0,5}})"
TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_STAMP = rf"(?:\[{TIME}\]|\({TIME}\)|#{TIME}(?:-\d+)?\#|{TIME})"
_LEAD = rf"[ \t\u00a0]*(?:(?:>>|-|–|—|•)[ \t]*)?(?:{_STAMP}[ \t]*[-–]?[ \t]*)?"

_SHAPES: tuple[tuple[str, regex.Pattern[str]], ...] = (
    (
        "chat",
        regex.compile(
            # A display name may be anything.
            rf"[ \t]*{TIME}[ \t]+From[ \t]+(?P<label>\S[^:\r\n]{{0,80}}?)"
            r"(?:[ \t]+[Tt]o[ \t]+(?P<other>[^:\s][^:\r\n]{0,80}?))?"
            r"[ \t]*(?:\((?:Direct Message|Privately)\))?[ \t]*:(?!\S)",
        ),
    ),
    (
        "bold",
        regex.compile(
            rf"{_LEAD}(?:\*\*|__){_LABEL}(?:[ \t]*{_STAMP})?"
            r"(?::[ \t]*(?:\*\*|__)|(?:\*\*|__)[ \t]*:)",
        ),
    ),
    ("bracket", regex.compile(rf"{_LEAD}\[{_LABEL}\](?:[ \t]*{_STAMP})?[ \t]*:?")),
    ("brace", regex.compile(rf"{_LEAD}\{{{_LABEL}\}}[ \t]*:?")),
    ("angle", regex.compile(rf"{_LEAD}<{_LABEL}>[ \t]*:?")),
    ("colon", regex.compile(rf"{_LEAD}{_LABEL}(?:[ \t]*{_STAMP})?[ \t\u00a0]*:(?!//|\d)")),
    ("tab", regex.compile(rf"(?:{_STAMP}[ \t]*)?{_LABEL}\t+(?=\S)")),
    ("arrow", regex.compile(rf"{_LEAD}{_LABEL}[ \t]*>[ \t]+(?=\S)")),
    (
        "service",
        regex.compile(rf"{_LABEL}(?:[ \t]{{2,}}|[ \t]+(?=[(\[])){_STAMP}[ \t]*(?=$|[\r\n])"),
    ),
    ("caps", regex.compile(r"(?P<label>\p{Lu}[\p{Lu}\p{M}\p{N} .'’-]{1,30})[ \t]*(?=$|[\r\n])")),
)

_BELOW = regex.compile(rf"[ \t]*{_LABEL}[ \t]*")
_TIMES = regex.compile(rf"[ \t]*(?:{_STAMP}|[\d:.,]{{5,}}[ \t]*-->[ \t]*[\d:.,]{{5,}})[ \t]*")

_PAIRED = {"q": ("a",), "a": ("q", "f")}
"""Question and answer (German: F, A): labels only together; alone they are list marks."""
_JOINT = regex.compile(r"[ \u00a0]*(?:[&/+]|\b(?:and|und|en|et)\b)[ \u00a0]*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that begins as a turn would.

    Attributes:
        line: Position among the lines given.
        start: Where the label begins in the line.
        end: Where it ends.
        text: Where what is said begins.
        shape: Name of the convention.
        label: The label as it stands.
        other: Start and end of a second name in the line (whom a chat message went to).
    """

    line: int
    start: int
    end: int
    text: int
    shape: str
    label: str = field(repr=False)
    other: tuple[int, int] = (0, 0)

    @property
    def key(self) -> str:
        """The label in the form in which labels are compared."""
        return words(self.label) or self.label


def candidate(line: str, number: int = 0, shapes: Sequence[str] = ()) -> Candidate | None:
    """Return how a line begins a turn, or None.

    Args:
        line: Without its end.
        number: Its position.
        shapes: Conventions to try; all when empty.

    >>> found = candidate("00:12 Anna: Good morning")
    >>> found and (found.label, found.shape, found.text)
    ('Anna', 'colon', 12)
    """
    for shape, pattern in _SHAPES:
        if shapes and shape not in shapes:
            continue
        match = pattern.match(line)
        if match is None or not _plausible(match["label"], shape):
            continue
        text = match.end()
        while text < len(line) and line[text] in " \t\u00a0":
            text += 1
        other = match.span("other") if shape == "chat" and match["other"] else (0, 0)
        start, end = match.span("label")
        if is_doubtful(match["label"]) and line[:start].strip():
            # Behind a time of day it belongs to it.
            continue
        return Candidate(number, start, end, text, shape, match["label"], other)
    return None


def below(lines: Sequence[tuple[str, str]], number: int) -> Candidate | None:
    r"""Return how a line of times and the name in the next one begin a turn, or None.

    Args:
        lines: All lines, each with its end.
        number: Position of the line of times.

    >>> found = below([("0:01.0 --> 0:03.5", "\n"), ("Anna", "\n"), ("Good morning", "")], 0)
    >>> found and (found.label, found.start)
    ('Anna', 18)
    """
    if number + 2 >= len(lines) or _TIMES.fullmatch(lines[number][0]) is None:
        return None
    match = _BELOW.fullmatch(lines[number + 1][0])
    if match is None or not lines[number + 2][0].strip() or not _plausible(match["label"], "below"):
        return None
    before = len("".join(lines[number]))
    start, end = (before + at for at in match.span("label"))
    return Candidate(number, start, end, before + match.end(), "below", match["label"])


def is_doubtful(label: str) -> bool:
    """Whether a label may be initials though it looks like a time of day or a short word."""
    return label.isupper() and label.lower() in INITIALS


def _plausible(label: str, shape: str) -> bool:
    if shape == "chat" or (shape == "colon" and is_doubtful(label)):
        return True
    key = words(label)
    if (
        len(label) > 60
        or not key
        or key.replace(" ", "") in FALSE
        or all(part in FALSE for part in key.split())
    ):
        return False
    if not any(char.isalpha() for char in label):
        # A caller without a display name is shown by number; anything shorter is a list mark.
        return shape == "colon" and sum(char.isdigit() for char in label) >= 7
    parts = regex.split(r"[ \u00a0]+", label)
    if (
        shape in {"bracket", "brace", "angle"}
        and label.islower()
        and not any(map(str.isdigit, label))
    ):
        return False
    if len(parts) == 1:
        return True
    if words(parts[0]) in GENERIC:
        return len(parts) <= 3
    return all(
        part != part.lower() or not part[:1].isalpha() or part in SMALL or part in {"&", "/"}
        for part in parts
    )


def elect(candidates: Sequence[Candidate], blocks: int) -> frozenset[str]:
    """Return the keys of the labels that are speakers.

    A label is one when it begins at least two turns (a lower-case one three).  One that occurs
    once is one when it shares its shape with an elected label and stands between elected ones,
    or when labels of its shape, at least two different ones, begin two of three blocks.

    Args:
        candidates: All lines that begin as turns would, in order.
        blocks: Number of non-blank paragraphs or cues, at least.
    """
    counts = Counter((one.shape, one.key) for one in candidates)
    lower = {one.key for one in candidates if one.label.islower() and one.label.isalpha()}
    elected = {pair for pair, count in counts.items() if count >= (3 if pair[1] in lower else 2)}
    keys = {key for _, key in counts}
    lone = {one for one, others in _PAIRED.items() if not keys.intersection(others)}
    elected = {pair for pair in elected if pair[1] not in lone}
    by_shape = Counter(one.shape for one in candidates if one.key not in lower)
    different = Counter(shape for shape, key in counts if key not in lower)
    dense = {
        shape
        for shape, count in by_shape.items()
        if different[shape] >= 2 and 3 * count >= 2 * blocks and shape not in {"caps", "below"}
    }
    elected -= {
        pair for pair in elected if pair[1] in INITIALS and pair not in _in_turns(candidates)
    }
    elected |= {pair for pair in counts if pair[0] in dense and pair[1] not in lower | set(_PAIRED)}
    for before, one, after in zip(candidates, candidates[1:], candidates[2:], strict=False):
        if one.key in lower or one.key in _PAIRED:
            continue
        if {(before.shape, before.key), (after.shape, after.key)} <= elected and (
            one.shape == before.shape
        ):
            elected.add((one.shape, one.key))
    return frozenset(key for _, key in elected)


def _in_turns(candidates: Sequence[Candidate]) -> set[tuple[str, str]]:
    """Return shape and key of the labels that take turns with others: never twice in a row."""
    found = {(one.shape, one.key) for one in candidates}
    twice = {
        (one.shape, one.key)
        for one, after in pairwise(candidates)
        if (one.shape, one.key) == (after.shape, after.key)
    }
    return found - twice if len(found) > 1 else set()


def parts_of(label: str, elected: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a label that each name one speaker.

    `Anna & Ben` is two when both speak elsewhere, else one.
    """
    pieces: list[tuple[int, int]] = []
    at = 0
    for match in _JOINT.finditer(label):
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, len(label)))
    if len(pieces) > 1 and all(words(label[start:end]) in elected for start, end in pieces):
        return tuple(pieces)
    return ((0, len(label)),)


_HEADER = regex.compile(
    r"[ \t#*>_]*(?P<key>\p{L}[\p{L} ./-]{0,30}?)[ \t]*:[*_]*[ \t]+(?P<value>\S.*?)[ \t*_]*$"
)
_NAME = regex.compile(
    r"(?:[\p{Lu}@][\p{L}\p{M}.'’@_-]*|[\p{Lu}\p{N}]+)"
    r"(?:[ \u00a0](?:de|van|von|der|da|di|la|\p{Lu}[\p{L}\p{M}.'’-]*|\p{N}+)){0,4}",
)
_COMMA = regex.compile(r"\s*(?:[,;&]|\band\b|\bund\b|\ben\b|[(\[](?=\p{Lu}{1,4}[)\]]))\s*")
"""Between two names; a bracket opens the initials a transcript goes on with."""


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """A `Key: value` line of the block at the head of an interview.

    Attributes:
        kind: `person`, `date`, `place`, `file` (what is left out) or `text`.
        values: Start and end in the line of each value; several for a list of names.
    """

    kind: str
    values: tuple[tuple[int, int], ...]


def header_line(line: str) -> HeaderLine | None:
    """Return a line of a header block, or None when its key is none that is known.

    A person line whose value is not plainly one name or a list of names is `text`.

    >>> header_line("Interviewee: Anna Kowalska and Ben")
    HeaderLine(kind='person', values=((13, 26), (31, 34)))
    """
    match = _HEADER.match(line)
    if match is None:
        return None
    kind = HEADER_KEYS.get(words(match["key"]))
    if kind is None:
        return None
    start, end = match.span("value")
    if kind == "person":
        values = names(line[start:end])
        if values:
            return HeaderLine(kind, tuple((start + a, start + b) for a, b in values))
        kind = "text"
    if kind == "text":
        # With its key: "34" alone is no age to anybody.
        start = match.start("key")
    return HeaderLine(kind, ((start, end),))


def heading(line: str) -> str:
    """Return what stands below a line of the header: empty for no heading, `alone` for nothing.

    >>> heading("SPEAKERS"), heading("SUMMARY KEYWORDS"), heading("Transcript"), heading("Anna")
    ('person', 'text', 'alone', '')
    """
    return HEADINGS.get(words(line), "")


def listed(line: str, kind: str) -> HeaderLine:
    """Return the line below a heading; `text` where it should have names and they are not plain."""
    value = line.strip()
    start = line.index(value)
    found = names(value) if kind == "person" else ()
    if found:
        return HeaderLine("person", tuple((start + a, start + b) for a, b in found))
    return HeaderLine("text", ((start, start + len(value)),))


def is_header(line: str) -> bool:
    """Whether a line inside a header block is one more `Key: value`, whatever its key.

    One of a known key may have lost its value.
    """
    if _HEADER.match(line) is not None:
        return True
    key, colon, value = line.strip(" \t#*>_").partition(":")
    return bool(colon) and not value.strip(" \t*_") and words(key) in HEADER_KEYS


def names(value: str) -> tuple[tuple[int, int], ...]:
    """Return where the names of a list stand, or nothing if it is not plainly one.

    >>> names("Anna Kowalska (AK)")
    ((0, 13), (15, 17))
    """
    found: list[tuple[int, int]] = []
    at = 0
    for match in [*_COMMA.finditer(value), None]:
        end = match.start() if match else len(value)
        if value[end - 1 : end] in {")", "]"} and at and value[at - 1] in {"(", "["}:
            end -= 1
        if not _NAME.fullmatch(value, at, end):
            return ()
        found.append((at, end))
        at = match.end() if match else end
    return tuple(found)
