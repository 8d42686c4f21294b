"""Policies from YAML files: one access tier each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

from anonymize.model.decisions import Operator
from anonymize.model.fields import Role
from anonymize.model.folding import words as folded
from anonymize.model.policies import NameStyle, PlaceLevel, Policy, Precision, Recall
from anonymize.rulepacks.location import shipped
from anonymize.rulepacks.reading import Entry, Faults, folder_file, read_yaml
from anonymize.rulepacks.recognizers import is_entity

K = TypeVar("K")
V = TypeVar("V")

_KEYS = (
    "name",
    "summary",
    "extends",
    "entities",
    "roles",
    "thresholds",
    "recall",
    "review",
    "names",
    "dates",
    "shift",
    "places",
    "counts",
    "url_domains",
    "withhold_consent",
    "keyed_order",
    "allow",
    "fields",
)
_ROLES = tuple(role for role in Role if role not in {Role.TEXT, Role.OFFSET})
"""Roles a policy decides; text is decided span by span, offsets follow their text."""
_CONSENT = ("yes", "no", "withdrawn")
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_SURE = ("field", "known")
"""Sources that are no recognizers: fields by their role, and identifiers learned elsewhere."""
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def _operator(entry: Entry, *, dates: bool, counts: bool) -> Operator:
    operator = entry.choice(Operator, Operator.DROP)
    if operator is Operator.SHIFT and not dates:
        entry.fault("only dates can be shifted")
    if operator is Operator.COARSEN and not (dates or counts):
        entry.fault("only dates, counts and ages can be coarsened")
    return operator


def _entity_keys(entry: Entry) -> dict[str, Entry]:
    found = entry.mapping()
    for name, value in found.items():
        if name != "*" and not is_entity(name):
            value.fault("an entity type is like PERSON or UK_NHS, or *")
    return found


def _entities(entry: Entry) -> dict[str, Operator]:
    return {
        name: _operator(value, dates=name == "DATE_TIME", counts=name == "AGE")
        for name, value in _entity_keys(entry).items()
    }


def _roles(entry: Entry) -> dict[Role, Operator]:
    keys = entry.keys([role.value for role in _ROLES])
    return {
        Role(name): _operator(value, dates=name == Role.DATE, counts=name == Role.COUNT)
        for name, value in keys.items()
    }


def _thresholds(entry: Entry) -> dict[str, float]:
    out: dict[str, float] = {}
    for name, value in entry.mapping().items():
        entity, sourced, source = name.partition("@")
        if sourced and source in _SURE:
            value.fault("what is known is acted upon whatever its score")
        elif name != "*" and not (is_entity(entity) and (not sourced or _NAME.fullmatch(source))):
            value.fault("an entity type is like PERSON, PERSON@ner for one source, or *")
        out[name] = value.number(0, 1)
    return out


def _review(entry: Entry) -> frozenset[str]:
    found = entry.texts()
    if not all(map(is_entity, found)):
        entry.fault("an entity type is like PERSON or UK_NHS")
    return frozenset(found)


def _merged(below: dict[K, V] | None, above: dict[K, V]) -> dict[K, V]:
    return {**(below or {}), **above}


def _listed(entry: Entry, known: tuple[str, ...] = ()) -> frozenset[str]:
    found = entry.texts()
    if known and any(item not in known for item in found):
        entry.fault("must be some of " + ", ".join(known))
    return frozenset(found)


def _read(path: Path, seen: tuple[Path, ...]) -> Policy:
    faults = Faults(f"policy {path.name}")
    root, _ = read_yaml(path, faults)
    keys = root.keys(_KEYS, ("name",))
    base = Policy("")
    if "extends" in keys:
        parent = folder_file(
            keys["extends"].text(empty=False), shipped("rules") / "policies", "policy"
        )
        if parent.resolve() in seen:
            keys["extends"].fault("policies extend one another in a circle")
            faults.raise_any()
        base = _read(parent, (*seen, parent.resolve()))
    name = keys["name"].text(empty=False) if "name" in keys else ""
    if name and _NAME.fullmatch(name) is None:
        keys["name"].fault("lower-case letters, digits, - and _")
    entities = dict(base.entities)
    roles = dict(base.roles)
    thresholds = dict(base.thresholds)
    fields = dict(base.fields)
    if "entities" in keys:
        entities = _merged(entities, _entities(keys["entities"]))
    if "roles" in keys:
        roles = _merged(roles, _roles(keys["roles"]))
    if "thresholds" in keys:
        thresholds = _merged(thresholds, _thresholds(keys["thresholds"]))
    if "fields" in keys:
        own = {k: v.choice(Operator, Operator.DROP) for k, v in keys["fields"].mapping().items()}
        fields = _merged(fields, own)
    # Without these a value could come along that nobody decided about.
    if "*" not in entities:
        faults.add(0, "entities: lacks *, the operator of every other entity type")
    if "*" not in thresholds:
        faults.add(0, "thresholds: lacks *, the least score of every other entity type")
    for role in _ROLES:
        if role not in roles:
            faults.add(0, f"roles: lacks {role.value}")
    domains = _listed(keys["url_domains"]) if "url_domains" in keys else base.url_domains
    if any(_DOMAIN.fullmatch(domain) is None for domain in domains):
        keys["url_domains"].fault("a domain is like example.org, lower case")
    consent = base.withhold_consent
    if "withhold_consent" in keys:
        consent = _listed(keys["withhold_consent"], _CONSENT)
    allow = base.allow
    if "allow" in keys:
        allow = frozenset(folded(word) for word in keys["allow"].texts()) - {""}
    policy = Policy(
        name=name,
        summary=keys["summary"].text().strip() if "summary" in keys else base.summary,
        entities=entities,
        roles=roles,
        thresholds=thresholds,
        recall=keys["recall"].choice(Recall, base.recall) if "recall" in keys else base.recall,
        review=_review(keys["review"]) if "review" in keys else base.review,
        names=keys["names"].choice(NameStyle, base.names) if "names" in keys else base.names,
        dates=keys["dates"].choice(Precision, base.dates) if "dates" in keys else base.dates,
        shift=keys["shift"].flag() if "shift" in keys else base.shift,
        places=keys["places"].choice(PlaceLevel, base.places) if "places" in keys else base.places,
        counts=keys["counts"].whole(-1, 6) if "counts" in keys else base.counts,
        url_domains=domains,
        withhold_consent=consent,
        keyed_order=keys["keyed_order"].flag() if "keyed_order" in keys else base.keyed_order,
        allow=allow,
        fields=fields,
    )
    faults.raise_any()
    return policy


def load_policy(name_or_path: str | Path) -> Policy:
    """Return a policy, checked throughout, with what it extends filled in.

    Args:
        name_or_path: Name of a shipped policy, or a YAML file.

    Raises:
        RuleError: With every fault of the file, or of one it extends.
    """
    path = folder_file(name_or_path, shipped("rules") / "policies", "policy")
    return _read(path, (path.resolve(),))
