from __future__ import annotations

from anonymize.detect import ner


def test_cleaned() -> None:
    """Entities lose masked parts, edges and possessives; letterless and allowed ones go."""
    text = "Jane @ann Smith's 99 J. x UN"
    whole = [(0, 17), (18, 20), (21, 22), (24, 25), (26, 28)]
    entities = [(a, b, "PERSON", 0.85) for a, b in whole]
    found = ner.cleaned(entities, text, {"un"})
    assert [text[a:b] for a, b, _, _ in found] == ["Jane", "Smith", "J."]


def _persons(text: str, *names: str, common: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    entities = [(text.index(name), text.index(name) + len(name), "PERSON", 0.6) for name in names]
    return [(text[a:b], label) for a, b, label, _ in ner.cleaned(entities, text, (), None, common)]


def test_several_of_an_office_are_nobody() -> None:
    """Senators are job titles as one senator is; a family of that name keeps its own."""
    assert _persons("The Senators met Senator Olander", "Senators", "Senator Olander") == [
        ("Senators", "JOB_TITLE"),
        ("Senator Olander", "PERSON"),
    ]


def test_everyday_words_in_small_letters_are_nobody() -> None:
    """One everyday word, or several of it, names somebody only with a capital."""
    common = frozenset({"side", "manager"})
    text = "the managers took our side, said Side and tindra"
    named = _persons(text, "managers", "side", "Side", "tindra", common=common)
    assert named == [("Side", "PERSON"), ("tindra", "PERSON")]


def test_the_end_of_et_al_is_nobody() -> None:
    """`al` behind `et` names nobody; elsewhere it may."""
    assert _persons("Olander et al. wrote", "al") == []
    assert _persons("ask al about it", "al") == [("al", "PERSON")]


def test_a_name_begins_at_a_capital_inside_a_hashtag() -> None:
    """What stands before the name in one word does not hide it; a cut tail is still no name."""
    assert _persons("so sad #RIPTindraOlander", "TindraOlander") == [("TindraOlander", "PERSON")]
    assert _persons("#voteTindra now", "Tindra") == [("Tindra", "PERSON")]
    assert _persons("It’s Tindra", "s Tindra") == [("Tindra", "PERSON")]
