"""What a found stretch of text becomes, by its entity type and operator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from anonymize.model.decisions import Operator
from anonymize.model.directory import Directory, Entry
from anonymize.model.folding import words
from anonymize.model.identities import Kind, Person
from anonymize.model.keys import Keys
from anonymize.model.names import clean, split_possessive
from anonymize.model.policies import Policy
from anonymize.model.rules import RulePack
from anonymize.transform import contacts, dates, generalisation, handles, masking
from anonymize.transform.forms import bears, render_name
from anonymize.transform.ids import surrogate_id
from anonymize.transform.places import PlaceLadder
from anonymize.transform.text_dates import shift_text
from anonymize.transform.urls import Links

ELLIPSIS = ("…", "...")
_IDS = frozenset({"USER_ID", "POST_ID", "MEDIA_ID", "ID"})
_EDGE = re.compile(r"^[\s\"“”‘]+|[\s\"“”,;:!?]+$")
_REACHABLE = frozenset({"PERSON", "SPEAKER", "ORGANIZATION"})


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a surface.

    Attributes:
        scope: Of the document.
        joined: Whether letters, digits or `#` touch it, so that it is part of a word.
        cut: Whether the text breaks off behind it.
        about: Whom a post names or answers, besides its writer.
    """

    scope: str = field(default="", repr=False)
    joined: bool = False
    cut: bool = False
    about: tuple[Entry, ...] = ()


class Surfaces:
    """Replaces surfaces for one tier.

    Args:
        policy: The tier.
        keys: Its keys.
        directory: Who is who.
        packs: Rule packs, in order of precedence.
    """

    __slots__ = ("_directory", "_keys", "_packs", "_policy", "_shift", "ladder", "links")

    def __init__(
        self,
        policy: Policy,
        keys: Keys,
        directory: Directory,
        packs: Sequence[RulePack],
    ) -> None:
        self._policy = policy
        self._keys = keys
        self._directory = directory
        self._packs = tuple(packs)
        self._shift = dates.weeks_shift(keys)
        self.ladder = PlaceLadder(self._packs, keys)
        self.links = Links(
            keys, self._known_handle, self.any_handle, policy.url_domains, self._is_known
        )

    def entry(self, entity_type: str, surface: str, context: Context) -> Entry | None:
        """Return who a surface stands for; None when that is not known."""
        if entity_type in _REACHABLE:
            return self._among(surface, self.named(surface, context.scope), context.about)
        if entity_type == "HANDLE":
            platform, bare = handles.platform_of(surface), surface.strip().lstrip("@")
            found = self._directory.handle(platform, bare)
            if found is None and context.cut:
                found = self._directory.handle(platform, bare, cut=True)
            return found
        if entity_type == "EMAIL_ADDRESS":
            return self._directory.email(contacts.normal_email(surface))
        if entity_type == "PHONE_NUMBER":
            return self._directory.phone(surface)
        return None

    @staticmethod
    def _among(surface: str, found: Entry | None, about: Sequence[Entry]) -> Entry | None:
        """Return who is meant; of several who might be, the one whom the post is about.

        Where a name was found by knowing it and no recognizer saw it, nobody was asked yet who
        of those is meant in this post.
        """
        if found is None or not found.person.ambiguous:
            return found
        bearers = [entry for entry in about if bears(entry.person, surface)]
        return bearers[0] if len(bearers) == 1 else found

    def named(self, surface: str, scope: str) -> Entry | None:
        """Return who bears a name, as written or without its trimmings."""
        bare = _EDGE.sub("", surface)
        base, _ = split_possessive(bare)
        for form in dict.fromkeys((surface, bare, base, clean(base))):
            found = self._directory.name(form, scope) if form else None
            if found is not None:
                return found
        return None

    def replace(
        self,
        entity_type: str,
        operator: Operator,
        surface: str,
        entry: Entry | None,
        context: Context,
    ) -> str:
        """Return what stands instead of a surface; the surface itself where nothing changes.

        An operator that makes no sense for the type, and a surface that is not understood,
        become a tag.
        """
        new: str | None = None
        match operator:
            case Operator.KEEP:
                return surface
            case Operator.DROP:
                return ""
            case Operator.MASK:
                return masking.mask(surface)
            case Operator.PSEUDONYM:
                new = self._pseudonym(entity_type, surface, entry, context)
            case Operator.GENERALISE:
                new = self._generalised(entity_type, surface)
            case Operator.SHIFT if entity_type == "DATE_TIME":
                new = self.date_in_text(surface, shift=self._policy.shift)
            case Operator.COARSEN if entity_type == "DATE_TIME":
                new = self.date_in_text(surface, shift=False)
            case Operator.COARSEN if entity_type == "AGE":
                new = generalisation.age_band(surface, generalisation.WIDE_BAND)
            case Operator.TAG if entry is not None and entity_type in _REACHABLE:
                new = self._person_tag(surface, entry, joined=context.joined)
            case _:
                pass
        if new is not None:
            return new
        if entity_type == "DATE_TIME":
            return "[DATE]"
        tag = masking.tag(self._keys, entity_type, _EDGE.sub("", surface))
        return tag.strip("[]") if context.joined else tag

    def _pseudonym(
        self,
        entity_type: str,
        surface: str,
        entry: Entry | None,
        context: Context,
    ) -> str | None:
        surrogate = entry.surrogate if entry else None
        if entity_type in _REACHABLE:
            return None if entry is None else self._name(surface, entry, joined=context.joined)
        if entity_type == "HANDLE":
            return self.handle(handles.platform_of(surface), surface, entry, cut=context.cut)
        if entity_type == "EMAIL_ADDRESS":
            return contacts.surrogate_email(self._keys, surface, surrogate)
        if entity_type == "PHONE_NUMBER":
            return contacts.surrogate_phone(
                self._keys, surface, self._packs, lambda n: self._directory.phone(n) is not None
            )
        if entity_type == "URL":
            return self.links.values(surface)
        if entity_type in _IDS:
            return surrogate_id(self._keys, surface)
        return None

    def _name(self, surface: str, entry: Entry, *, joined: bool) -> str:
        """Return a name in its form; what was found with it at its edges stays."""
        start = _EDGE.match(surface)
        head = start.group() if start else ""
        rest = surface[len(head) :]
        end = _EDGE.search(rest)
        core = rest[: end.start()] if end else rest
        tail = rest[len(core) :]
        if not core:
            head, core, tail = "", surface, ""
        style = self._policy.names
        return head + render_name(core, entry.person, entry.surrogate, style, joined=joined) + tail

    def _person_tag(self, surface: str, entry: Entry, *, joined: bool) -> str:
        _, ending = split_possessive(_EDGE.sub("", surface))
        tag = entry.surrogate.tag
        if not tag:
            kind = "PERSON" if entry.person.kind is Kind.PERSON else "ORGANIZATION"
            tag = masking.tag(self._keys, kind, entry.person.id).strip("[]")
        return (tag if joined else f"[{tag}]") + ending

    def _generalised(self, entity_type: str, surface: str) -> str | None:
        match entity_type:
            case "LOCATION":
                return self.ladder.place(surface, self._policy.places)
            case "POSTCODE":
                return self.ladder.postcode(surface, self._policy.places)
            case "AGE":
                return generalisation.age_band(surface)
            case "JOB_TITLE":
                return generalisation.occupation(surface)
            case "DATE_TIME":
                return self.date_in_text(surface, shift=self._policy.shift)
            case _:
                return generalisation.about(entity_type, surface)

    def date_in_text(self, surface: str, *, shift: bool) -> str | None:
        """Return a date written in text under the tier's rules; None if not understood."""
        by = self._shift if shift else self._shift * 0
        return shift_text(surface, by, self._policy.dates)

    def date(self, value: str, *, shift: bool) -> str | None:
        """Return the value of a date field under the tier's rules; None if not understood.

        Platforms write times, people write dates: the header of an interview holds words.
        """
        by = self._shift if shift else self._shift * 0
        found = dates.shift_value(value, by, self._policy.dates)
        return shift_text(value, by, self._policy.dates) if found is None else found

    def handle(
        self,
        platform: str,
        surface: str,
        entry: Entry | None,
        *,
        cut: bool = False,
    ) -> str:
        """Return the surrogate of a handle, cut where it is shown cut and not known whole."""
        surrogate = entry.surrogate if entry else None
        if cut and self._directory.handle(platform, surface.strip().lstrip("@")) is None:
            person = entry.person if entry else None
            return handles.cut_handle(self._keys, platform, surface, person, surrogate)
        return handles.surrogate_handle(self._keys, platform, surface, surrogate)

    def any_handle(self, platform: str, handle: str) -> str:
        """Return the surrogate of a handle, whosever it is."""
        return self.handle(platform, handle, self._directory.handle(platform, handle))

    def _is_known(self, word: str) -> bool:
        """Whether a word is a handle or name of somebody in the corpus."""
        known = self._directory.handle("x", word) or self._directory.name(word)
        return known is not None

    def _known_handle(self, platform: str, handle: str) -> str | None:
        entry = self._directory.handle(platform, handle)
        return None if entry is None else self.handle(platform, handle, entry)


_SURE = frozenset({"field", "known"})


def allowed(policy: Policy, surface: str, recognizer: str, person: Person | None) -> bool:
    """Whether the policy keeps a surface: a public body or figure, and nobody of the corpus.

    Everybody spoken of is a person of the project.  Known are those of the roster, with an
    account or address, and whose name is searched for; their identity wins.

    Args:
        policy: The tier.
        surface: What was found.
        recognizer: What found it.
        person: Who it is, where that is known.
    """
    if words(split_possessive(surface.strip())[0]) not in policy.allow:
        return False
    return recognizer.partition("/")[0] not in _SURE and (
        person is None
        or not (
            person.ambiguous
            or person.roster
            or person.handles
            or person.user_ids
            or person.emails
            or person.phones
        )
    )
