"""The text of subtitle cues: voice and styling tags, labels, and what people say.

A cue is cut at its voice tags and at the labels of its lines.  Styling and timestamp tags stay
where they are without cutting the text: `<b>Ja</b>ne` is the one word `Jane` to whoever looks
for names, and after a change each tag stands where the words around it stand now (see
`pieces.positions`).  A tag nobody knows is text, so it is searched like all text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import regex

from anonymize.formats.pieces import Draft, Part, Piece, one_line
from anonymize.formats.speakers import Candidate, candidate, elect, parts_of
from anonymize.model.fields import Encoding, Path, Role

STAMP = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
"""A WebVTT timestamp (w3.org/TR/webvtt1, section 4.4)."""

KNOWN_CLASS = regex.compile(
    # Colour classes of the standard, those YouTube writes, and the words of its examples.
    r"(?:bg_)?(?:white|lime|cyan|red|yellow|magenta|blue|black|green|grey|gray)"
    r"|(?:color|bg_?)?[0-9A-Fa-f]{6}|loud|quiet|first|second|left|right|italic|bold|sound|music",
)
_TAG = regex.compile(
    rf"<(?:{STAMP}|/(?:c|i|b|u|s|v|ruby|rt|lang|font)?"
    # Possessive, so that a tag that never ends costs no more than its length.
    r"|(?P<name>c|i|b|u|s|ruby|rt|lang|v|font)(?P<classes>(?:\.[^\s.<>&]++)*+)"
    r"(?:(?P<gap>[ \t\r\n]++)(?P<note>[^<>]*+))?+)>"
    r"|\{\\(?:an?\d{1,2}|[ibus]\d|pos\(\d{1,4},\d{1,4}\)|c?&H[0-9A-Fa-f]{6}&)\}",
)
_LANGUAGE = regex.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_FONT = regex.compile(
    r"color=(?:\"#?[0-9A-Fa-f]{6}\"|'#?[0-9A-Fa-f]{6}'|#?[0-9A-Fa-f]{6}"
    r"|[\"']?(?:white|yellow|red|green|blue|cyan|magenta|black|gray|grey)[\"']?)",
)
SHAPES = ("colon", "bracket")
"""Conventions of labels that services write into cues; the others are subtitle punctuation."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """A voice tag: its pieces of markup, and the name between them."""

    before: str
    name: str = field(repr=False)
    after: str
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """What one voice says in a cue.

    Attributes:
        voice: The tag before it; None for the text before the first.
        text: Without inline tags.
        tags: Position in `text` and text of each inline tag.
    """

    voice: _Voice | None
    text: str = field(repr=False)
    tags: tuple[tuple[int, str], ...] = field(default=(), repr=False)


def segments(payload: str) -> tuple[Segment, ...]:
    """Cut the text of a cue at its voice tags; nothing is lost."""
    found: list[Segment] = []
    voice: _Voice | None = None
    text = ""
    tags: list[tuple[int, str]] = []
    at = 0
    for match in _TAG.finditer(payload):
        note = (match["note"] or "").rstrip()
        spoken = match["name"] == "v" and bool(note)
        if not spoken and not _is_safe(match):
            continue
        text += payload[at : match.start()]
        at = match.end()
        if spoken:
            if text or tags or voice:
                found.append(Segment(voice, text, tuple(tags)))
            tail = match["note"][len(note) :] + ">"
            voice = _Voice("<v", note, tail, match["classes"] + match["gap"])
            text, tags = "", []
        else:
            tags.append((len(text), match[0]))
    text += payload[at:]
    if text or tags or voice:
        found.append(Segment(voice, text, tuple(tags)))
    return tuple(found)


def _is_safe(match: regex.Match[str]) -> bool:
    """Whether a tag has a form whose every word is known, unknown classes aside."""
    note = (match["note"] or "").rstrip()
    if not note:
        return True
    if match["name"] == "lang":
        return _LANGUAGE.fullmatch(note) is not None
    return match["name"] == "font" and _FONT.fullmatch(note) is not None


def candidates(cues: Sequence[tuple[Segment, ...]]) -> list[Candidate]:
    """Return the lines of all cues that begin as labelled speech would."""
    return [
        one
        for n, cue in enumerate(cues)
        for segment in cue
        if segment.voice is None
        for line in segment.text.splitlines()
        if (one := candidate(line, n, SHAPES)) is not None
    ]


def voted(cues: Sequence[tuple[Segment, ...]]) -> frozenset[str]:
    """Return the labels that are speakers, by vote over all cues."""
    return elect(candidates(cues), len(cues))


def add_cue(
    draft: Draft,
    root: Path,
    cue: tuple[Segment, ...],
    elected: frozenset[str],
    encoding: Encoding,
) -> None:
    """Add the text of a cue to the current section.

    Args:
        draft: Where to add.
        root: Path of the cue; its fields are `(*root, "text")`, `(*root, "text", 1)`, …
        cue: Its segments.
        elected: Labels that are speakers.
        encoding: How the text is escaped.
    """
    _Cue(draft, root, elected, encoding).add(cue)


class _Cue:
    """Adds the segments of one cue, counting its fields."""

    def __init__(
        self,
        draft: Draft,
        root: Path,
        elected: frozenset[str],
        encoding: Encoding,
    ) -> None:
        self._draft = draft
        self._root = root
        self._elected = elected
        self._encoding = encoding
        self._counts: dict[str, int] = {}

    def _path(self, name: str) -> Path:
        number = self._counts.get(name, 0)
        self._counts[name] = number + 1
        return (*self._root, name, number) if number else (*self._root, name)

    def add(self, cue: tuple[Segment, ...]) -> None:
        for segment in cue:
            if segment.voice is not None:
                self._voice(segment.voice)
            self._text(segment)

    def _voice(self, voice: _Voice) -> None:
        draft = self._draft
        draft.literal(voice.before)
        classes, gap = voice.classes.rstrip(), voice.classes[len(voice.classes.rstrip()) :]
        draft.pieces += self._classes(classes)
        draft.literal(gap)
        draft.pieces.append(self._name(voice.name))
        draft.literal(voice.after)

    def _name(self, name: str) -> Piece:
        subject = self._draft.speaker(name)
        self._draft.author(subject)
        return self._draft.value(
            self._path("speaker"),
            Role.NAME,
            name,
            Part.LABEL,
            kind="speaker",
            subject=subject,
            encoding=self._encoding,
        )

    def _classes(self, classes: str) -> Iterable[Piece]:
        for one in regex.findall(r"\.[^.]+", classes):
            if KNOWN_CLASS.fullmatch(one[1:]):
                yield Piece(one)
            else:
                path = self._path("class")
                yield self._draft.value(path, Role.OPAQUE, one, Part.EXTRA, kind="unknown")

    def _tag(self, tag: str) -> tuple[Piece, ...]:
        match = _TAG.fullmatch(tag)
        if match is None or not match["classes"]:
            return (Piece(tag),)
        start, stop = match.span("classes")
        return (Piece(tag[:start]), *self._classes(match["classes"]), Piece(tag[stop:]))

    def _text(self, segment: Segment) -> None:
        text = segment.text
        tags = list(segment.tags)
        at = 0
        for start, stop, label in self._cuts(segment):
            self._between(text, at, start, tags)
            inner = [(place - start, tag) for place, tag in tags if start < place < stop]
            tags = [(place, tag) for place, tag in tags if not start < place < stop]
            value = text[start:stop]
            # Path and field come before those of the tags inside, in reading order.
            if label:
                piece = self._name(value)
            else:
                piece = self._draft.value(
                    self._path("text"),
                    Role.TEXT,
                    value,
                    Part.CUE,
                    encoding=self._encoding,
                )
            made = tuple((place, self._tag(tag)) for place, tag in inner)
            self._draft.pieces.append(
                Piece(piece.text, piece.path, piece.section, piece.part, piece.tail, made),
            )
            at = stop
        self._between(text, at, len(text) + 1, tags)

    def _between(self, text: str, start: int, stop: int, tags: list[tuple[int, str]]) -> None:
        """Add literal text and the tags in it or at its ends; takes them off the list."""
        at = start
        while tags and tags[0][0] <= stop:
            place, tag = tags.pop(0)
            self._draft.literal(text[at:place])
            self._draft.pieces += self._tag(tag)
            at = place
        self._draft.literal(text[at:stop])

    def _cuts(self, segment: Segment) -> list[tuple[int, int, bool]]:
        """Return the stretches of a segment that are fields: start, end, is a label."""
        cuts: list[tuple[int, int, bool]] = []
        text = segment.text
        begin = at = 0
        for line in text.splitlines(keepends=True):
            label = candidate(line.rstrip("\r\n"), 0, SHAPES) if segment.voice is None else None
            if label is not None and label.key in self._elected:
                cuts += _stripped(text, begin, at)
                for start, stop in parts_of(label.label, self._elected):
                    cuts.append((at + label.start + start, at + label.start + stop, True))
                begin = at + label.text
            at += len(line)
        return cuts + _stripped(text, begin, len(text))


def _stripped(text: str, start: int, stop: int) -> list[tuple[int, int, bool]]:
    inner = text[start:stop]
    begin = start + len(inner) - len(inner.lstrip())
    end = start + len(inner.rstrip())
    return [(begin, end, False)] if end > begin else []


def clean_cue(value: str, piece: Piece) -> str:
    """Return a changed value that cannot end its cue: no blank line, no arrow.

    Line ends that were there stay, unless their number changed: then all are blanks.
    """
    breaks = regex.compile(r"\r\n|\r|\n")
    if piece.part is not Part.CUE or len(breaks.findall(value)) != len(breaks.findall(piece.text)):
        value = one_line(value)
    value = regex.sub(r"[ \t]*(\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))+", r"\1", value)
    return value.replace("-->", "--\u203a").strip()
