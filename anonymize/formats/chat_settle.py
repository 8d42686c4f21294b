"""What the parts of a CHAT transcript owe one another after a change.

A code of a speaker has three letters or so, the same wherever it stands; one word of the main
tier is one item of the tiers beside it, and `%mor` repeats the word (`n:prop|Anna`).  So a
surrogate of several words is joined where the name had fewer (`Teacher_03`), its item follows
it, and where a name had more words than its surrogate the tiers beside that utterance leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from anonymize.formats import chat_words
from anonymize.formats.base import Texts
from anonymize.formats.chat_codes import code_for, is_standard, name_of
from anonymize.formats.chat_words import Tier
from anonymize.formats.pieces import Piece, one_line
from anonymize.formats.word_fit import spread
from anonymize.model.documents import Document
from anonymize.model.fields import Field, Path, Role
from anonymize.model.folding import words
from anonymize.model.names import split_possessive

LACK = "www ."
"""What CHAT has for speech that is not given out."""
MARK = "\x15"
"""Stands in a text for a mark in it: times, or whose word follows."""
MEDIA = "recording"
"""In place of the name of a recording."""
_TAG = regex.compile(r"\[(?P<inner>[\p{L}\p{N}][\p{L}\p{N}_ /\-]*)\]")
_TOKEN = regex.compile(r"(\S+)(\s*)")
_EDGE = regex.compile(r"^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$")
_BREAK = regex.compile(r"\r\n|[\r\n]")


def clean_chat(value: str, piece: Piece) -> str:
    """Return a changed value as it may stand in its line."""
    marks = MARK if value.count(MARK) == piece.text.count(MARK) else ""
    value = "".join(char for char in value if char >= " " or char in f"\t\r\n{marks}")
    step = piece.path[-1]
    if step == "name":
        if value == name_of(piece.text):
            return piece.text
        return str(regex.sub(r"[\s,|:]+", "_", value.strip()))
    if piece.path[0] == "headers" and step != "text":
        return str(one_line(value).replace("|", " "))
    if _BREAK.findall(value) != _BREAK.findall(piece.text):
        return one_line(value)
    return str(regex.sub(r"((?>\r\n|[\r\n]))(?!\t)", r"\1\t", value))


def settle(document: Document, texts: Texts) -> Texts:
    """Return new values that fit one another; unchanged ones stay."""
    new = dict(texts)
    by_path = {one.path: one for one in document.fields}
    _codes(document.fields, new)
    for path, one in by_path.items():
        if path[-1] == "role" and new.get(path) is None:
            new[path] = chat_words.ROLE
        elif path[-1] == "media" and new.get(path) is None:
            # What stands behind the name, such as "audio", goes on telling what it was.
            new[path] = MEDIA
        elif path[0] == "utterances" and path[2:] == ("text",):
            _utterance(one, new)
    for utterance, tiers in _tiers(document.fields).items():
        main = by_path.get(("utterances", utterance, "text"))
        if main is not None:
            _beside(main, tiers, texts, new)
    return new


def _codes(fields: Sequence[Field], new: dict[Path, str | None]) -> None:
    """Give each code its new one, everywhere the same."""
    places: dict[str, list[Field]] = {}
    named: dict[str, Field] = {}
    for one in fields:
        if one.path[-1] == "code":
            places.setdefault(one.value, []).append(one)
        elif one.path[-1] == "name":
            named.setdefault(one.subject, one)
    shown = {word.upper() for one in named.values() for word in words(one.value).split()}
    taken = {*places, *shown}
    for code, held in places.items():
        made = code
        beside = named.get(held[0].subject)
        if not is_standard(code, beside.value if beside else ""):
            label = held[0].role is Role.NAME
            source = held if label else [named[held[0].subject]]
            values = [value for one in source if (value := new.get(one.path)) is not None]
            if not values or values[0] != source[0].value:
                made = code_for(values[0] if values else "", taken)
        taken.add(made)
        new.update({one.path: made for one in held})


@dataclass(frozen=True, slots=True)
class _Fit:
    """A new text, word for word beside the old one.

    Attributes:
        text: The new text, words joined where there were fewer.
        held: Whether it has as many words as the old one.
        changed: Old and new of each word that changed.
        kept: Folded words that did not.
    """

    text: str = field(repr=False)
    held: bool
    changed: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    kept: frozenset[str] = field(default=frozenset(), repr=False)


def fit(old: str, new: str) -> _Fit:
    """Return a new text with as many words as the old one, where that can be had.

    >>> fit("so Anna said", "so Teacher 03 said").text
    'so Teacher_03 said'
    """
    before = old.split()
    if new == old:
        return _Fit(new, held=True, kept=frozenset(map(words, before)))
    # A tag in brackets would be a sign of CHAT's own.
    new = _TAG.sub(lambda m: m[0] if m[0] in old else regex.sub(r"[\s/]+", "_", m["inner"]), new)
    start = new[: len(new) - len(new.lstrip())]
    after = [[m[1], m[2]] for m in _TOKEN.finditer(new)]
    places = spread(before, [word for word, _ in after]) if before else ()
    at = 0
    for place in places:
        for joint in range(at, at + len(place) - 1):
            after[joint][1] = "_"
        at += len(place)
    joined = ["_".join(place) for place in places]
    return _Fit(
        start + "".join(word + gap for word, gap in after),
        all(places),
        tuple((a, b) for a, b in zip(before, joined, strict=True) if a != b),
        frozenset(words(a) for a, b in zip(before, joined, strict=True) if a == b),
    )


def _utterance(main: Field, new: dict[Path, str | None]) -> None:
    value = new.get(main.path)
    if value is not None:
        new[main.path] = fit(main.value, value).text


def _tiers(fields: Sequence[Field]) -> Mapping[int, list[tuple[Tier, Field]]]:
    """Return the tiers beside the words of each utterance."""
    found: dict[int, list[tuple[Tier, Field]]] = {}
    for one in fields:
        if one.path[0] != "utterances" or len(one.path) != 4:
            continue
        name, number = one.path[2], one.path[1]
        kind = chat_words.TIERS.get(str(name))
        beside = kind in {Tier.WORDS, Tier.ALIGNED, Tier.NUMBERS} and name != "tim"
        if kind is not None and beside and isinstance(number, int):
            found.setdefault(number, []).append((kind, one))
    return found


def _beside(
    main: Field,
    tiers: Sequence[tuple[Tier, Field]],
    texts: Texts,
    new: dict[Path, str | None],
) -> None:
    """Let the tiers beside an utterance follow its words, or leave."""
    said = texts.get(main.path)
    found = None if said is None else fit(main.value, said)
    for kind, tier in tiers:
        value = texts.get(tier.path)
        if found is None or value is None or not found.held:
            new[tier.path] = None
        elif kind is Tier.WORDS:
            new[tier.path] = _follow(tier.value, value, found)
        elif kind is Tier.ALIGNED and found.changed:
            new[tier.path] = None


def _follow(old: str, given: str, main: _Fit) -> str | None:
    """Return a tier whose items repeat the words of the main tier; None where it cannot.

    Args:
        old: As it stood.
        given: With what was found in it by itself.
        main: The main tier.
    """
    if given == old and not main.changed:
        return old
    by_itself = fit(old, given)
    swaps = {core: _core(after) for before, after in main.changed if (core := _core(before))}
    items = [[m[1], m[2]] for m in _TOKEN.finditer(old)]
    given_items = by_itself.text.split()
    if not by_itself.held or len(given_items) != len(items):
        return None
    for item, other in zip(items, given_items, strict=True):
        swapped = _swapped(item[0], swaps)
        if swapped != item[0]:
            item[0] = swapped
        elif other != item[0] and words(_lemma(item[0])) not in main.kept:
            item[0] = other
    start = old[: len(old) - len(old.lstrip())]
    text = start + "".join(word + gap for word, gap in items)
    left = set(words(regex.sub(r"[|&+~$=\-]", " ", text)).split())
    gone = {words(core) for core in swaps if len(core) > 1}
    return None if gone & left - {words(one) for one in swaps.values()} else text


def _core(word: str) -> str:
    return split_possessive(_EDGE.sub("", word))[0]


def _lemma(item: str) -> str:
    """Return the word an item repeats: behind its part of speech, before its forms.

    >>> _lemma("n:prop|Anna-POSS"), _lemma("Anna")
    ('Anna', 'Anna')
    """
    return regex.split(r"[&=~$]|-(?=\p{Lu})", item.rpartition("|")[2])[0]


def _swapped(item: str, swaps: Mapping[str, str]) -> str:
    """Return an item with the new word where it repeats the old one."""
    at = 0
    for stem in _stems(item):
        start = stem + at
        rest = item[start:]
        for old in sorted(swaps, key=lambda one: (-len(one), one)):
            behind = rest[len(old) : len(old) + 1]
            if rest.casefold().startswith(old.casefold()) and not behind.isalnum():
                new = swaps[old].lower() if rest[: len(old)].islower() else swaps[old]
                item = item[:start] + new + rest[len(old) :]
                at += len(new) - len(old)
                break
    return item


def _stems(item: str) -> Iterator[int]:
    """Yield where words begin in an item: at its start, and behind each part of speech."""
    if "|" not in item:
        begin = _EDGE.match(item)
        yield begin.end() if begin else 0
    for match in regex.finditer(r"\|", item):
        yield match.end()
