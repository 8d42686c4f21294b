"""Drawn surrogates are unique, stable, keyed and nobody's real name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.model.folding import words
from anonymize.model.identities import Gender, Kind, Person, Surrogate
from anonymize.model.policies import NameStyle
from anonymize.transform.pools import Forbidden, NamePool, fit, name_pool, pool_words
from anonymize.transform.pseudonyms import draw
from tests.transform.fakes import KEYS

POOL = name_pool()
TIER = KEYS.tier("safeguarded")
TINY = NamePool(("Ana", "Eva"), ("Odo",), ("Ana", "Eva", "Odo"), ("Keller", "Winter"))


def people(count: int, **more: object) -> list[Person]:
    """Return so many persons, alike but for their ids."""
    return [Person(KEYS.token("person", str(n), 12), **more) for n in range(count)]  # type: ignore[arg-type]


def test_pool() -> None:
    """The pool holds plain words, sorted, without doubles, none both given and family."""
    for names in (POOL.given_f, POOL.given_m, POOL.given_any, POOL.family):
        assert list(names) == sorted(set(names))
        assert all(re.fullmatch("[A-Z][a-z]+", name) for name in names)
    assert not set(POOL.given_any) & set(POOL.family)
    assert set(POOL.given_any) == set(POOL.given_f) | set(POOL.given_m)
    assert "harper" in pool_words(POOL) or "keller" in pool_words(POOL)


def test_injective_over_thousands() -> None:
    """Five thousand persons have five thousand names, tags and codes."""
    crowd = people(5000)
    realistic = draw(crowd, keys=TIER, pool=POOL).surrogates
    assert len({(s.given, s.family) for s in realistic}) == 5000
    assert len({s.tag for s in realistic}) == 5000
    assert not {s.given for s in realistic} & {s.family for s in realistic}
    roles = draw(crowd, keys=TIER, pool=POOL, style=NameStyle.ROLE).surrogates
    assert len({s.code for s in roles}) == 5000


def test_unique_parts_while_the_pool_lasts() -> None:
    """Given and family names are unique as long as there are free ones."""
    found = draw(people(700), keys=TIER, pool=POOL).surrogates
    assert len({s.given for s in found}) == len({s.family for s in found}) == 700


def test_order_does_not_matter() -> None:
    """The same persons in another order have the same names."""
    crowd = people(300)
    assert draw(crowd, keys=TIER, pool=POOL) == draw(crowd[::-1], keys=TIER, pool=POOL)


def test_keyed() -> None:
    """Another tier calls the same persons otherwise."""
    crowd = people(50)
    here = draw(crowd, keys=TIER, pool=POOL).surrogates
    there = draw(crowd, keys=KEYS.tier("open"), pool=POOL).surrogates
    assert sum(a.given == b.given for a, b in zip(here, there, strict=True)) < 5


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from(NameStyle))
def test_stable_when_persons_come(first: int, more: int, style: NameStyle) -> None:
    """Who has a surrogate keeps it when others come, and no one gets it again."""
    crowd = people(first + more)
    before = draw(crowd[:first], keys=TIER, pool=TINY, style=style).surrogates
    existing = {s.person: s for s in before}
    after = draw(crowd, keys=TIER, pool=TINY, style=style, existing=existing).surrogates
    assert {s.person: s for s in after if s.person in existing} == existing
    assert len({(s.given, s.family, s.code) if s.given or s.code else s.tag for s in after}) == (
        first + more
    )


def test_forbidden() -> None:
    """No part equals a real name, and from four letters on none contains or is in one."""
    real = {name.lower() for name in POOL.given_any[::3]} | {"brownlowe", "harrisonjones", "ann"}
    found = draw(people(1500), keys=TIER, pool=POOL, forbidden=frozenset(real)).surrogates
    parts = {part.lower() for s in found for part in (s.given, s.family)}
    long = [name for name in real if len(name) >= 4]
    assert not parts & real
    assert [p for p in parts for name in long if name in p or (len(p) >= 4 and p in name)] == []


@given(st.sets(st.text("abn", min_size=1, max_size=7), max_size=12), st.text("abn", max_size=8))
def test_forbidden_is_exact(terms: set[str], name: str) -> None:
    """The quick search for forbidden names answers as the plain one does."""
    plain = name in terms or any(
        (len(t) >= 4 and t in name) or (len(name) >= 4 and len(t) >= 4 and name in t) for t in terms
    )
    assert (name in Forbidden(terms)) == plain


def test_pool_runs_dry() -> None:
    """With every name of the pool forbidden, names are composed, plain and unique."""
    found = draw(people(3000), keys=TIER, pool=POOL, forbidden=pool_words(POOL)).surrogates
    assert len({s.given for s in found}) == len({s.family for s in found}) == 3000
    assert all(re.fullmatch("[A-Z][a-z]{2,}", p) for s in found for p in (s.given, s.family))
    assert all(fit(part) for s in found for part in (s.given, s.family))


def test_gender() -> None:
    """A person whom a title called Ms has a woman's name, as long as there is one."""
    found = draw(people(100, gender=Gender.FEMALE), keys=TIER, pool=POOL).surrogates
    assert all(s.given in POOL.given_f for s in found)


@pytest.mark.parametrize("pool", [POOL, TINY])
def test_ambiguous(pool: NamePool) -> None:
    """The surrogate of an ambiguous mention shares no part with anybody's."""
    crowd = people(40) + [
        Person(KEYS.token("ambiguous", str(n), 12), ambiguous=True) for n in range(10)
    ]
    found = {s.person: s for s in draw(crowd, keys=TIER, pool=pool).surrogates}
    neutral = {person.id for person in crowd if person.ambiguous}
    shared = [p for i, s in found.items() if i not in neutral for p in (s.given, s.family)]
    own = [p for i, s in found.items() if i in neutral for p in (s.given, s.family)]
    assert len(set(own)) == len(own) == 20
    assert not set(own) & set(shared)


def test_chosen() -> None:
    """A chosen pseudonym is honoured, alone or with a family name, and as a code."""
    crowd = [
        Person("a", chosen="Mira Keller", roster="1"),
        Person("b", chosen="Odo", roster="2"),
        Person("c", chosen="P07", roster="3"),
    ]
    one, two, three = draw(crowd, keys=TIER, pool=POOL).surrogates
    assert (one.given, one.family) == ("Mira", "Keller")
    assert two.given == "Odo"
    assert two.family in POOL.family
    assert three.code == "P07"


def test_chosen_refused() -> None:
    """A chosen pseudonym that is a real name, or another's, is refused and one drawn."""
    crowd = [
        Person("a", chosen="Jane Keller", roster="1"),
        Person("b", chosen="Mira", roster="2"),
        Person("c", chosen="Mira", roster="3"),
    ]
    drawn = draw(crowd, keys=TIER, pool=POOL, forbidden=frozenset({"jane"}))
    assert drawn.refused == ("a", "c")
    assert len({s.given for s in drawn.surrogates}) == 3


def test_role_codes() -> None:
    """Role codes carry the role and a number of their own, not in the order of persons."""
    crowd = people(30, role="teacher")
    codes = [s.code for s in draw(crowd, keys=TIER, pool=POOL, style=NameStyle.ROLE).surrogates]
    assert all(re.fullmatch(r"Teacher [0-9]{2}", code) for code in codes)
    assert codes != sorted(codes)
    nobody, body = draw(
        [Person("a"), Person("b", Kind.ORGANISATION)], keys=TIER, pool=POOL, style=NameStyle.ROLE
    ).surrogates
    assert re.fullmatch(r"Person [0-9]{4}", nobody.code)
    assert re.fullmatch(r"Organisation [0-9]{4}", body.code)


def test_a_single_interviewer_has_no_number() -> None:
    """The only interviewer is `Interviewer`; two have numbers, and one that joins gets one."""
    one = Person("a", role="interviewer", roster="r")
    other = Person("b", role="interviewer", roster="r")
    teacher = Person("c", role="teacher", roster="r")

    def codes(*persons: Person, existing: dict[str, Surrogate] | None = None) -> dict[str, str]:
        style = NameStyle.ROLE
        drawn = draw(persons, keys=TIER, pool=POOL, style=style, existing=existing)
        return {s.person: s.code for s in drawn.surrogates}

    alone = codes(one, teacher)
    assert alone["a"] == "Interviewer"
    assert re.fullmatch(r"Teacher [0-9]{2}", alone["c"])
    both = codes(one, other)
    assert all(re.fullmatch(r"Interviewer [0-9]{2}", code) for code in both.values())
    issued = {"a": Surrogate("a", code="Interviewer", tag="PERSON_A")}
    joined = codes(one, other, existing=issued)
    assert joined["a"] == "Interviewer"
    assert joined["b"] == both["b"]
    numbered = {"b": Surrogate("b", code="Interviewer 12", tag="PERSON_B")}
    assert re.fullmatch(r"Interviewer [0-9]{2}", codes(one, existing=numbered)["a"])


def test_role_codes_widen() -> None:
    """When two digits do not suffice there are three."""
    crowd = people(400, role="student")
    codes = {s.code for s in draw(crowd, keys=TIER, pool=POOL, style=NameStyle.ROLE).surrogates}
    assert len(codes) == 400
    assert any(re.fullmatch(r"Student [0-9]{3}", code) for code in codes)


def test_taken() -> None:
    """A name taken otherwise is not drawn."""
    found = draw(people(2), keys=TIER, pool=TINY, taken=("Ana", "Keller")).surrogates
    assert not {words(p) for s in found for p in (s.given, s.family)} & {"ana", "keller"}


def test_tag_style_has_tags_only() -> None:
    """In the style of tags no names are drawn."""
    (found,) = draw([Person("a")], keys=TIER, pool=POOL, style=NameStyle.TAG).surrogates
    assert found == Surrogate("a", tag=found.tag)
    assert re.fullmatch(r"PERSON_[A-Z][A-Z2-9]{3}", found.tag)


def test_initials_can_label_a_speaker() -> None:
    """No drawn pseudonym has initials that a reader of transcripts takes for something else."""
    persons = [Person(f"p{number}", names=("Jane Smith",)) for number in range(400)]
    drawn = draw(persons, keys=KEYS, pool=name_pool())
    initials = {(one.given[:1] + one.family[:1]).lower() for one in drawn.surrogates}
    assert not initials & {"am", "pm", "ps", "ok", "no", "cc", "re"}
