"""What one document tells of accounts, speakers and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

from anonymize.link import nodes
from anonymize.link.clues import Clue, Cue, Near, addresses, answered, introduces, signs
from anonymize.link.nodes import Node, split_handle
from anonymize.model.documents import Document, Removal
from anonymize.model.encodings import decode
from anonymize.model.fields import Field, Role
from anonymize.model.folding import words
from anonymize.model.identities import Mention, Sighting
from anonymize.model.labels import is_generic_label
from anonymize.model.names import split_possessive
from anonymize.model.spans import Finding
from anonymize.model.spelling import is_slip, sounds_alike

OWNER = "owner"
"""`Field.subject` of whose takeout it is."""
SPEAKER = "speaker"
"""`Sighting.platform` of a speaker label."""

LISTED = "NAME"
"""`Mention.entity_type` of a name that stands in a field of names without an account."""
_SPANS = frozenset(
    ("PERSON", "SPEAKER", "ORGANIZATION", "LOCATION", "EMAIL_ADDRESS", "PHONE_NUMBER", "HANDLE"),
)
_MENTIONED = {"SPEAKER": "PERSON"}
"""The label of a speaker inside a text is a name like any other."""
_JOINT = re.compile(r"(?:['’]s)?\s*(?:,|&|and|en|und|et|y|or|of|oder|ou|o)\s*", re.IGNORECASE)
_NAMES = frozenset(("PERSON", "SPEAKER"))
_ID_SPANS = frozenset(("USER_ID", "POST_ID"))
_ID = re.compile(r"(?<![0-9A-Za-z])[0-9]{6,}(?![0-9A-Za-z])")
"""Ids searched for in text have at least six digits; shorter ones are ordinary numbers, and
digits among letters are part of another id, such as a DID or the digest of a record."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting with where it was made.

    Attributes:
        sighting: What was seen.
        scope: Scope of the document.
        owner: Whether it is the owner of the takeout the scope stands for.
    """

    sighting: Sighting
    scope: str = field(default="", repr=False)
    owner: bool = False


@dataclass(frozen=True, slots=True)
class KnownId:
    """An id of an account, post, medium or other thing: its digits."""

    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Together:
    """Two names said in one breath, which therefore are two persons.

    Attributes:
        one: A folded name.
        other: Another, not smaller than the first.
        place: Place of the document where only there they are two: "Jane and Jane Smithson";
            empty for whole names.
    """

    one: str = field(repr=False)
    other: str = field(repr=False)
    place: str = field(default="", repr=False)


Evidence: TypeAlias = Seen | Mention | KnownId | Removal | Near | Clue | Together


def observe(document: Document, findings: Sequence[Finding]) -> Iterator[Evidence]:
    """Yield what a document and the spans found in it tell, in the order of its fields.

    Args:
        document: As read.
        findings: Spans in its fields; those in other fields than `TEXT` tell nothing new.
    """
    groups: dict[str, list[Field]] = {}
    texts: dict[object, Field] = {}
    for one in document.fields:
        if one.role is Role.TEXT and one.kind not in {"email", "phone"}:
            texts[one.path] = one
        elif one.role in {Role.ID, Role.HANDLE, Role.NAME, Role.TEXT}:
            if one.role is Role.ID:
                yield from map(KnownId, _ID.findall(one.value))
            if one.subject:
                groups.setdefault(one.subject, []).append(one)
            elif one.role is not Role.ID:
                yield from _sightings([one], document.scope, owner=False)
    for subject, fields in groups.items():
        yield from _sightings(fields, document.scope, owner=subject == OWNER)
        yield from _declared(fields, document.scope)
    here: list[tuple[Field, Finding]] = []
    for finding in findings:
        found = texts.get(finding.path)
        if found is not None:
            yield from _mention(found, finding, document.place)
            if finding.span.entity_type in _NAMES and not found.kind:
                here.append((found, finding))
    if here:
        yield from _surroundings(document, groups, texts, findings, here)
    yield from document.removals


def _surroundings(
    document: Document,
    groups: Mapping[str, Sequence[Field]],
    texts: Mapping[object, Field],
    findings: Sequence[Finding],
    names: Sequence[tuple[Field, Finding]],
) -> Iterator[Evidence]:
    """Yield what is around the names of a document: accounts, cues, other names."""
    post = document.place != document.scope or len(document.sections) == 1
    author: Node = ()
    others: tuple[Node, ...] = ()
    if post:
        author, others = _about(document, groups, texts, findings)
        if author or others:
            yield Near(document.place, author, others)
    said: dict[object, list[tuple[str, int]]] = {}
    for where, finding in names:
        span = finding.span
        surface = decode(where.value[span.start : span.end], where.encoding).text.strip()
        key = words(split_possessive(surface)[0])
        beside = said.setdefault(where.path, [])
        if beside and _JOINT.fullmatch(where.value[beside[-1][1] : span.start]):
            one, other = sorted((beside[-1][0], key))
            if one != other and set(one.split()) & set(other.split()):
                yield Together(one, other, document.place)
        beside.append((key, span.end))
        writer = author if post else _speaker(document, where, groups)
        for cue, subject in _cues(where.value, span.start, span.end, writer, others, post=post):
            yield Clue(cue, document.place, subject, surface)
    for beside in said.values():
        for one, other in combinations(sorted({key for key, _ in beside} - {""}), 2):
            if _alike(one, other):
                yield Together(one, other)


def _cues(
    text: str,
    start: int,
    end: int,
    writer: Node,
    others: tuple[Node, ...],
    *,
    post: bool,
) -> Iterator[tuple[Cue, Node]]:
    if writer and introduces(text, start, end):
        yield Cue.INTRODUCTION, writer
    elif post and writer and signs(text, start, end):
        yield Cue.SIGNATURE, writer
    elif post and (subject := answered(text, others)) and addresses(text, start, end):
        yield Cue.ADDRESS, subject


def _alike(one: str, other: str) -> bool:
    """Whether two names could be taken for forms of one."""
    first, second = one.split(), other.split()
    if min(len(first), len(second)) > 1 and first[-1] == second[-1]:
        return first[0] != second[0]
    return len(first) == len(second) and all(
        a == b or is_slip(a, b) or sounds_alike(a, b) for a, b in zip(first, second, strict=True)
    )


def _about(
    document: Document,
    groups: Mapping[str, Sequence[Field]],
    texts: Mapping[object, Field],
    findings: Sequence[Finding],
) -> tuple[Node, tuple[Node, ...]]:
    """Return who wrote a post, and whom else it has in fields and behind `@`."""
    by = document.sections[0].author
    author: Node = ()
    found: set[Node] = set()
    for subject, fields in groups.items():
        if subject == OWNER:
            node: Node | None = ("owner", document.scope)
        else:
            node = _account(fields, prefer="user" if subject == by else "handle")
        if node is None:
            continue
        if subject == by:
            author = node
        else:
            found.add(node)
    if by == OWNER:
        author = ("owner", document.scope)
    for finding in findings:
        where = texts.get(finding.path)
        if where is not None and finding.span.entity_type == "HANDLE":
            written = where.value[finding.span.start : finding.span.end]
            if (named := nodes.handle("", written)) is not None:
                found.add(named)
    return author, tuple(sorted(found - {author}))


def _account(fields: Sequence[Field], *, prefer: str) -> Node | None:
    """Return the node of an account, by its id or its handle."""
    users = (nodes.user("x", f.value) for f in fields if f.role is Role.ID and f.kind == "user")
    handles = (nodes.handle(f.kind, f.value) for f in fields if f.role is Role.HANDLE)
    user, handle = next(users, None), next(handles, None)
    return (user or handle) if prefer == "user" else (handle or user)


def _speaker(
    document: Document,
    where: Field,
    groups: Mapping[str, Sequence[Field]],
) -> Node:
    """Return the label of whose turn a text is."""
    if not 0 <= where.section < len(document.sections):
        return ()
    fields = groups.get(document.sections[where.section].author, ())
    labels = [f.value for f in fields if f.role is Role.NAME and f.kind == SPEAKER]
    if not labels:
        return ()
    # One person may have a code and a label besides.
    named = (label for label in labels if not is_generic_label(label))
    return (SPEAKER, document.scope, next(named, labels[0]))


def _sightings(fields: Sequence[Field], scope: str, *, owner: bool) -> Iterator[Seen | Mention]:
    """Yield what fields of one subject tell: one sighting for each user id among them."""
    users: set[str] = set()
    handles: set[str] = set()
    names: set[str] = set()
    labels: set[str] = set()
    emails: set[str] = set()
    phones: set[str] = set()
    platforms: set[str] = set()
    for one in fields:
        value = decode(one.value, one.encoding).text.strip()
        if not value:
            continue
        if one.role is Role.ID:
            if one.kind == "user":
                users.add(value)
        elif one.role is Role.HANDLE:
            platform, bare = split_handle(value, one.kind)
            platforms.add(platform)
            handles.add(bare)
        elif one.role is Role.NAME:
            (labels if one.kind == SPEAKER else names).add(value)
        else:
            (emails if one.kind == "email" else phones).add(value)
    for label in sorted(labels):
        yield Seen(Sighting(platform=SPEAKER, names=(label,)), scope)
    if not (users or handles or emails or phones or owner):
        yield from (Mention(LISTED, name, scope) for name in sorted(names))
        return
    platform = min(platforms, default="x" if users else "")
    for user_id in sorted(users) or [""]:
        sighting = Sighting(
            platform=platform,
            user_id=user_id,
            handles=tuple(sorted(handles)),
            names=tuple(sorted(names)),
            emails=tuple(sorted(emails)),
            phones=tuple(sorted(phones)),
            seed=owner,
        )
        if sighting != Sighting(platform=platform, seed=owner):
            yield Seen(sighting, scope, owner)


def _declared(fields: Sequence[Field], scope: str) -> Iterator[Clue]:
    """Yield what a file says of whose a speaker's labels are: `<person xml:id="AK">Anna K…`.

    Labels and names of one subject are one person's, as if she had said so herself.
    """
    names = [(one.kind, decode(one.value, one.encoding).text.strip()) for one in fields
             if one.role is Role.NAME]  # fmt: skip
    labels = dict.fromkeys(name for kind, name in names if kind == SPEAKER)
    told = dict.fromkeys(name for _, name in names if len(words(name).split()) > 1)
    for label in labels:
        for name in told:
            if label != name and not is_generic_label(label):
                yield Clue(Cue.DECLARATION, scope, (SPEAKER, scope, label), name)


def _mention(where: Field, finding: Finding, scope: str) -> Iterator[Mention | KnownId]:
    span = finding.span
    surface = decode(where.value[span.start : span.end], where.encoding).text.strip()
    if span.entity_type in _ID_SPANS:
        yield from map(KnownId, _ID.findall(surface))
    elif span.entity_type in _SPANS and surface:
        if span.entity_type == "HANDLE" and where.value.startswith(("…", "..."), span.end):
            return  # half a handle, as a cut retweet ends; the whole one is known or nobody's
        yield Mention(_MENTIONED.get(span.entity_type, span.entity_type), surface, scope)
