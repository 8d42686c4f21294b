from __future__ import annotations

from pathlib import Path

import pytest

from anonymize.detect.overlaps import INDIRECT
from anonymize.errors import RuleError
from anonymize.model.decisions import Operator
from anonymize.model.fields import Role
from anonymize.model.policies import NameStyle, PlaceLevel, Precision, Recall
from anonymize.rulepacks.location import names
from anonymize.rulepacks.packs import load_pack
from anonymize.rulepacks.policies import load_policy

TIERS = ("internal", "controlled", "safeguarded", "open")
DIRECT = (
    "PERSON",
    "HANDLE",
    "EMAIL_ADDRESS",
    "PHONE_NUMBER",
    "USER_ID",
    "POST_ID",
    "URL",
    "IP_ADDRESS",
    "IBAN_CODE",
    "CREDIT_CARD",
    "STUDENT_ID",
    "*",
)


def test_shipped() -> None:
    """The four tiers are shipped."""
    assert sorted(TIERS) == list(names("policies"))


@pytest.mark.parametrize("name", TIERS)
def test_no_direct_identifier_is_kept(name: str) -> None:
    """No tier keeps a direct identifier, an unknown type or an unknown leaf."""
    policy = load_policy(name)
    assert policy.name == name
    assert policy.summary
    assert all(policy.entities[entity] is not Operator.KEEP for entity in DIRECT)
    assert policy.roles[Role.OPAQUE] is Operator.DROP
    for role in (Role.NAME, Role.HANDLE, Role.ID, Role.URL):
        assert policy.roles[role] is Operator.PSEUDONYM
    assert policy.withhold_consent == {"no", "withdrawn"}


def test_ladder() -> None:
    """Each tier shows no more than the one before it."""
    tiers = [load_policy(name) for name in TIERS]
    places, dates = list(PlaceLevel), list(Precision)
    rungs = [places.index(tier.places) for tier in tiers]
    assert rungs == sorted(set(rungs))
    assert [dates.index(tier.dates) for tier in tiers] == sorted(
        dates.index(tier.dates) for tier in tiers
    )
    assert [tier.shift for tier in tiers] == [False, True, True, True]
    assert [tier.counts for tier in tiers] == [-1, -1, 2, 0]
    assert [tier.keyed_order for tier in tiers] == [False, False, False, True]
    dial = list(Recall)
    # One setting: what a tier hears becomes evidence for the names of all of them.
    assert [dial.index(tier.recall) for tier in tiers] == [1, 1, 1, 1]
    assert tiers[-1].names is NameStyle.ROLE
    assert tiers[-1].url_domains == frozenset()
    assert "bbc.co.uk" in tiers[2].url_domains


def test_extends_overrides(tmp_path: Path) -> None:
    """A policy changes single entries of the one it extends."""
    path = tmp_path / "own.yaml"
    path.write_text("name: own\nextends: open\nentities: {AGE: drop}\nallow: [The BBC]\n")
    own, base = load_policy(path), load_policy("open")
    assert own.entities == {**base.entities, "AGE": Operator.DROP}
    assert own.roles == base.roles
    assert own.allow == {"the bbc"}
    assert own.keyed_order


def test_every_fault_is_reported(tmp_path: Path) -> None:
    """All faults of a policy come at once, each with its line."""
    path = tmp_path / "own.yaml"
    path.write_text(
        "name: Own\n"
        "entities:\n"
        "  person: tag\n"
        "  PERSON: shift\n"
        "  HANDLE: encrypt\n"
        "roles: {name: coarsen, text: keep}\n"
        "thresholds: {PERSON: 2, PERSON@known: 1, '*@ner': 1, NRP@: 1}\n"
        "recall: all\n"
        "names: funny\n"
        "shift: maybe\n"
        "counts: 1.5\n"
        "url_domains: ['https://x']\n"
        "withhold_consent: [perhaps]\n"
        "speed: high\n"
        "review: [health]\n",
    )
    with pytest.raises(RuleError) as caught:
        load_policy(path)
    found = caught.value.errors
    for start in (
        "policy own.yaml: entities: lacks *",
        "policy own.yaml: thresholds: lacks *",
        "policy own.yaml: roles: lacks opaque",
        "policy own.yaml:1: name",
        "policy own.yaml:3: entities/person",
        "policy own.yaml:4: entities/PERSON: only dates",
        "policy own.yaml:5: entities/HANDLE: must be one of pseudonym",
        "policy own.yaml:6: roles/name: only dates, counts",
        "policy own.yaml:6: roles/text: unknown key",
        "policy own.yaml:7: thresholds/PERSON:",
        "policy own.yaml:7: thresholds/PERSON@known: what is known is acted upon",
        "policy own.yaml:7: thresholds/*@ner: an entity type is like",
        "policy own.yaml:7: thresholds/NRP@: an entity type is like",
        "policy own.yaml:8: recall",
        "policy own.yaml:9: names",
        "policy own.yaml:10: shift",
        "policy own.yaml:11: counts",
        "policy own.yaml:12: url_domains",
        "policy own.yaml:13: withhold_consent",
        "policy own.yaml:14: speed: unknown key",
        "policy own.yaml:15: review: an entity type",
    ):
        assert any(one.startswith(start) for one in found), start


def test_thresholds_by_source(tmp_path: Path) -> None:
    """A threshold may be of a type and a source, beside those of types."""
    path = tmp_path / "own.yaml"
    path.write_text("name: own\nextends: open\nthresholds: {PERSON@ner: 0.6, NRP@my-pack: 1}\n")
    own, base = load_policy(path), load_policy("open")
    assert own.thresholds == {**base.thresholds, "PERSON@ner": 0.6, "NRP@my-pack": 1.0}


def test_circle(tmp_path: Path) -> None:
    """Policies that extend one another are refused."""
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text(f"name: one\nextends: '{two.as_posix()}'\n")
    two.write_text(f"name: two\nextends: '{one.as_posix()}'\n")
    with pytest.raises(RuleError, match="circle"):
        load_policy(one)


def test_unknown_name() -> None:
    """An unknown policy lists those there are."""
    with pytest.raises(RuleError, match="there are: controlled, internal, open, safeguarded"):
        load_policy("secret")


@pytest.mark.parametrize("name", TIERS)
def test_indirect_types_are_named(name: str) -> None:
    """Every tier decides about each type of the pack `indirect`, and lists what it keeps."""
    policy = load_policy(name)
    types = {rule.entity_type for rule in load_pack("indirect").rules}
    assert types == INDIRECT
    assert types <= set(policy.entities)
    kept = {kind for kind in types if policy.entities[kind] is Operator.KEEP}
    assert kept <= policy.review
    assert (name == "open") == (not kept)
