from __future__ import annotations

import pytest

from anonymize.link.variants import Spellings, Tier, Variants
from anonymize.model.identities import Gender

VARIANTS = Variants()


@pytest.mark.parametrize(
    ("one", "other", "tier"),
    [("jane", "jane", Tier.EXACT), ("liz", "elizabeth", Tier.NICKNAME),
     ("elizabeth", "liz", Tier.NICKNAME), ("jayne", "jane", Tier.NICKNAME),
     ("pepe", "jose", Tier.NICKNAME), ("kees", "cornelis", Tier.NICKNAME),
     ("elizabteh", "elizabeth", Tier.SPELLING), ("maria", "mario", None), ("jane", "joan", None),
     ("anna", "hanna", None)],
)  # fmt: skip
def test_given_names_are_close_or_not(one: str, other: str, tier: Tier | None) -> None:
    """Equal, short for one another, mis-spelt, or names of their own."""
    assert VARIANTS.given(one, other) is tier
    assert VARIANTS.given(other, one) is tier


def test_two_names_in_use_are_two_where_nothing_else_speaks() -> None:
    """A name like "Jon" for "John" counts beside an equal family name, not alone."""
    assert VARIANTS.given("jon", "john") is Tier.SPELLING
    assert VARIANTS.given("jon", "john", strict=True) is None


def test_two_short_forms_are_one_name_beside_an_equal_family_name() -> None:
    """Beside a family name "Liz" and "Beth" may be one; alone they are not compared so."""
    assert VARIANTS.given("liz", "beth", short=True) is Tier.NICKNAME
    assert VARIANTS.given("liz", "beth") is None


@pytest.mark.parametrize(
    ("one", "other", "tier"),
    [("smith", "smith", Tier.EXACT), ("o neil", "oneil", Tier.EXACT),
     ("smith", "smyth", Tier.SPELLING), ("thornquil", "thornquill", Tier.SPELLING),
     ("smith", "smithson", None)],
)  # fmt: skip
def test_family_names_are_close_or_not(one: str, other: str, tier: Tier | None) -> None:
    """A space more is nothing, a letter wrong a spelling, a longer name another."""
    assert VARIANTS.family(one, other) is tier


def test_genders_of_names_in_use() -> None:
    """A given name listed for women only is a woman's; one listed for both is nobody's."""
    assert VARIANTS.gender("elizabeth") is Gender.FEMALE
    assert VARIANTS.gender("thomas") is Gender.MALE
    assert VARIANTS.gender("thornquill") is Gender.UNKNOWN


def test_spellings_are_found_without_comparing_all() -> None:
    """What sounds alike or is a slip is found, the word itself and others are not."""
    words = Spellings()
    for word in ("thornquill", "smith", "smyth", "okafor"):
        words.add(word)
    assert words.close("smith") == ["smyth"]
    assert words.close("thornqiull") == ["thornquill"]
    assert words.close("baker") == []
