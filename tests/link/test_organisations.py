"""Which names of organisations are one body's, and which never are."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.link.nodes import Node
from anonymize.link.organisations import Tie, acronyms, relate, sought, spoken, squeezed, written
from anonymize.link.resolve import resolve
from anonymize.model.folding import words
from anonymize.model.identities import Kind, Mention, Search
from anonymize.model.institutions import body
from anonymize.model.roster import Roster
from tests.link.stories import Study, account, row, said, tallied

COMMON = frozenset(("media", "film", "english"))
SIXTH = "Ashton Sixth Form College"


def _node(name: str) -> Node:
    return "org", words(name)


def groups(*names: str, fixed: dict[Node, set[str]] | None = None,
           public: frozenset[str] = frozenset()) -> set[frozenset[Node]]:  # fmt: skip
    """Return the sets into which names, and bodies known to be different, are put."""
    held: dict[Node, set[str]] = {**(fixed or {})}
    for name in names:
        held.setdefault(_node(name), set()).add(name)
    above: dict[Node, Node] = {node: node for node in held}

    def root(node: Node) -> Node:
        while above[node] != node:
            node = above[node]
        return node

    for bond in relate(held, fixed=(fixed or {}).keys(), common=COMMON, public=public).bonds:
        above[root(bond.one)] = root(bond.other)
    found: dict[Node, set[Node]] = {}
    for node in held:
        found.setdefault(root(node), set()).add(node)
    return {frozenset(members) for members in found.values()}


@pytest.mark.parametrize(
    ("one", "other", "tie"),
    [
        # The same words in another dress.
        ("The Ashton Press", "ashton press", Tie.WORDS),
        ("Ashton Press Ltd", "Ashton Press", Tie.WORDS),
        ("Ashton Press Limited", "Ashton Press, Inc.", Tie.WORDS),
        ("Brinkhorst Uitgevers B.V.", "Brinkhorst Uitgevers", Tie.WORDS),
        ("Kessel Verlag GmbH", "Kessel Verlag", Tie.WORDS),
        ("Marsh & Vale Trust", "Marsh and Vale Trust", Tie.WORDS),
        ("St. Hilda's School", "Saint Hildas School", Tie.WORDS),
        ("St Hilda's School", "St Hilda’s Sch", Tie.WORDS),
        ("Ashton College's", "Ashton College", Tie.WORDS),
        ("Ashton-Vale College", "Ashton Vale College", Tie.WORDS),
        ("Ashtón College", "Ashton College", Tie.WORDS),
        # The kind in short.
        (SIXTH, "Ashton SFC", Tie.WORDS),
        (SIXTH, "Ashton 6th Form College", Tie.WORDS),
        (SIXTH, "ASHTON SFC", Tie.WORDS),
        ("Ashton College", "Ashton Coll", Tie.WORDS),
        ("Ashton High School", "Ashton HS", Tie.WORDS),
        ("Ashton High School", "Ashton High", Tie.WORDS),
        ("Ashton Primary School", "Ashton PS", Tie.WORDS),
        ("Ashton Primary School", "Ashton Primary", Tie.WORDS),
        ("Ashton Grammar School", "Ashton Grammar", Tie.WORDS),
        ("Harrow Lane Academy", "Harrow Lane Acad", Tie.WORDS),
        ("Ashton Students' Union", "Ashton SU", Tie.WORDS),
        ("Ashton Arts Centre", "Ashton Arts Center", Tie.WORDS),
        ("University of Westbrook", "Westbrook University", Tie.WORDS),
        ("University of Westbrook", "Westbrook Uni", Tie.WORDS),
        ("Uni of Westbrook", "Westbrook Univ.", Tie.WORDS),
        ("University of the Vale", "Vale University", Tie.WORDS),
        # A kind that says less, where nothing else fits.
        (SIXTH, "Ashton College", Tie.KIND),
        (SIXTH, "Ashton Sixth Form", Tie.KIND),
        (SIXTH, "Ashton Sixth", Tie.KIND),
        ("Ashton High School", "Ashton School", Tie.KIND),
        ("Ashton Community College", "Ashton CC", Tie.KIND),
        ("Ashton Football Club", "Ashton Club", Tie.KIND),
        # As one word.
        (SIXTH, "#AshtonSFC", Tie.SQUEEZED),
        (SIXTH, "#ashtonsixthformcollege", Tie.SQUEEZED),
        (SIXTH, "ashton-sfc.ac.uk", Tie.SQUEEZED),
        (SIXTH, "www.ashtonsfc.ac.uk", Tie.SQUEEZED),
        (SIXTH, "https://media.ashton-sfc.ac.uk/staff", Tie.SQUEEZED),
        (SIXTH, "@ashton-sfc.ac.uk", Tie.SQUEEZED),
        (SIXTH, "office@ashtonsfc.ac.uk", Tie.SQUEEZED),
        ("University of Westbrook", "#WestbrookUni", Tie.SQUEEZED),
        ("Harrow Lane Academy", "#HarrowLaneAcademy", Tie.SQUEEZED),
        # The whole acronym.
        (SIXTH, "ASFC", Tie.ACRONYM),
        (SIXTH, "#ASFC", Tie.ACRONYM),
        ("Ashton Film Institute", "AFI", Tie.ACRONYM),
        ("Ashton Film Institute", "A.F.I.", Tie.ACRONYM),
        ("Larkfield School of Economics", "LSE", Tie.ACRONYM),
        # What tells it, alone.
        (SIXTH, "Ashton", Tie.ALONE),
        ("Harrow Lane Academy", "Harrow Lane", Tie.ALONE),
        ("University of Westbrook", "Westbrook", Tie.ALONE),
    ],
)
def test_one(one: str, other: str, tie: Tie) -> None:
    """The two names are one organisation's, for the reason given."""
    (bond,) = relate({("org", one): {one}, ("org", other): {other}}, common=COMMON).bonds
    assert bond.tie is tie


@pytest.mark.parametrize(
    "names",
    [
        # Other words.
        (SIXTH, "Ashbourne Sixth Form College"),
        (SIXTH, "Ashton Vale Sixth Form College"),
        ("Leeds University", "Leeds Norton University"),
        ("Harrow Lane Academy", "Harrow Road Academy"),
        ("Harrow Lane Academy", "Harrow"),
        ("Ashton Film Society", "Ashton Sixth Form College"),
        # Other kinds.
        ("Ashton College", "Ashton Primary School"),
        ("Ashton College", "Ashton Film Society"),
        (SIXTH, "Ashton High School"),
        ("Ashton High School", "Ashton Primary School"),
        ("Ashton Football Club", "Ashton Cricket Club"),
        ("Ashton Students' Union", "Ashton University"),
        ("Ashton University", "Ashton College"),
        ("Ashton City Council", "Ashton College"),
        # Hosts and tags of others, or with more in them.
        (SIXTH, "#AshtonSFCFilm"),
        (SIXTH, "ashton.ac.uk"),
        (SIXTH, "ashtonhs.sch.uk"),
        (SIXTH, "#Ash"),
        # Acronyms too short, in small letters, or of something else.
        ("Ashton Press", "AP"),
        ("Ashton Film Institute", "afi"),
        ("Ashton Film Institute", "ABC"),
        # Words that tell nothing.
        ("Film Society", "Film"),
        ("The College", "Ashton College"),
        ("The Department", "English Department"),
    ],
)
def test_two(names: tuple[str, ...]) -> None:
    """Look-alikes stay apart."""
    assert groups(*names) == {frozenset({_node(name)}) for name in names}


@pytest.mark.parametrize(
    ("names", "torn"),
    [
        (("Ashton College", "Ashton Primary School"), "Ashton"),
        (("Ashton College", "Ashton Film Society"), "Ashton"),
        (("Ashton High School", "Ashton Primary School"), "Ashton School"),
        (("Ashton Community College", "Ashton Cricket Club"), "Ashton CC"),
        (("Ashton Film Institute", "Aldwick Football Institute"), "AFI"),
        (("Ashton Sixth Form College", "Aldwick Sixth Form College"), "ASFC"),
        (("Marsh Hare Press", "Marsh Harepress Press", "Marshhare Press"), "#MarshHarePress"),
    ],
)
def test_what_fits_two_is_neither_s(names: tuple[str, ...], torn: str) -> None:
    """What fits two organisations joins none, and is noted."""
    assert groups(*names, torn) == {frozenset({_node(name)}) for name in (*names, torn)}
    related = relate({_node(name): {name} for name in (*names, torn)}, common=COMMON)
    assert [(node, len(fits)) for node, fits in related.torn] == [(_node(torn), 2)]


def test_a_public_body_s_acronym_is_its_own() -> None:
    """What the packs or the policy allow is nobody's acronym."""
    assert len(groups("Brook Boat Company", "BBC")) == 1
    assert len(groups("Brook Boat Company", "BBC", public=frozenset({"bbc"}))) == 2


def test_known_bodies_are_never_joined() -> None:
    """Two rows with one name stay two, and the name is a third; a row takes what fits it."""
    one: Node = ("roster", "O1")
    two: Node = ("roster", "O2")
    assert groups("Ashton SFC", SIXTH, fixed={one: {SIXTH}, two: {"Ashton SFC"}}) == {
        frozenset({one}), frozenset({two}), frozenset({_node("Ashton SFC"), _node(SIXTH)}),
    }  # fmt: skip
    rows = {one: {SIXTH, "Ashton Media"}, two: {"Ashton Primary"}}
    assert groups("Ashton SFC", "Ashton", "#AshtonPS", fixed=rows) == {
        frozenset({one, _node("Ashton SFC")}),
        frozenset({two, _node("#AshtonPS")}),
        frozenset({_node("Ashton")}),
    }


NAMES = (
    SIXTH, "Ashton SFC", "#AshtonSFC", "ashton-sfc.ac.uk", "ASFC", "Ashton", "Ashton College",
    "Ashton Primary School", "Ashton PS", "University of Westbrook", "Westbrook Uni", "Westbrook",
    "UOW", "Ashton Film Society", "AFS", "Film", "Harrow Lane Academy", "Harrow Lane", "Ashton CC",
    "Ashton Cricket Club", "The College", "Harrow College", "Marsh & Vale Trust", "MVT",
)  # fmt: skip


@given(st.lists(st.sampled_from(NAMES), max_size=14, unique=True).flatmap(
    lambda names: st.tuples(st.just(names), st.permutations(names))))  # fmt: skip
def test_order_does_not_matter(drawn: tuple[list[str], list[str]]) -> None:
    """Names in any order are put together alike."""
    assert groups(*drawn[0]) == groups(*drawn[1])


@given(st.lists(st.sampled_from(NAMES), max_size=14, unique=True))
def test_other_words_never_meet(names: list[str]) -> None:
    """No set holds two names that say different words, or kinds that exclude each other."""
    for members in groups(*names):
        told = {body(node[1]) for node in members}
        full = [one for one in told if one.words and one.kinds]
        assert len({one.words for one in full}) <= 1
        assert not {"primary school", "sixth form college"} <= {
            k for one in full for k in one.kinds
        }


def test_many_names_take_little_longer_each() -> None:
    """Tens of thousands of names are compared in tables, not with each other."""
    draw = random.Random(4)
    sounds = ["ba", "ke", "lo", "mi", "ru", "ta", "vo", "wen"]
    stems = ["".join(draw.choices(sounds, k=4)).title() for _ in range(4000)]
    kinds = ("Sixth Form College", "SFC", "Primary School", "Press", "")
    pairs = [f"{stem} {draw.choice(stems)}" for stem in stems]
    names = {f"{pair} {kind}".strip() for pair in pairs for kind in kinds}
    related = relate({_node(name): {name} for name in names})
    assert len(related.bonds) >= 4000 * 0.9


def test_ways_to_write() -> None:
    """A name has every spelling of its kind, as words and as one word; acronyms are of it all."""
    assert set(written(body("Uni of St Asa"))) >= {"saint asa university", "uni of st asa"}
    assert "ashtonsfc" in squeezed(body(SIXTH))
    assert acronyms(body("Ashton SFC")) == {"asfc"}
    assert list(written(body("The College"))) == []
    forms = spoken({_node(SIXTH): {SIXTH}, _node("Ashton PS"): {"Ashton PS"}}, lambda node: node)
    assert forms["ashton sfc"] == forms["ashtonsfc"] == _node(SIXTH)
    assert forms["ashton primary school"] == _node("Ashton PS")
    assert "ashton" not in forms


def test_what_is_sought() -> None:
    """Spellings in two letters, lone words and acronyms are not looked for unless seen so."""
    assert "ashton ps" not in sought(["Ashton Primary School"]).forms
    assert "ashton ps" in sought(["Ashton PS"]).forms
    assert sought(["Ashton", "ASFC", "ashton-sfc.ac.uk"]).forms == ()
    found = sought([SIXTH, "#AshtonSFC", "Ashton"])
    assert found.distinctive == {"ashton"}
    assert {"ashton sfc", "ashtonsfc", "ashton sixth form college"} <= set(found.forms)


def _met(*surfaces: str) -> list[Mention]:
    return [Mention("ORGANIZATION", name, f"d{at}") for at, name in enumerate(surfaces)]


def _sought(study: Study) -> dict[str, Search]:
    return {k.value: k.search for k in study.store.known() if k.entity_type == "ORGANIZATION"}


def test_story(study: Study) -> None:
    """Long name, short name, hashtag, host, acronym and bare word are one; the school another."""
    study.link(*_met(
        SIXTH, "Ashton SFC", "#AshtonSFC", "ashton-sfc.ac.uk", "ASFC", "Larkfield Primary School",
        "Larkfield",
    ), said("Jane Ashton", "d1"))  # fmt: skip
    one = study.named(SIXTH)
    assert one.kind is Kind.ORGANISATION
    for surface in ("Ashton SFC", "#AshtonSFC", "ashton-sfc.ac.uk", "ASFC",
                    "ashtonsfc", "Ashton 6th Form College"):  # fmt: skip
        assert study.named(surface).id == one.id
    school = study.named("Larkfield")
    assert school.id == study.named("#LarkfieldPrimary").id != one.id
    assert study.named("Ashton").kind is Kind.PERSON


def test_a_row_of_the_roster_is_the_core(study: Study) -> None:
    """An organisation of the roster has its mentions, handles and addresses; its words stay."""
    study.link(
        *_met("Ashton SFC", "#AshtonSFC"), account("1", "AshtonSFC_news"),
        roster=[row("ORG", SIXTH, "Ashton Media", "ASFC", role="organisation",
                    handles=["AshtonSFC_news"], emails=["office@ashton-sfc.ac.uk"])],
    )  # fmt: skip
    one = study.handle("AshtonSFC_news")
    assert (one.roster, one.kind) == ("ORG", Kind.ORGANISATION)
    for surface in ("Ashton SFC", "#AshtonSFC", "Ashton Media", "AshtonMedia", "ASFC"):
        assert study.named(surface).id == one.id
    found = _sought(study)
    assert found["Ashton Media"] is found["ashton sfc"] is found["ashtonsfc"] is Search.ALWAYS
    assert found["ASFC"] is Search.ALWAYS


def test_an_account_that_shows_the_name_is_the_organisation(study: Study) -> None:
    """Mentions join the account of that name; a handle without a name is as a hashtag is."""
    study.link(account("1", "film_ashton", name=SIXTH), *_met("Ashton SFC"))
    assert study.user("1").id == study.named("Ashton SFC").id
    assert study.user("1").kind is Kind.ORGANISATION
    study.link(account("7", "marsh_press", name="Marsh Press"), *_met("Marsh Press"))
    assert study.named("Marsh Press").kind is study.user("7").kind is Kind.ORGANISATION
    study.link(account("8", "jane_c", name="Jane Church"), *_met("Jane Church"),
               said("Jane Church", "a"), said("Jane Church", "b"))  # fmt: skip
    assert study.user("8").kind is Kind.PERSON
    study.link(account("", "WestbrookUni"), *_met("University of Westbrook"))
    assert study.handle("WestbrookUni").id == study.named("University of Westbrook").id
    study.link(account("3", "LarkfieldPS", name="Jane Marsh"), *_met("Larkfield Primary School"))
    assert study.user("3").id != study.named("Larkfield Primary School").id


def test_a_name_taken_for_a_person_s_is_the_organisation_s(study: Study) -> None:
    """Where a model once took a college for somebody, it is the college all the same."""
    study.link(
        *_met("University of Westbrook", "Ashton College", "Jane Marsh"),
        said("Westbrook Uni", "d7"), said("Ashton College", "d8"), said("Jane Marsh", "d9"),
        said("Amina Church", "d9"),
    )  # fmt: skip
    one = study.named("Westbrook Uni")
    assert one.id == study.named("University of Westbrook").id
    assert one.kind is study.named("Ashton College").kind is Kind.ORGANISATION
    assert study.named("Jane Marsh").kind is study.named("Amina Church").kind is Kind.PERSON


def test_what_is_looked_for_everywhere(study: Study) -> None:
    """Sought are names of two words that two documents have, if some word is no everyday one."""
    study.link(
        *_met(SIXTH, SIXTH, "Media Group", "Media Group", "Marsh Press", "Kestrel", "Kestrel"),
        *_met("Ashton SFC"),
    )
    found = _sought(study)
    assert {"ashton sfc", "ashtonsfc", "ashton sixth form college"} <= set(found)
    assert not [one for one in found if "media" in one or "marsh" in one or "kestrel" in one]


@pytest.mark.parametrize(
    ("kept", "values"),
    [
        (frozenset(), {"Ashton SFC", "ashtonsfc", "westbrook university"}),
        (frozenset({"westbrook university"}), {"Ashton SFC", "ashtonsfc"}),
        (None, set()),
    ],
)
def test_what_a_policy_keeps_is_not_looked_for(
    study: Study, kept: frozenset[str] | None, values: set[str]
) -> None:
    """Nobody looks for what the policy allows, nor for any where it keeps organisations."""
    rows = (row("ORG", "Ashton SFC", role="organisation"),)
    tally = tallied(*_met("Westbrook University", "University of Westbrook"))
    resolve(
        tally, Roster(rows), study.store, study.keys,
        kept=kept or frozenset(), bodies=kept is not None,
    )  # fmt: skip
    found = _sought(study)
    assert values <= set(found)
    assert bool(values) is bool(found)
    assert ("westbrook university" in found) is ("westbrook university" in values)
    persons = {one.value for one in study.store.known() if one.entity_type == "PERSON"}
    assert persons == (set() if values else {"Ashton SFC"})


def test_it_is_once_told_always_told(study: Study) -> None:
    """What came in an earlier run counts, and an issued identity stays."""
    study.link(*_met(SIXTH))
    first = study.named(SIXTH).id
    study.link(Mention("ORGANIZATION", "Ashton SFC", "e"))
    assert study.named("Ashton SFC").id == first
    assert "ashton sfc" in _sought(study)
