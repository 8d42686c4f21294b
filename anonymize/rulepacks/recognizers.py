"""One recognizer of a pack: our form and Presidio's, read into a `Rule`."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from anonymize.model.fields import Role
from anonymize.model.folding import words as folded
from anonymize.model.rules import Example, Pattern, Rule
from anonymize.rulepacks.checks import CHECKS
from anonymize.rulepacks.reading import Entry

OPEN, CLOSE = "⟦", "⟧"
"""Marks of the expected spans in examples."""

_KEYS = frozenset(
    (
        "name",
        "entity",
        "supported_entity",
        "patterns",
        "words",
        "words_from",
        "words_except",
        "deny_list",
        "context",
        "check",
        "role",
        "source",
        "presidio",
        "examples",
        # Presidio's own keys that carry nothing a rule needs.
        "supported_language",
        "supported_languages",
        "type",
        "enabled",
        "deny_list_score",
    ),
)
_NAME = regex.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_LOOSE_NAME = regex.compile(r"[A-Za-z0-9]+(?:[ _()-]+[A-Za-z0-9]+)*\)?")
_ENTITY = regex.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_CLASS = regex.compile(r"[A-Z][A-Za-z0-9]*")
_TERM = regex.compile(r"\{\{([a-z_]+)\}\}")
_MARKED = regex.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


def is_entity(name: str) -> bool:
    """Whether a text has the form of an entity type: `PERSON`, `UK_NHS`."""
    return _ENTITY.fullmatch(name) is not None


def example(text: str) -> Example:
    """Return an example; the marks around its spans are taken out.

    Args:
        text: The text, spans between `⟦` and `⟧`; without any, the whole text is one.

    >>> example("Ask ⟦@jane_doe⟧ please")
    Example(text='Ask @jane_doe please', spans=('@jane_doe',))
    """
    spans = tuple(_MARKED.findall(text))
    return Example(text.replace(OPEN, "").replace(CLOSE, ""), spans or (text,))


def terms(entry: Entry) -> dict[str, str]:
    """Return the pieces of regular expressions a pack defines for itself.

    A term may use those above it, so that the names of months stand in one place.
    """
    out: dict[str, str] = {}
    for name, value in entry.mapping().items():
        if _TERM.fullmatch("{{" + name + "}}") is None:
            value.fault("a term's name is lower-case letters and _")
        out[name] = f"(?:{_filled(value, out)})"
    return out


def _filled(entry: Entry, known: Mapping[str, str]) -> str:
    """Return a regular expression with its `{{term}}`s filled in; a list is joined."""
    parts = entry.texts() if entry.is_list else (entry.text(empty=False),)

    def fill(match: regex.Match[str]) -> str:
        name = match.group(1)
        if name not in known:
            entry.fault(f"no term {name!r}")
        return known.get(name, "")

    return str(_TERM.sub(fill, "".join(parts)))


def _pattern(entry: Entry, at: int, known: Mapping[str, str], *, checked: bool) -> Pattern:
    keys = entry.keys(("name", "regex", "score"), ("regex", "score"))
    name = keys["name"].text(empty=False) if "name" in keys else str(at)
    score = keys["score"].number(0, 1) if "score" in keys else 0.0
    text = ""
    if "regex" in keys:
        text = _filled(keys["regex"], known)
        if checked:
            _check_regex(keys["regex"], text)
    return Pattern(name, text, score)


def _check_regex(entry: Entry, text: str) -> None:
    try:
        compiled = regex.compile(text)
    except regex.error as error:
        entry.fault(f"not a regular expression: {error}")
    else:
        if compiled.fullmatch(""):
            entry.fault("matches the empty text")


def _patterns(entry: Entry, known: Mapping[str, str], *, checked: bool) -> tuple[Pattern, ...]:
    out: list[Pattern] = []
    for at, item in enumerate(entry.sequence(), 1):
        one = _pattern(item, at, known, checked=checked)
        if any(one.name == other.name for other in out):
            item.fault("another pattern has this name")
        out.append(one)
    return tuple(out)


def _examples(entry: Entry | None) -> tuple[tuple[Example, ...], tuple[str, ...]]:
    if entry is None:
        return (), ()
    keys = entry.keys(("match", "no_match"))
    match: list[Example] = []
    for item in keys["match"].sequence() if "match" in keys else ():
        text = item.text(empty=False)
        plain = _MARKED.sub(lambda found: found.group(1), text)
        if OPEN in plain or CLOSE in plain or f"{OPEN}{CLOSE}" in text:
            item.fault(f"{OPEN} and {CLOSE} must enclose a span each")
        match.append(example(text))
    no_match = keys["no_match"].texts() if "no_match" in keys else ()
    return tuple(match), no_match


def rule(
    entry: Entry,
    pack: str,
    known: Mapping[str, str],
    lists: Mapping[str, tuple[str, ...]],
    *,
    checked: bool = True,
) -> Rule:
    """Return one recognizer; what is wrong with it is recorded in the entry's faults.

    Args:
        entry: The recognizer's mapping.
        pack: Name of its pack.
        known: Terms its regular expressions may use.
        lists: Word lists of the pack that `words_from` may name.
        checked: Whether its regular expressions are tried out.
    """
    named = entry.mapping().get("name")
    name = named.text(empty=False).strip() if named is not None else ""
    if name:
        entry = entry.at(f"rules/{name}")
    keys = entry.keys(_KEYS, ("name",))
    if name and _LOOSE_NAME.fullmatch(name) is None:
        entry.fault("a rule's name is letters, digits, - and _")
    if name and _NAME.fullmatch(name) is None:
        # Presidio's files name recognizers as people do: "Zip code Recognizer".
        name = "-".join(regex.findall(r"[a-z0-9]+", name.lower()))

    def text(key: str) -> str:
        return keys[key].text() if key in keys else ""

    def several(key: str) -> tuple[str, ...]:
        return keys[key].texts() if key in keys else ()

    entity = text("entity") or text("supported_entity")
    if not is_entity(entity):
        entry.fault("entity must be like PERSON or UK_NHS")
    check, role, presidio = text("check"), text("role"), text("presidio")
    if check and check not in CHECKS:
        keys["check"].fault("no such check; known are " + ", ".join(sorted(CHECKS)))
    if role and role not in set(Role):
        keys["role"].fault("must be one of " + ", ".join(Role))
    if presidio and _CLASS.fullmatch(presidio) is None:
        keys["presidio"].fault("must be the name of a class")
    words = several("words") + several("deny_list")
    if source := text("words_from"):
        if source not in lists:
            keys["words_from"].fault("must be one of " + ", ".join(sorted(lists)))
        # Names of the list that are persons' names or plain words as often.
        spared = {folded(word) for word in several("words_except")}
        words += tuple(word for word in lists.get(source, ()) if folded(word) not in spared)
    patterns = _patterns(keys["patterns"], known, checked=checked) if "patterns" in keys else ()
    if not (patterns or words or presidio):
        entry.fault("has neither patterns nor words")
    match, no_match = _examples(keys.get("examples"))
    return Rule(
        id=f"{pack}/{name}",
        entity_type=entity,
        patterns=patterns,
        words=words,
        context=several("context"),
        check=check,
        role=role,
        source=text("source"),
        presidio=presidio,
        match=match,
        no_match=no_match,
    )
