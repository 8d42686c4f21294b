"""Which records are withheld as a whole: consent refused, content deleted by its author."""

from __future__ import annotations

from collections.abc import Container, Mapping

from anonymize.model.directory import Directory
from anonymize.model.documents import Document, Section
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


def _reason(
    section: Section,
    fields: list[Field],
    scope: str,
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
    if any(
        person.consent in policy.withhold_consent
        for person in _authors(fields, directory, scope)
        if person.consent
    ):
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
    author: user id, handle, speaker label.

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
    reasons: dict[int, str] = {}
    for index, section in enumerate(document.sections):
        fields = subjects.get(section.author, []) if section.author else []
        reason = _reason(section, fields, document.scope, directory, policy, removed, removed_users)
        if reason:
            reasons[index] = reason
    return reasons
