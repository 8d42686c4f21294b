"""What one document tells of accounts, speakers and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from anonymize.link.nodes import split_handle
from anonymize.model.documents import Document, Removal
from anonymize.model.encodings import decode
from anonymize.model.fields import Field, Role
from anonymize.model.identities import Mention, Sighting
from anonymize.model.spans import Finding

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
_ID_SPANS = frozenset(("USER_ID", "POST_ID"))
_ID = re.compile(r"[0-9]{6,}")
"""Ids searched for in text have at least six digits; shorter ones are ordinary numbers."""


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


Evidence: TypeAlias = Seen | Mention | KnownId | Removal


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
    for finding in findings:
        found = texts.get(finding.path)
        if found is not None:
            yield from _mention(found, finding, document.scope)
    yield from document.removals


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


def _mention(where: Field, finding: Finding, scope: str) -> Iterator[Mention | KnownId]:
    span = finding.span
    surface = decode(where.value[span.start : span.end], where.encoding).text.strip()
    if span.entity_type in _ID_SPANS:
        yield from map(KnownId, _ID.findall(surface))
    elif span.entity_type in _SPANS and surface:
        if span.entity_type == "HANDLE" and where.value.startswith(("…", "..."), span.end):
            return  # half a handle, as a cut retweet ends; the whole one is known or nobody's
        yield Mention(_MENTIONED.get(span.entity_type, span.entity_type), surface, scope)
