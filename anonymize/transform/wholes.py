"""What a field becomes that is replaced as a whole: a name, a handle, an id, a time, a place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from anonymize.model.decisions import Operator
from anonymize.model.directory import Directory, Entry
from anonymize.model.encodings import decode, encode
from anonymize.model.fields import Encoding, Field, Path, Role
from anonymize.model.keys import Keys
from anonymize.model.labels import is_generic_label
from anonymize.model.policies import Policy
from anonymize.transform import counts, masking
from anonymize.transform.forms import render_display, render_name
from anonymize.transform.ids import surrogate_id
from anonymize.transform.places import is_coordinates
from anonymize.transform.surfaces import Context, Surfaces
from anonymize.transform.tokens import token

_CACHE = 8192
"""Values kept: an account's stand in each of its posts."""
_LONGEST = 256
"""Characters of a value that is kept with what becomes of it; ids and addresses are shorter."""
OF_NOBODY = frozenset(
    {Role.ID, Role.DATE, Role.PLACE, Role.URL, Role.COUNT, Role.CODE, Role.OPAQUE}
)
"""Roles of fields whose new value does not depend on who is meant."""
_PLATFORMS = ("x", "mastodon", "bluesky")
_SEVERAL = re.compile(r"[^\s,;|\"'\[\]{}]+")
_STEP = re.compile(r"@?[A-Za-z_][A-Za-z0-9_.-]{0,40}")
_DIGITS = re.compile(r"[0-9]{5}")
_ID_TYPES = {"user": "USER_ID", "post": "POST_ID", "media": "MEDIA_ID"}
_TEXT_TYPES = {"email": "EMAIL_ADDRESS", "phone": "PHONE_NUMBER"}
_ROLE_TYPES = {
    Role.NAME: "PERSON",
    Role.HANDLE: "HANDLE",
    Role.DATE: "DATE_TIME",
    Role.PLACE: "LOCATION",
    Role.URL: "URL",
}


def entity_type_of(one: Field) -> str:
    """Return the entity type a field holds."""
    if one.role is Role.ID:
        return _ID_TYPES.get(one.kind, "ID")
    if one.role is Role.TEXT:
        return _TEXT_TYPES.get(one.kind, "TEXT")
    return _ROLE_TYPES.get(one.role, one.role.value.upper())


def path_pattern(keys: Keys, path: Path) -> str:
    """Return the path of a field for reports: positions as `[]`, odd keys as tokens.

    A key may be a value (a handle, an id), so only plain names of keys are shown.
    """
    out = ""
    for step in path:
        if isinstance(step, int):
            out += "[]"
            continue
        plain = _STEP.fullmatch(step) and not _DIGITS.search(step)
        out += ("." if out else "") + (step if plain else token(keys, "path", step, 8))
    return out


def subjects(fields: Sequence[Field]) -> Mapping[str, tuple[Field, ...]]:
    """Return the id and handle fields of each subject, by which an account is known."""
    found: dict[str, list[Field]] = {}
    for one in fields:
        account = one.role is Role.HANDLE or (one.role is Role.ID and one.kind == "user")
        if one.subject and account:
            found.setdefault(one.subject, []).append(one)
    return {subject: tuple(members) for subject, members in found.items()}


class Wholes:
    """Replaces whole fields for one tier.

    Args:
        policy: The tier.
        keys: Its keys.
        directory: Who is who.
        surfaces: Replaces surfaces, for fields that are one.
    """

    __slots__ = ("_directory", "_kept", "_keys", "_policy", "_surfaces")

    def __init__(
        self,
        policy: Policy,
        keys: Keys,
        directory: Directory,
        surfaces: Surfaces,
    ) -> None:
        self._policy = policy
        self._keys = keys
        self._kept = lru_cache(_CACHE)(self._new)
        self._directory = directory
        self._surfaces = surfaces

    def entry(self, one: Field, account: Sequence[Field], scope: str) -> Entry | None:
        """Return who a name or handle field speaks of: by id, then handle, then name."""
        if one.role is Role.TEXT:
            return self._surfaces.entry(entity_type_of(one), one.value, Context(scope))
        if one.role is Role.HANDLE:
            found = self._by_handle(one)
            if found is not None:
                return found
        elif one.role is not Role.NAME:
            return None
        found = self.whose(account)
        if found is not None:
            return found
        if one.role is Role.NAME:
            return self._surfaces.named(decode(one.value, one.encoding).text.strip(), scope)
        return None

    def whose(self, account: Sequence[Field]) -> Entry | None:
        """Return whose the id and handle fields of an account are."""
        for other in account:
            if other.role is Role.ID:
                for platform in _PLATFORMS:
                    found = self._directory.user(platform, other.value)
                    if found is not None:
                        return found
        for other in account:
            found = self._by_handle(other) if other.role is Role.HANDLE else None
            if found is not None:
                return found
        return None

    def _by_handle(self, one: Field) -> Entry | None:
        return self._directory.handle(one.kind or "x", one.value.strip().lstrip("@"))

    def replace(
        self,
        one: Field,
        operator: Operator,
        entry: Entry | None,
        scope: str,
    ) -> str | None:
        """Return the new value of a field, or None when the leaf must go.

        An operator that makes no sense for the role drops numbers and times, and tags words.
        """
        if operator is Operator.KEEP:
            return one.value
        if operator is Operator.DROP:
            # An empty leaf goes as well: its key may be somebody's name.
            return None
        if one.role in OF_NOBODY and len(one.value) <= _LONGEST:
            # Whoever it is about, it becomes the same: kept for values seen again.
            return self._kept(one.role, one.kind, one.encoding, one.value, operator)
        return self._changed(one, operator, entry, scope)

    def _new(
        self, role: Role, kind: str, encoding: Encoding, value: str, operator: Operator
    ) -> str | None:
        one = Field((), role, value, kind=kind, encoding=encoding)
        return self._changed(one, operator, None, "")

    def _changed(
        self,
        one: Field,
        operator: Operator,
        entry: Entry | None,
        scope: str,
    ) -> str | None:
        if not one.value.strip():
            return one.value
        value = decode(one.value, one.encoding).text
        new = self._replaced(one, value, operator, entry, scope)
        if new is None or new == value:
            return one.value if new == value else None
        return encode(new, Encoding.PLAIN if one.role is Role.COUNT else one.encoding)

    def _replaced(
        self,
        one: Field,
        value: str,
        operator: Operator,
        entry: Entry | None,
        scope: str,
    ) -> str | None:
        numeric = one.role in {Role.COUNT, Role.DATE, Role.OPAQUE, Role.CODE}
        match operator, one.role:
            case Operator.PSEUDONYM, Role.NAME:
                return self._name(one, value, entry)
            case Operator.PSEUDONYM, Role.HANDLE:
                return self._handles(one, value, entry)
            case Operator.PSEUDONYM, Role.ID:
                return surrogate_id(self._keys, value)
            case Operator.PSEUDONYM, Role.URL:
                return self._surfaces.links.values(value)
            case Operator.SHIFT, Role.DATE:
                return self._surfaces.date(value, shift=self._policy.shift)
            case ((Operator.COARSEN | Operator.GENERALISE), Role.DATE):
                return self._surfaces.date(value, shift=False)
            case ((Operator.COARSEN | Operator.GENERALISE), Role.COUNT):
                return counts.coarsen_count(value, self._policy.counts)
            case Operator.GENERALISE, Role.PLACE:
                if is_coordinates(value):
                    return None
                return self._surfaces.ladder.place(value, self._policy.places)
            case _, Role.TEXT if one.kind in _TEXT_TYPES:
                entity_type = entity_type_of(one)
                context = Context(scope)
                return self._surfaces.replace(entity_type, operator, value, entry, context)
            case _ if numeric or (one.role is Role.PLACE and is_coordinates(value)):
                return None
            case Operator.MASK, _:
                return masking.mask(value)
            case _:
                return masking.tag(self._keys, entity_type_of(one), value)

    def _name(self, one: Field, value: str, entry: Entry | None) -> str:
        """Return a name field; a label that names nobody stays."""
        style = self._policy.names
        speaker = one.kind in {"speaker", "person"}
        if speaker and is_generic_label(value) and not (entry and entry.person.roster):
            return value
        if entry is None:
            if speaker:
                return "Speaker " + token(self._keys, "label", value.strip().lower(), 4).upper()
            return masking.tag(self._keys, "PERSON", value)
        if one.kind == "display":
            return render_display(value, entry.person, entry.surrogate, style)
        return render_name(value, entry.person, entry.surrogate, style)

    def _handles(self, one: Field, value: str, entry: Entry | None) -> str:
        """Return a field of one handle, or of several in any punctuation."""
        platform = one.kind or "x"
        several = _SEVERAL.findall(value)
        if len(several) == 1:
            new = self._surfaces.handle(platform, several[0], entry)
            return value.replace(several[0], new)
        return _SEVERAL.sub(
            lambda match: (
                ("@" if match.group().startswith("@") else "")
                + self._surfaces.any_handle(platform, match.group().lstrip("@"))
            ),
            value,
        )
