"""Which records are withheld as a whole: consent refused, content deleted by its author."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from anonymize.model.directory import Directory
from anonymize.model.documents import INSIDE, Document, Section, authors
from anonymize.model.fields import Field, Role
from anonymize.model.identities import Person
from anonymize.model.policies import Policy

CONSENT = "consent"
DELETED_POST = "deleted-post"
DELETED_USER = "deleted-user"

_PLATFORMS = ("x", "mastodon", "bluesky")


def _user_ids(fields: list[Field]) -> list[str]:
    return [one.value for one in fields if one.role is Role.ID and one.kind == "user"]


def _authors(fields: list[Field], directory: Directory, scope: str) -> list[Person]:
    """Return who the fields of one subject speak of.

    An account is who its id or handle says; what it or a label is called decides only where
    neither is known, for many share a name.
    """
    found = [
        entry.person
        for user_id in _user_ids(fields)
        for platform in _PLATFORMS
        if (entry := directory.user(platform, user_id)) is not None
    ]
    for one in fields:
        if one.role is Role.HANDLE:
            entry = directory.handle(one.kind or "x", one.value.strip().lstrip("@"))
            if entry is not None:
                found.append(entry.person)
    if found:
        return found
    return [
        entry.person
        for one in fields
        if one.role is Role.NAME and (entry := directory.name(one.value, scope)) is not None
    ]


_OWNER = "owner"
"""`Section.author` of what the owner of a takeout wrote."""
# What X writes before a post somebody passes on.
_RETWEET = re.compile(r"\s*RT [@＠](\w{1,15})")


def _refuses(persons: Iterable[Person], policy: Policy) -> bool:
    return any(p.consent in policy.withhold_consent for p in persons if p.consent)


def _passed_on(document: Document, directory: Directory, policy: Policy) -> set[int]:
    """Return the sections whose text is a retweet of somebody who refused."""
    found: set[int] = set()
    for one in document.fields:
        match = _RETWEET.match(one.value) if one.role is Role.TEXT and not one.kind else None
        entry = directory.handle("x", match[1]) if match else None
        if entry is not None and _refuses([entry.person], policy):
            found.add(one.section)
    return found


def _reason(
    section: Section,
    fields: list[Field],
    scope: str,
    *,
    directory: Directory,
    policy: Policy,
    removed: Container[str],
    removed_users: Container[str],
) -> str:
    """Return why a section is withheld; empty when it is not."""
    if section.withhold:
        return section.withhold
    if section.id in removed or any(post in removed for post in section.posts):
        return DELETED_POST
    if any(user_id in removed_users for user_id in _user_ids(fields)):
        return DELETED_USER
    if _refuses(_authors(fields, directory, scope), policy):
        return CONSENT
    # The posts of a takeout do not say whose they are: the archive is its owner's.
    owner = directory.owner(scope.partition(INSIDE)[0]) if section.author == _OWNER else None
    if owner is not None and _refuses([owner.person], policy):
        return CONSENT
    return ""


def withheld_sections(
    document: Document,
    directory: Directory,
    policy: Policy,
    removed: Container[str],
    removed_users: Container[str],
) -> Mapping[int, str]:
    """Return the sections that must not be shared, each with its reason.

    The author of a section is found through the fields whose subject is the section's
    author: user id, handle, speaker label; of several who speak at once, each.  A post of
    somebody who refused is hers as well where another quotes it or passes it on.

    Args:
        document: What was read.
        directory: Who is who.
        policy: Says which values of consent withhold.
        removed: Ids of posts the input asks to delete.
        removed_users: Ids of users the input asks to delete.

    Returns:
        Position in `Document.sections` to reason: the reader's own, `deleted-post`,
        `deleted-user` or `consent`.
    """
    subjects: dict[str, list[Field]] = {}
    for one in document.fields:
        if one.subject:
            subjects.setdefault(one.subject, []).append(one)
    refused = {
        post
        for post, subject in document.writers
        if _refuses(_authors(subjects.get(subject, []), directory, document.place), policy)
    }
    passed_on = _passed_on(document, directory, policy)
    reasons: dict[int, str] = {}
    for index, section in enumerate(document.sections):
        fields = [one for by in authors(section.author) for one in subjects.get(by, [])]
        reason = _reason(
            section,
            fields,
            document.place,
            directory=directory,
            policy=policy,
            removed=removed,
            removed_users=removed_users,
        )
        if not reason and (
            index in passed_on or refused.intersection((section.id, *section.posts))
        ):
            reason = CONSENT
        if reason:
            reasons[index] = reason
    return reasons
