"""Names that are ordinary words: whether "Will", "May" or "Rose" is somebody, by its context.

Nothing here is looked up in a model.  Each fact of the context is a clue with a weight: how the
word is written, which words stand beside it, what recognizers took it for.  The weights are
added, and what comes out above nothing is a name.  They were set by hand (see
`collocations`); what they reach is measured by `tests/benchmarks/ordinary_words.py`.

The lists are English, as are the words that are names so often; what is left elsewhere are
capitals, forms of address, neighbours and the recognizers' word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from anonymize.detect import collocations as near
from anonymize.model.folding import words
from anonymize.model.names import TITLES
from anonymize.model.spans import Span

_NOBODY: frozenset[str] = frozenset()
_TOKEN = regex.compile(
    r"(?:https?://|www\.)\S+|[@＠#＃]\w+|\p{L}[\p{L}\p{M}]*(?:['’ʼ]\p{L}+)*|\p{N}+\p{L}*|\n|\S",
)
_WORD = regex.compile(r"(?<![\w@＠#＃/])\p{L}{2,}")
_POSSESSIVE = regex.compile(r"['’ʼ][sS](?!\w)")
_STOPS = frozenset(".!?…;:\n\"“”‘'«([)]|~*/-–—")
_ENDS = frozenset(".!?…;:\n\"”’'»)]|~*/-–—,")
# How far around a word is read, so that long texts cost no more a word than short ones.
_REACH = 240
_NEAR = 4
# Short words are written small in headlines, too.
_LONG_ENOUGH = 4
_SHOUTED = 0.8
_HEADLINE = 0.7
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """What recognizers took a word for.

    Attributes:
        person: Highest score of a person's spans over it, 0 to 1; 0 for none.
        other: Whether a date, place or organisation lies over it.
    """

    person: float = 0.0
    other: bool = False


def seen(spans: Iterable[Span], start: int, end: int) -> Seen:
    """Return what recognizers took a stretch for, given where it stands in the raw value.

    >>> seen([Span(0, 9, "PERSON", 0.7, "ner/m")], 0, 4)
    Seen(person=0.7, other=False)
    """
    over = [span for span in spans if span.start < end and start < span.end]
    return Seen(
        max((span.score for span in over if span.entity_type == "PERSON"), default=0.0),
        any(span.entity_type in {"DATE_TIME", "LOCATION", "ORGANIZATION"} for span in over),
    )


def is_name(
    text: str,
    start: int,
    end: int,
    found: Seen | None = None,
    known: Callable[[str], bool] = _NOBODY.__contains__,
) -> bool:
    """Whether an ordinary word is used as somebody's name.

    Args:
        text: The decoded text.
        start: First code point of the word.
        end: Code point after its last, the possessive apart.
        found: What recognizers took it for.
        known: Whether a folded word is a known name and no ordinary word.

    >>> is_name("Thanks Will!", 7, 11), is_name("Will you come?", 0, 4)
    (True, False)
    """
    return sum(near.WEIGHTS[clue] for clue in clues(text, start, end, found, known)) > 0


def clues(
    text: str,
    start: int,
    end: int,
    found: Seen | None = None,
    known: Callable[[str], bool] = _NOBODY.__contains__,
) -> tuple[str, ...]:
    """Return what speaks for and against a name, as keys of `collocations.WEIGHTS`; see `is_name`.

    >>> clues("in May 2012", 3, 6)
    ('capital-inside', 'date', 'month')
    """
    place = _placed(text, start, end)
    written = tuple(_written(place))
    inside = "capital-inside" in written
    beside = () if place.tagged else tuple(_beside(place, known, written))
    # What follows "Will Smith" is no longer said of "Will" alone.
    alone = not (place.tagged or place.owns or "known-behind" in beside)
    return (
        *written,
        *_recognized(place, found or Seen()),
        *_addressed(place),
        *beside,
        *(() if place.tagged else _meaning(place, inside)),
        *(_verbs(place, inside) if alone else ()),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A word in its context, as far as it reaches; `owns` and `tagged` say "'s" and "#"."""

    word: str = field(repr=False)
    surface: str = field(repr=False)
    before: Sequence[str] = field(repr=False)
    after: Sequence[str] = field(repr=False)
    around: str = field(repr=False)
    owns: bool
    tagged: bool
    compound: bool

    @property
    def capital(self) -> bool:
        return self.surface[:1].isupper()

    def back(self, count: int = 1) -> str:
        """Return the word so far before it, in small letters, or nothing."""
        return _plain(self.before[-count]) if len(self.before) >= count else ""

    def on(self, count: int = 1) -> str:
        """Return the word so far behind it, in small letters, or nothing."""
        return _plain(self.after[count - 1]) if len(self.after) >= count else ""

    @property
    def opens(self) -> bool:
        """Whether a sentence begins with it; handles, links and signs before it are none."""
        last = self.before[-1] if self.before else ""
        return not last or last in _STOPS or (_sign(last) and last not in {",", "&"})

    @property
    def closes(self) -> bool:
        """Whether a sentence or a part of one ends with it."""
        first = self.after[0] if self.after else ""
        return not first or first in _ENDS or _kiss(first) or (_sign(first) and first != "&")


def _plain(token: str) -> str:
    return token.lower().replace("’", "'").replace("ʼ", "'")


def _sign(token: str) -> bool:
    """Whether a token is no word: a handle, a hashtag, a link, an emoji."""
    return not token[0].isalnum() or "/" in token


def _kiss(token: str) -> bool:
    return not token.lower().strip("xo")


def _placed(text: str, start: int, end: int) -> _Place:
    """Return a word with the words around it."""
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    possessive = _POSSESSIVE.match(right)
    after = right[possessive.end() :] if possessive else right
    tagged = left[-1:] in {"#", "＃"}
    hyphen_before = left.endswith("-") and left[-2:-1].isalnum()
    hyphen_behind = after.startswith("-") and after[1:].lstrip()[:1].isalnum()
    return _Place(
        words(text[start:end]),
        text[start:end],
        _TOKEN.findall(left[:-1] if tagged or hyphen_before else left)[-_NEAR:],
        _TOKEN.findall(after[1:] if hyphen_behind else after)[:_NEAR],
        f"{left} {after}",
        possessive is not None,
        tagged,
        hyphen_before or hyphen_behind,
    )


def _written(place: _Place) -> Iterator[str]:
    """Yield how the word is written, as far as its case tells anything."""
    others = _WORD.findall(place.around)
    if not place.capital:
        yield "small" if any(one[0].isupper() for one in others) else "small-everywhere"
        if place.compound:
            yield "compound"
        return
    if place.tagged:
        yield "hashtag"
        return
    nouns = len(near.NOUN_CAPITALS & {one.lower() for one in others}) > 1
    if nouns:
        yield "capital-of-nouns"
    elif place.word in near.PROPER or _shouts(place) or _headline(others):
        yield "capital-tells-nothing"
    else:
        yield "capital-opens" if place.opens else "capital-inside"
    if place.word in near.FIRST and not nouns and (place.opens or _headline(others)):
        yield "given-name-first"
    parts = place.surface.split()
    if len(parts) > 1 and all(part[0].isupper() for part in parts):
        yield "several-capitals"


def _shouts(place: _Place) -> bool:
    """Whether the word is in capitals for emphasis, as a verb may be, or with those beside it."""
    beside = [one for one in (*place.before[-1:], *place.after[:1]) if len(one) > 1]
    shouted = place.word in near.VERBS or any(one.isupper() for one in beside)
    return len(place.surface) > 1 and place.surface.isupper() and shouted


def _headline(others: Sequence[str]) -> bool:
    """Whether nearly every word has a capital."""
    content = [one for one in others if len(one) >= _LONG_ENOUGH]
    if len(content) < _LONG_ENOUGH:
        return False
    return sum(one[0].isupper() for one in content) >= _HEADLINE * len(content)


def _recognized(place: _Place, found: Seen) -> Iterator[str]:
    """Yield what recognizers took the word for."""
    sure = found.person >= _SURE
    if found.person and place.capital:
        yield "person-sure" if sure else "person-doubtful"
    elif found.person:
        yield "person-small" if sure else "person-small-doubtful"
    elif found.other:
        yield "other-type"


def _addressed(place: _Place) -> Iterator[str]:
    """Yield whether somebody is called by it, spoken to or of."""
    last, other = place.back(), place.back(2)
    title = other if last == "." else last
    if title in TITLES and (place.capital or title not in near.VAGUE_TITLES):
        yield "title" if place.capital else "title-small"
    if place.owns and place.word in near.MONTHS:
        yield "possessive-month"
    elif place.owns:
        yield "possessive" if place.capital else "possessive-small"
    dear = not place.capital and place.word in near.DEAR
    to_you = last in {"you", "u", "ya", "so"} and other in near.TO_YOU
    greeting = (
        to_you
        or (other, last) == ("well", "done")
        or (other if last == "," else last) in near.GREETINGS
    )
    if greeting and not dear:
        yield "greeted"
        if place.closes or place.on() in near.JOINS:
            yield "greeted-alone"
    elif last == "," and place.closes and place.on() != ",":
        yield "called-upon"
    elif place.capital and place.opens and place.on() == "," and place.on(2) in near.CALLS:
        yield "calls"
    elif last in near.ANSWERS and place.closes and place.word not in near.VERBS:
        yield "answered"
    if last in near.SPOKEN and (place.closes or place.on() in near.FUNCTION):
        yield "spoken-to"
    clear = place.capital or place.word not in near.VERBS
    if last in near.KIN_TITLES or (last in near.KIN and clear):
        yield "kin"
    if place.capital and place.on() == ":" and (not last or last == "\n"):
        yield "label"
    dash = last in {"-", "–", "—", "\n"} or (last == "," and other in {"love", "best"})
    if place.capital and dash and all(_kiss(one) or _sign(one) for one in place.after):
        yield "signed"


def _beside(
    place: _Place,
    known: Callable[[str], bool],
    written: Collection[str],
) -> Iterator[str]:
    """Yield which names stand beside it."""
    # Where every word has a capital, those of the neighbours name nobody either; two that are
    # joined may.
    telling = "capital-inside" in written or "capital-opens" in written
    joining = telling or "capital-tells-nothing" in written
    first = place.after[0] if place.after and not place.owns else ""
    last = place.before[-1] if place.before else ""
    # "will jane come" speaks of Jane, "will smith is" of Will Smith.
    sure = place.capital or place.word not in near.MODALS | near.WISHES
    does = place.word not in near.WISHES and place.on(2) in near.FINITE | near.HUMAN
    if known(words(first)) and (sure or does):
        yield "known-behind"
    elif telling and _name_like(first) and not (place.opens and place.word in near.WISHES):
        yield "capital-behind"
    if known(words(last)) and place.capital:
        yield "known-before"
    elif telling and _name_like(last):
        yield "capital-before"
    pairs = ((place.on(), place.after[1:2]), (place.back(), place.before[-2:-1]))
    joined = [other[0] for join, other in pairs if join in near.JOINS and other]
    if any(known(words(other)) for other in joined):
        yield "joined-known"
    elif joining and any(_name_like(other) for other in joined):
        yield "joined"


def _name_like(token: str) -> bool:
    """Whether a word has a capital and is none that has it at every opening."""
    return len(token) > 1 and token[0].isupper() and token.lower() not in near.FUNCTION


def _meaning(place: _Place, inside: bool) -> Iterator[str]:
    """Yield what tells the ordinary word."""
    word, last, first = place.word, place.back(), place.on()
    if word in near.MONTHS:
        numbered = place.back(2) if last == "of" else last
        if first[:1].isdigit() or numbered[:1].isdigit():
            yield "date"
        if last in near.IN_MONTH or first in near.MONTH_BEHIND or _in_months(place):
            yield "month"
        elif last in near.BY_MONTH or (last == "of" and place.back(2) in near.OF_MONTH):
            yield "by-month"
    # "Was that Rose?" points at somebody.
    verb = word in near.VERBS
    called = place.closes and place.back(2) in near.TO_YOU
    pointed = place.capital and last in {"this", "that"} and (place.closes or not verb)
    if last in near.OWNERS:
        yield "owned" if place.capital else "determined"
    elif last in near.DETERMINERS and not pointed:
        yield "determined"
    elif last in near.PRONOUNS and verb and not (place.owns or pointed or called):
        yield "subject-before"
    elif last == "to" and not place.capital:
        yield "infinitive"
    if place.owns:
        return
    wished = near.WISHED if inside else near.AUXILIARY | near.PHRASES.get(word, _NOBODY)
    if word in near.WISHES and first in wished:
        yield "wish"
    elif word in near.MODALS and first in near.AUXILIARY:
        yield "auxiliary"
    elif first in near.PHRASES.get(word, _NOBODY) and not inside:
        yield "phrase"
    elif verb and first in near.OBJECTS and not inside:
        yield "object-behind"
    if last in (near.FIXED if place.capital else near.LEADS.get(word, _NOBODY)):
        yield "phrase"


def _verbs(place: _Place, inside: bool) -> Iterator[str]:
    """Yield what the verb behind it tells."""
    first = place.on()
    modal = place.word in near.MODALS
    if not first.replace("'", "").isalpha():
        return
    if place.after[0][0].isupper():
        if place.opens and modal and "?" in place.around:
            yield "question"
    elif first in near.HUMAN:
        yield "person-does"
    elif modal:
        ended = len(first) > _LONG_ENOUGH and first.endswith(("s", "ed"))
        if first in near.FINITE or (ended and first not in near.NOT_FINITE):
            yield "finite-behind"
        elif not inside and first not in near.FUNCTION and not first.endswith("ing"):
            yield "bare-verb-behind"
    elif first in near.FINITE and place.capital and not place.opens:
        yield "finite-behind"


def _in_months(place: _Place) -> bool:
    """Whether it stands beside another month."""
    joins = near.JOINS | {"/", "-", "–", "to", "or", ","}
    certain = near.MONTH_NAMES - {"may", "mar", "march"}
    return any(
        one in certain or (one in joins and two in near.MONTH_NAMES)
        for one, two in ((place.on(), place.on(2)), (place.back(), place.back(2)))
    )
