"""The roster drafted from persons: ids, values, order, doubts, what is no row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from anonymize.link.drafting import Draft, draft
from anonymize.link.reasons import Obstacle
from anonymize.link.sightings import Sightings, clean
from anonymize.link.why import Refused, Why
from anonymize.model.identities import Kind, Person
from anonymize.model.roster import Roster, RosterRow

JANE = Person("jane", names=("Jessamy Thornquill",), handles=(("x", "jess_t"),))
TAM = Person("tam", names=("Tamsyn Oakshard",), emails=("tam@post.example",))


def _seen(mentions: int = 2, documents: int = 1, **names: int) -> Sightings:
    called = {name.replace("_", " "): number for name, number in names.items()}
    return Sightings(mentions, documents, Counter({"talk.txt": documents}), Counter(called))


def _draft(
    *persons: Person,
    seen: Mapping[str, Sightings] | None = None,
    why: Iterable[Refused] = (),
    rows: Iterable[RosterRow] = (),
    named: Mapping[str, str] | None = None,
    least: int = 1,
) -> Draft:
    usual = {one.id: _seen() for one in persons}
    return draft(
        persons,
        {**usual, **(seen or {})},
        Why(refused=tuple(why)),
        Roster(tuple(rows)),
        lambda name: (named or {}).get(name, ""),
        least=least,
    )


def test_rows_are_ordered_by_how_often_they_are_seen() -> None:
    """Persons come first, the most seen before others, each with the next id."""
    body = Person("body", Kind.ORGANISATION, ("Ashbury Vale College",))
    seen = {"jane": _seen(3), "tam": _seen(7), "body": _seen(9, 4)}
    found = _draft(JANE, TAM, body, seen=seen)
    assert [(one.row.person, one.row.role, one.row.names) for one in found.rows] == [
        ("p01", "", ("Tamsyn Oakshard",)),
        ("p02", "", ("Jessamy Thornquill",)),
        ("p03", "organisation", ("Ashbury Vale College",)),
    ]


def test_an_organisation_of_one_document_is_left_out() -> None:
    """It needs two documents, however often one of them says it; a row of the roster none."""
    body = Person("body", Kind.ORGANISATION, ("Ashbury Vale College",))
    assert _draft(body, seen={"body": _seen(9, 1)}) == Draft((), (), 1)
    listed = RosterRow("AV", "organisation", ("Ashbury Vale College",))
    known = replace(body, roster="AV")
    assert _draft(known, seen={"body": _seen(0, 0)}, rows=[listed]).rows[0].row == listed


def test_rows_that_are_there_keep_id_and_values() -> None:
    """What was found comes behind what the row has, and a new row takes no id that is used."""
    row = RosterRow("P01", "teacher", ("Jezzy",), ("JThorn",), ("J@post.example",), "yes", "Ada B")
    found = _draft(replace(JANE, roster="P01"), TAM, rows=[row]).rows
    kept = next(one.row for one in found if one.row.person == "P01")
    assert (kept.role, kept.consent, kept.pseudonym) == ("teacher", "yes", "Ada B")
    assert kept.names == ("Jezzy", "Jessamy Thornquill")
    assert kept.handles == ("JThorn", "jess_t")
    assert kept.emails == ("J@post.example",)
    assert {one.row.person for one in found} == {"P01", "p02"}


def test_a_row_nobody_mentions_stays() -> None:
    """It is said of it that it was seen nowhere."""
    row = RosterRow("T9", names=("Olu Akinso",))
    (one,) = _draft(Person("olu", roster="T9"), seen={"olu": Sightings()}, rows=[row]).rows
    assert one.row == row
    assert "seen nowhere in this material" in one.doubts


def test_two_rows_ruled_to_be_one_are_both_kept() -> None:
    """The second stays as it is, with what is to be done."""
    rows = [RosterRow("T1", names=("A Bee",)), RosterRow("T2", names=("C Dee",))]
    found = _draft(Person("both", names=("A Bee", "C Dee"), roster="T1"), rows=rows).rows
    assert {one.row.person for one in found} == {"T1", "T2"}
    assert "as you ruled" in found[1].doubts[0]


def test_seldom_seen_persons_are_counted_only() -> None:
    """`least` leaves out new rows of fewer mentions; who has nothing to write is left out too."""
    bare = Person("bare", user_ids=(("x", "1"),))
    found = _draft(JANE, TAM, bare, seen={"jane": _seen(3), "bare": _seen(5)}, least=3)
    assert [one.row.person for one in found.rows] == ["p01"]
    assert found.left_out == 2


def test_names_are_written_that_are_hers_everywhere() -> None:
    """Variants come in, fullest first; what means her in one document only stays out."""
    seen = {
        "jane": _seen(9, 3, Jessamy_Thornquill=4, JESSAMY_THORNQUILL=1, Jezzy=3, Miss=1, JT=1),
        "tam": _seen(2, 2, JT=1),
    }
    named = {"Jezzy": "jane", "Jessamy Thornquill": "jane", "JT": "jane"}
    (one, _) = _draft(JANE, TAM, seen=seen, named=named).rows
    assert one.row.names == ("Jessamy Thornquill", "Jezzy")


def test_names_stand_fullest_first() -> None:
    """Whole names, the more frequent before a mis-spelt one, then titles, initials, parts."""
    seen = {"jane": _seen(9, 3, Jessamie_Thornquil=1, Jezzy=7, Ms_Thornquill=8, JT=2)}
    seen["jane"].names["Jessamy Thornquill"] = 4
    named = dict.fromkeys(seen["jane"].names, "jane")
    (one,) = _draft(JANE, seen=seen, named=named).rows
    assert one.row.names == (
        "Jessamy Thornquill",
        "Jessamie Thornquil",
        "Ms Thornquill",
        "JT",
        "Jezzy",
    )


def test_a_title_before_a_full_name_is_not_written_twice() -> None:
    """Of a full name with and without title the one without stands."""
    seen = {"jane": _seen(9, 3, Ms_Jessamy_Thornquill=4)}
    (one,) = _draft(JANE, seen=seen, named={"Ms Jessamy Thornquill": "jane"}).rows
    assert one.row.names == ("Jessamy Thornquill",)


def test_everyday_words_are_no_names() -> None:
    """A display name of common words stays out of the row, its handle stays in."""
    shop = Person("shop", names=("Media Team",), handles=(("x", "media_team"),))
    (one,) = _draft(shop).rows
    assert (one.row.names, one.row.handles) == ((), ("media_team",))
    assert "no name is known" in one.doubts


def test_handles_are_written_whose_form_tells_their_platform() -> None:
    """`user@host` is Mastodon's; a bare one of another platform than X would be taken for X's."""
    handles = (("mastodon", "jane"), ("mastodon", "jane@social.example"), ("x", "jane_t"))
    (one,) = _draft(Person("jane", handles=handles)).rows
    assert one.row.handles == ("jane@social.example", "jane_t")


def test_a_handle_or_address_stands_once() -> None:
    """What a row of the roster has is written into no other."""
    rows = [RosterRow("T1", "", ("A Bee",), ("Jess_T",), ("tam@post.example",))]
    first = Person("one", names=("A Bee",), roster="T1")
    found = {one.row.person: one.row for one in _draft(first, JANE, TAM, rows=rows).rows}
    assert found["T1"] == rows[0]
    assert [row.handles + row.emails for key, row in found.items() if key != "T1"] == [(), ()]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", '"'])
def test_no_cell_begins_as_a_formula_does(sign: str) -> None:
    """A table program would reckon with names that begin so; names lose the sign."""
    name = f"{sign}Hyper Link"
    assert clean(name) == "Hyper Link"
    one = Person("x", names=(name,), handles=(("x", f"{sign}h"),), emails=(f"{sign}cmd@p.example",))
    (found,) = _draft(one, seen={"x": Sightings(1, 1, Counter(t=1), Counter({name: 1}))}).rows
    cells = (*found.row.names, *found.row.handles, *found.row.emails)
    assert found.row.names == ("Hyper Link",)
    assert not [cell for cell in cells if cell[0] in "=+-@\t\r"]


def test_a_wished_pseudonym_that_is_a_real_name_is_left_out() -> None:
    """The roster would be refused otherwise; the doubt says why it is gone."""
    row = RosterRow("T1", names=("A Bee",), pseudonym="tamsyn OAKSHARD")
    found = _draft(Person("one", names=("A Bee",), roster="T1"), TAM, rows=[row]).rows
    one = next(each for each in found if each.row.person == "T1")
    assert one.row.pseudonym == ""
    assert "is left out" in one.doubts[-1]


def test_doubts_name_the_rows_she_may_be_also() -> None:
    """What was refused is told on both rows, by their ids."""
    between = (("name", "jessamy thornquill"), ("name", "tamsyn oakshard"))
    no = Refused("jane", "tam", Obstacle.GENDER, between)
    found = _draft(JANE, TAM, why=[no]).rows
    assert [one.row.person for one in found] == ["p01", "p02"]
    assert "may also be p02, but titles say a man and a woman" in found[0].doubts[0]
    assert "may also be p01" in found[1].doubts[0]


def test_many_candidates_are_counted() -> None:
    """Eight are named, the others are a number; what has no name to say is told without one."""
    others = [Person(f"o{n}", names=(f"Given{n} Family{n}",)) for n in range(10)]
    nothing = (("user", "x", "1"), ("user", "x", "2"))
    no = [Refused("jane", one.id, Obstacle.ACCOUNTS, nothing) for one in others]
    seen = {"jane": _seen(9)}
    (doubt,) = _draft(JANE, *others, why=no, seen=seen).rows[0].doubts
    assert doubt.startswith("may also be p02, p03, ")
    assert "p09 and 2 more, but both have an account" in doubt


def test_a_handle_that_fits_two_is_told_as_one() -> None:
    """Doubts say what is in question; of identities that are no rows nothing is said."""
    lost = Person("lost", user_ids=(("x", "1"),))
    between = (("handle", "x", "jess_t"), ("user", "x", "9"))
    no = [
        Refused("jane", "tam", Obstacle.SEVERAL, between),
        Refused("jane", "lost", Obstacle.SEVERAL, between),
        Refused("jane", "gone", Obstacle.SEVERAL, between),
    ]
    one, _ = _draft(JANE, TAM, lost, why=no).rows
    assert one.doubts == ("“jess_t” may also be p02, but what would join them fits others as well",)


def test_an_ambiguous_name_of_one_candidate_is_no_doubt() -> None:
    """Only what fits two rows is told on them."""
    ask = Person("a", names=("Jess",), ambiguous=True)
    no = Refused("a", "jane", Obstacle.SEVERAL, (("ambiguous", "s", "jess"), ("name", "x")))
    assert _draft(JANE, ask, why=[no]).rows[0].doubts == ()


def test_what_the_researcher_ruled_is_no_doubt() -> None:
    """Two kept apart by her word are not told of again."""
    between = (("name", "jessamy thornquill"), ("name", "tamsyn oakshard"))
    no = Refused("jane", "tam", Obstacle.RESEARCHER, between)
    assert [one.doubts for one in _draft(JANE, TAM, why=[no]).rows] == [(), ()]


def test_two_accounts_of_one_display_name_are_told() -> None:
    """Both rows say so and name the other."""
    other = Person("other", names=("Jessamy Thornquill",), handles=(("x", "thorn_9"),))
    one, two = _draft(JANE, other).rows
    assert one.row.names == two.row.names == ("Jessamy Thornquill",)
    assert "two accounts have this display name, see p02" in one.doubts[0]
    assert "two accounts have this display name, see p01" in two.doubts[0]


def test_a_single_mention_is_told() -> None:
    """It may be a mistake of the reading."""
    assert "only one mention" in _draft(JANE, seen={"jane": _seen(1)}).rows[0].doubts


def test_ambiguous_identities_are_no_rows() -> None:
    """They are listed with their candidates, those of one name and the same ones together."""
    asks = [Person(f"a{n}", names=("Jess",), ambiguous=True) for n in range(3)]
    between = (("ambiguous", "s", "jess"), ("name", "x"))
    no = [
        Refused(ask.id, other, Obstacle.SEVERAL, between)
        for ask in asks
        for other in ("jane", "tam")
    ]
    seen = {ask.id: _seen(1, Jess=1) for ask in asks[:2]}
    found = _draft(JANE, TAM, *asks, why=no, seen={**seen, "a2": Sightings()})
    assert len(found.rows) == 2
    (unclear,) = found.unclear
    assert (unclear.called, unclear.fits) == (("Jess",), ("p01", "p02"))
    assert (unclear.seen.mentions, unclear.seen.documents) == (2, 2)
    assert "“jess” is ambiguous: fits p01 and p02" in found.rows[0].doubts


def test_two_given_names_side_by_side_are_no_row() -> None:
    """As a name of the roster they would make a family name of a given one; both are told."""
    pair = Person("pair", names=("Jessamy Tamsyn",))
    found = _draft(JANE, TAM, pair)
    assert [one.row.names for one in found.rows] == [("Jessamy Thornquill",), ("Tamsyn Oakshard",)]
    assert [(one.called, one.fits) for one in found.unclear] == [
        (("Jessamy Tamsyn",), ("p01", "p02")),
    ]


def test_nothing_shows_a_name_unasked() -> None:
    """The `repr` of a draft holds none of what it is about."""
    shown = repr(_draft(JANE, TAM, Person("a", names=("Jess",), ambiguous=True)))
    assert not [word for word in ("Thornquill", "jess_t", "tam@", "Jess", "talk") if word in shown]
