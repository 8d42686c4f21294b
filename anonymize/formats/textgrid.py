"""Praat TextGrids (.TextGrid), long and short, read and written back byte for byte.

Praat reads the numbers, the strings and the flags that stand free, and takes everything else
for a comment (fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html): so does this reader,
and both forms are one to it.  The names of tiers are names of speakers (`Anna - words`), the
words of annotation in them aside.  Each labelled interval or point is a section; where a tier
has one word an interval, as forced alignment makes it, the words up to the next pause are one,
for nobody tells a name from a word alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import regex

from anonymize.errors import FormatError
from anonymize.formats.base import Source, Texts
from anonymize.formats.charset import BOMS
from anonymize.formats.pieces import Draft, Part, Piece
from anonymize.formats.spoken import Spoken
from anonymize.formats.word_fit import spread
from anonymize.model.documents import Document
from anonymize.model.fields import Role
from anonymize.model.labels import is_generic_label

_TYPE = regex.compile(r'\s*(?:File\s+type\s*=\s*)?"ooTextFile(?: short)?"\s*')
_TOKEN = regex.compile(
    r"""
    (?P<string>"(?:[^"]|"")*+")
    | (?P<blank>\s+)
    | (?P<note>![^\r\n]*)
    | (?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\S))
    | (?P<flag><(?:exists|absent)>(?!\S))
    | (?P<word>
        (?:File|type|Object|class|xmin|xmax|tiers\?|size|item|name|intervals|points|number|time|mark
        |text|value|:|=|\[\]|\[\d+\]|\[\]:|\[\d+\]:|intervals:|points:)(?!\S)
      )
    | (?P<other>[^\s"]+|")
    """,
    flags=regex.VERBOSE,
)
_CLASSES = {"IntervalTier": ("number", "number", "string"), "TextTier": ("number", "string")}
_ANNOTATION = frozenset(
    (
        "word", "words", "phone", "phones", "phoneme", "phonemes", "segment", "segments", "seg",
        "segs", "syllable", "syllables", "syl", "utterance", "utterances", "utt", "phrase",
        "phrases", "sentence", "sentences", "turn", "turns", "text", "texts", "orth", "ortho",
        "orthography", "transcript", "transcription", "transcriptions", "trans", "ipa", "gloss",
        "glosses", "translation", "tier", "tiers", "note", "notes", "comment", "comments",
        "annotation", "annotations", "silence", "silences", "sound", "sounding", "pause", "pauses",
        "noise", "noises", "event", "events", "point", "points", "pitch", "tone", "tones", "tobi",
        "intonation", "prosody", "stress", "vowel", "vowels", "consonant", "consonants", "pos",
        "lemma", "gesture", "gestures", "gaze", "music", "bell", "misc", "language", "topic",
        "code", "codes", "lex", "lexical", "break", "breaks", "index", "ip", "kan", "mau",
    ),
)  # fmt: skip
"""Words in the name of a tier that say what is annotated; made for this reader."""
_NAMES = regex.compile(
    r"(?P<gap>[\s_@|/:;,.()\[\]{}+-]*(?:\b\d+\b[\s_@|/:;,.()\[\]{}+-]*)?)"
    r"(?P<word>[^\s_@|/:;,.()\[\]{}+-]+)"
)


def _is_textgrid(source: Source) -> bool:
    """Whether a source is named `.TextGrid` or begins as one does."""
    if source.folder:
        return False
    if source.suffix == ".textgrid":
        return True
    head = source.head[:400]
    for mark, codec in BOMS:
        if head.startswith(mark):
            head = head.decode(codec, "ignore").encode()
            break
    return b'"ooTextFile' in head and b'"TextGrid"' in head


_RUN = 200
"""Words that are read together at most."""


def _clean(value: str, _piece: Piece) -> str:
    return "".join(char for char in value if char != "\0").replace('"', '""')


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Label:
    """The text of an interval or point, not yet a field.

    Attributes:
        at: Position of its piece.
        number: Of the interval in its tier.
        text: Without blanks around it.
    """

    at: int
    number: int
    text: str = field(repr=False)

    @property
    def is_word(self) -> bool:
        """Whether it is a single word."""
        return len(self.text.split()) == 1


def tokenise(content: str, label: str) -> Draft:
    """Return the pieces of a file; joined they are `content`.

    Raises:
        FormatError: If it is no TextGrid as text, or its numbers and texts are not in order.
    """
    if _TYPE.match(content) is None:
        raise FormatError(f"{label}, line 1: no TextGrid in a text form")
    return _Taker(content, label).take()


class _Taker:
    """Takes one file apart, value by value."""

    def __init__(self, content: str, label: str) -> None:
        self._content = content
        self._label = label
        self._draft = Draft()
        self._values = self._free()
        self._notes = 0
        self._turns = 0
        self._labels: list[_Label] = []

    def _free(self) -> Iterator[_Token]:
        """Yield what stands free, having added all between."""
        for match in _TOKEN.finditer(self._content):
            kind = match.lastgroup or ""
            if kind in {"string", "number", "flag"}:
                yield _Token(kind, match.start(), match.end())
            elif kind in {"note", "other"}:
                self._notes += 1
                self._draft.current = 0
                path = ("notes", self._notes)
                self._draft.pieces.append(
                    self._draft.value(path, Role.OPAQUE, match[0], Part.EXTRA, kind="unknown"),
                )
            else:
                self._draft.literal(match[0])

    def _next(self, kind: str) -> str:
        """Return the next value, not yet added.

        Raises:
            FormatError: If it is of another kind, or there is none.
        """
        token = next(self._values, None)
        if token is None or token.kind != kind:
            at = len(self._content) if token is None else token.start
            line = self._content.count("\n", 0, at) + 1
            raise FormatError(f"{self._label}, line {line}: no {kind} where one should be")
        return self._content[token.start : token.stop]

    def _literal(self, kind: str) -> str:
        found = self._next(kind)
        self._draft.literal(found)
        return found

    def take(self) -> Draft:
        draft = self._draft
        draft.begin("header")
        self._literal("string")
        if self._literal("string") != '"TextGrid"':
            raise FormatError(f"{self._label}: holds another object of Praat than a TextGrid")
        self._literal("number")
        self._literal("number")
        if self._literal("flag") == "<exists>":
            for tier in range(self._count()):
                self._tier(tier)
        if next(self._values, None) is not None:
            raise FormatError(f"{self._label}: something follows its last tier")
        return draft

    def _count(self) -> int:
        found = self._literal("number")
        if not found.isdecimal():
            raise FormatError(f"{self._label}: a size is no number of things")
        return int(found)

    def _tier(self, tier: int) -> None:
        kind = self._literal("string")[1:-1]
        if kind not in _CLASSES:
            raise FormatError(f"{self._label}: tier {tier + 1} is of no kind Praat has")
        name = self._next("string")
        self._draft.current = 0
        speaker = self._name(tier, name)
        self._literal("number")
        self._literal("number")
        for number in range(self._count()):
            for one in _CLASSES[kind]:
                if one == "number":
                    self._literal("number")
                else:
                    self._hold(number, self._next("string"))
        self._give(tier, speaker)

    def _name(self, tier: int, raw: str) -> str:
        """Add the name of a tier; return the subject of whose it is."""
        draft = self._draft
        inner = raw[1:-1]
        subject, at = "", 0
        draft.literal('"')
        for number, (start, stop) in enumerate(names_in(inner)):
            draft.literal(inner[at:start])
            name = inner[start:stop]
            mine = draft.speaker(name.replace("_", " "))
            subject = subject or mine
            path = ("tiers", tier, "name", number) if number else ("tiers", tier, "name")
            piece = draft.value(
                path, Role.NAME, name.replace('""', '"'), Part.LABEL, kind="speaker", subject=mine
            )
            draft.pieces.append(replace(piece, text=name))
            at = stop
        draft.literal(inner[at:] + '"')
        return subject

    def _hold(self, number: int, raw: str) -> None:
        """Place a text that becomes part of a field once its tier is read."""
        inner = raw[1:-1]
        text = inner.strip()
        if not text:
            self._draft.literal(raw)
            return
        start = inner.index(text)
        self._draft.literal('"' + inner[:start])
        self._labels.append(_Label(len(self._draft.pieces), number, text.replace('""', '"')))
        self._draft.pieces.append(Piece(text))
        self._draft.literal(inner[start + len(text) :] + '"')

    def _give(self, tier: int, speaker: str) -> None:
        """Make the texts of a tier fields."""
        labels, self._labels = self._labels, []
        draft = self._draft
        for run in _runs(labels):
            draft.begin(str(self._turns))
            self._turns += 1
            if speaker:
                draft.author(speaker)
            first = run[0].number
            step = "run" if len(run) > 1 else "texts"
            value = " ".join(one.text for one in run)
            piece = draft.value(("tiers", tier, step, first), Role.TEXT, value, Part.TEXT)
            for one in run:
                path = ("tiers", tier, "texts", one.number)
                text = draft.pieces[one.at].text
                draft.pieces[one.at] = replace(piece, path=path, text=text)
        draft.current = 0


def _runs(labels: list[_Label]) -> Iterator[list[_Label]]:
    """Yield the texts of a tier that are read together: words up to a pause, else one by one."""
    words = 2 * sum(one.is_word for one in labels) > len(labels)
    run: list[_Label] = []
    for one in labels:
        joins = words and run and run[-1].number + 1 == one.number and len(run) < _RUN
        if run and not (joins and one.is_word and run[-1].is_word):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def settle(document: Document, texts: Texts) -> Texts:
    """Return new values with those of words that were read together, interval by interval."""
    new = dict(texts)
    for one in document.fields:
        if one.path[2:3] != ("run",):
            continue
        _, tier, _, first = one.path
        value = texts.get(one.path)
        places = spread(one.value.split(), (value or "").split())
        for at, place in enumerate(places):
            new["tiers", tier, "texts", int(first) + at] = (
                None if value is None else " ".join(place)
            )
    return new


def names_in(tier: str) -> tuple[tuple[int, int], ...]:
    """Return where names stand in the name of a tier.

    Words of annotation and roles with their numbers are none; what is left between them is one
    name.

    >>> names_in("Anna Kowal - words"), names_in("utterance@Anna"), names_in("IPA 2")
    (((0, 10),), ((10, 14),), ())
    """
    found: list[tuple[int, int]] = []
    joined = False
    for match in _NAMES.finditer(tier):
        word = match["word"]
        if word.lower() in _ANNOTATION or is_generic_label(word):
            joined = False
            continue
        start, stop = match.span("word")
        if joined and match["gap"].strip(" _") == "":
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
        joined = True
    return tuple(found)


FORMAT = Spoken("textgrid", (".TextGrid",), 40, _is_textgrid, tokenise, _clean, settle=settle)
