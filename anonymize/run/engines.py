"""What a process needs for its stage, made once and kept: detector, directory, transformer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from anonymize.decide.consent import withheld_sections
from anonymize.decide.decisions import decide_field, decide_span
from anonymize.detect import tags
from anonymize.detect.echoes import Heard, echoes
from anonymize.detect.engine import Detector, Text, versions_of
from anonymize.detect.known import KnownMatcher
from anonymize.detect.languages import KNOWN, require, tell
from anonymize.detect.minilm import OwnModel
from anonymize.detect.ner import EntityModel
from anonymize.detect.overlaps import resolve
from anonymize.detect.routing import Router
from anonymize.detect.spacy_models import Installed, installed
from anonymize.link.store import IdentityStore
from anonymize.model.directory import Remembered
from anonymize.model.documents import Document, RemovalKind
from anonymize.model.fields import SHARED, Encoding, Field, Role
from anonymize.model.fields import Path as FieldPath
from anonymize.model.keys import Keys
from anonymize.model.policies import Policy, Recall
from anonymize.model.rules import RulePack
from anonymize.model.spans import Finding, Span
from anonymize.rulepacks import location, vocabulary
from anonymize.rulepacks.packs import load_pack
from anonymize.rulepacks.policies import load_policy
from anonymize.run import naming, parts
from anonymize.run.project import Workspace
from anonymize.run.summary import found_counts
from anonymize.transform.document import Transformed, Transformer
from anonymize.transform.pools import name_pool, pool_words
from anonymize.transform.tokens import token


@dataclass(frozen=True, slots=True)
class Task:
    """What is the same for all jobs of a run; it names the key's folder and holds no key.

    Attributes:
        project: The project folder.
        policy: Name or file of the policy.
        packs: Names or files of the rule packs.
        languages: See `spoken`.
        recall: How much the named-entity model is asked to find.
        folder: Where applied parts are written.
        state: Digest of identities and decisions, so that no process keeps an older state.
        key: Public id of the project's key, so that no process keeps an older one.
    """

    project: str
    policy: str
    packs: tuple[str, ...]
    languages: tuple[str, ...] = ("en",)
    recall: Recall = Recall.HIGH
    folder: str = ""
    state: str = ""
    key: str = ""


@lru_cache(maxsize=2)
def rule_packs(names: tuple[str, ...]) -> tuple[RulePack, ...]:
    """Return the packs of a run."""
    return tuple(map(load_pack, names))


def spoken(language: str) -> tuple[str, ...]:
    """Return the languages texts may be in, the main one first; several are told apart.

    Args:
        language: ISO 639-1 code, or `auto`.

    Raises:
        EngineError: If they are to be told apart and what that needs is not installed.
    """
    if language != "auto":
        return (language or KNOWN[0],)
    require()
    return KNOWN


def with_languages(names: tuple[str, ...], languages: Sequence[str]) -> tuple[str, ...]:
    """Return the names of rule packs, joined by those shipped for these other languages."""
    shipped = location.names("packs")
    return tuple(
        dict.fromkeys(
            (*names, *(code for code in languages if code in shipped and code != KNOWN[0]))
        )
    )


@lru_cache(maxsize=1)
def _own() -> EntityModel:
    return OwnModel()


@lru_cache(maxsize=2)
def other_models(languages: tuple[str, ...]) -> Installed:
    """Return what is installed for languages the own model does not read."""
    return installed(languages)


@lru_cache(maxsize=2)
def detector(
    names: tuple[str, ...],
    languages: tuple[str, ...],
    recall: Recall = Recall.HIGH,
) -> Detector:
    """Return the detector of a process."""
    return Detector(
        rule_packs(names),
        languages=languages,
        model=_own(),
        others=other_models(languages).models,
        recall=recall,
    )


def versions(
    names: tuple[str, ...],
    languages: tuple[str, ...],
    recall: Recall = Recall.HIGH,
) -> dict[str, str]:
    """Return the versions of the `detector` of these, which is dear to make, without it."""
    models = Router(_own(), other_models(languages).models).models
    return versions_of(rule_packs(names), models, recall, languages)


@lru_cache(maxsize=1)
def surrogate_words() -> frozenset[str]:
    """Return every word that may become part of a surrogate name, folded."""
    return pool_words(name_pool())


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was detected in a document.

    Attributes:
        findings: Spans with their fields.
        withheld: Sections to withhold, with reasons.
        unaided: Number of texts by language that no model reads; see `detect.routing`.
    """

    findings: tuple[Finding, ...]
    withheld: tuple[tuple[int, str], ...] = ()
    unaided: Mapping[str, int] = field(default_factory=dict)

    @property
    def found(self) -> parts.Found:
        """What later stages are given."""
        return parts.Found(self.findings, self.withheld)


class Scanner:
    """Detects in documents.

    Args:
        keys: They seal what was learned.
        engine: The detector.
        pool: Words that could become surrogates.
    """

    __slots__ = ("_detector", "keys", "pool")

    def __init__(self, keys: Keys, engine: Detector, pool: frozenset[str]) -> None:
        self.keys = keys
        self.pool = pool
        self._detector = engine

    def detect(self, documents: Sequence[Document]) -> list[Scanned]:
        """Return what is in each document."""
        engine = self._detector
        texts = [
            text
            for document in documents
            for text in tell(_texts(document), document.language, engine.languages)
        ]
        detected = iter(zip(texts, engine.detect(texts), strict=True))
        out = []
        for document in documents:
            findings: list[Finding] = []
            withheld: dict[int, str] = {}
            unaided: Counter[str] = Counter()
            for one in document.fields:
                if one.role is Role.TEXT:
                    text, found = next(detected)
                    findings += [Finding(one.path, span) for span in found.spans]
                    if found.problems:
                        withheld.setdefault(one.section, found.problems[0])
                    if text.kind in _FREE and engine.unaided(text.language):
                        unaided[text.language] += 1
            out.append(Scanned(tuple(findings), tuple(sorted(withheld.items())), dict(unaided)))
        return out


_FREE = frozenset(("", "bio"))
"""Kinds of texts that a named-entity model reads (`Field.kind`)."""


def _texts(document: Document) -> list[Text]:
    return [Text(f.value, f.encoding, kind=f.kind) for f in document.fields if f.role is Role.TEXT]


def by_field(findings: Iterable[Finding]) -> dict[FieldPath, list[Span]]:
    """Return the spans of a document by the field they stand in."""
    by_path: dict[FieldPath, list[Span]] = {}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding.span)
    return by_path


_LONGEST = 1000
"""Characters of a text that is kept with what is known in it: posts are shorter."""
_TEXTS = 8192
"""Texts kept: retweets, profiles and quotes come again and again."""


def marked(field: Field, own: Sequence[Span], matcher: KnownMatcher) -> tuple[Span, ...]:
    """Return what was found in a field and what is known, disjoint."""
    known = matcher.find(field.value, field.encoding, own, kind=field.kind)
    return resolve((*own, *known), field.value, field.encoding)


class Applier:
    """Carries decisions out.

    Args:
        keys: Of the project.
        policy: The access tier.
        store: Who is who.
        packs: Gazetteers, number ranges, forms of address.
    """

    __slots__ = (
        "_common", "_directory", "_marked", "_matcher", "_policy", "_removed", "_shown", "_tier",
        "_transformer", "name",
    )  # fmt: skip

    _removed: Mapping[RemovalKind, frozenset[str]]

    def __init__(
        self,
        keys: Keys,
        policy: Policy,
        store: IdentityStore,
        packs: Sequence[RulePack],
    ) -> None:
        self._policy = policy
        self._tier = keys.tier(policy.name)
        self.name = naming.shared(self._tier)
        self._directory = Remembered(store.directory(policy.name))
        self._matcher = KnownMatcher(store.known(), is_id=store.is_id)
        self._marked = lru_cache(_TEXTS)(self._mark)
        self._shown = lru_cache(_TEXTS)(self._show)
        self._common = vocabulary.common(packs) | vocabulary.allowed(packs)
        removals = store.removals()
        self._removed = {
            kind: frozenset(one.id for one in removals if one.kind is kind) for kind in RemovalKind
        }
        self._transformer = Transformer(
            policy,
            self._tier,
            keys,
            self._directory,
            packs,
            decide_span=decide_span,
            decide_field=decide_field,
        )

    def record_name(self, file: str, ordinal: int) -> str:
        """Return what a record without an id of its own is called in the shared folder."""
        return f"{file}#{ordinal + 1}"

    def section_name(self, document: Document, section: int, name: str) -> str:
        """Return what a section is called in audit and withheld list."""
        return self._transformer.section_name(document, section, name)

    def order_key(self, name: str) -> str:
        """Return the key by which a record is ordered where input order must not show."""
        return self._tier.token("order", name, 24)

    def spans(self, document: Document, found: parts.Found) -> dict[FieldPath, tuple[Span, ...]]:
        """Return what stands in each text: findings and known identifiers, disjoint."""
        by_path = by_field(found.findings)
        for path, again in self._echoes(document, by_path).items():
            by_path.setdefault(path, []).extend(again)
        spans: dict[FieldPath, tuple[Span, ...]] = {}
        for one in document.fields:
            # A place may name a person's house or her school, and a policy may keep it.
            if one.role in {Role.TEXT, Role.PLACE}:
                own = by_path.get(one.path, ())
                if len(one.value) > _LONGEST:
                    spans[one.path] = marked(one, own, self._matcher)
                else:
                    spans[one.path] = self._marked(one.value, one.encoding, one.kind, tuple(own))
        more = tags.beside(document.fields, spans)
        for one in document.fields:
            if one.path in more:
                found_there = (*spans[one.path], *more[one.path])
                spans[one.path] = resolve(found_there, one.value, one.encoding)
        return spans

    def _mark(
        self, value: str, encoding: Encoding, kind: str, own: tuple[Span, ...]
    ) -> tuple[Span, ...]:
        """Return what was found in a value and what is known, for values seen again."""
        one = Field((), Role.TEXT, value, kind=kind, encoding=encoding)
        return marked(one, own, self._matcher)

    def _echoes(
        self,
        document: Document,
        found: Mapping[FieldPath, Sequence[Span]],
    ) -> dict[FieldPath, tuple[Span, ...]]:
        """Return where names found in one turn stand again; a lone post has no other turn."""
        if len(document.sections) < 2 or document.writers:
            return {}
        texts = [f for f in document.fields if f.role is Role.TEXT and not f.kind]
        heard = [Heard(f.value, f.encoding, tuple(found.get(f.path, ()))) for f in texts]
        again = echoes(heard, self._common)
        return {one.path: spans for one, spans in zip(texts, again, strict=True)}

    def transform(self, document: Document, found: parts.Found, name: str) -> Transformed:
        """Return the document's new texts with their audit entries."""
        withheld = dict(found.withheld)
        withheld.update(
            withheld_sections(
                document,
                self._directory,
                self._policy,
                self._removed[RemovalKind.POST],
                self._removed[RemovalKind.USER],
            ),
        )
        spans = self.spans(document, found)
        done = self._transformer.document(document, spans, name, withheld)
        # What no section owns is dropped when its detection failed, and is no record.
        owned = {at: reason for at, reason in withheld.items() if at != SHARED}
        counts = {**self._unnamed(done.counts), **found_counts(spans)}
        return self._without_places(document, replace(done, withheld=owned, counts=counts))

    def _unnamed(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Return counters in which no dropped key is a known identifier."""
        out: dict[str, int] = {}
        for name, count in counts.items():
            shown = self._shown(name)
            out[shown] = out.get(shown, 0) + count
        return out

    def _show(self, name: str) -> str:
        """Return the name of a counter, with a token for a key that is a known identifier."""
        group, _, pattern = name.rpartition("/")
        if not group.startswith("dropped/") or not self._matcher.find(pattern):
            return name
        return f"{group}/key-{token(self._tier, 'path', pattern, 8)}"

    def _without_places(self, document: Document, done: Transformed) -> Transformed:
        """Drop the places of a document whose author asked the platform to forget them.

        Some control lines name her account, some the post; either is enough.
        """
        asked = self._removed[RemovalKind.GEO]
        if not asked or not any(f.role is Role.ID and f.value in asked for f in document.fields):
            return done
        places = {f.path for f in document.fields if f.role is Role.PLACE}
        return replace(
            done,
            texts={path: None if path in places else new for path, new in done.texts.items()},
            entries=tuple(entry for entry in done.entries if entry.path not in places),
        )


@lru_cache(maxsize=1)
def scanner(task: Task) -> Scanner:
    """Return this process's scanner."""
    keys = Workspace(Path(task.project)).keys()
    return Scanner(keys, detector(task.packs, task.languages, task.recall), surrogate_words())


@lru_cache(maxsize=1)
def applier(task: Task) -> Applier:
    """Return this process's applier."""
    space = Workspace(Path(task.project))
    keys = space.keys()
    store = IdentityStore(space.vault, keys)
    return Applier(keys, load_policy(task.policy), store, rule_packs(task.packs))
