"""A document under a tier: every change has its entry, all else is untouched."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model.decisions import Operator
from anonymize.model.documents import Section
from anonymize.model.fields import Encoding, Field, Role
from anonymize.model.folding import words
from anonymize.model.policies import NameStyle, Precision
from anonymize.model.spans import Span
from anonymize.transform.ids import surrogate_id
from anonymize.transform.vocabulary import FIXED_WORDS
from tests.transform.fakes import KEYS
from tests.transform.tier import ID, POLICY, TEXT, TIER, X_HANDLE, field, run, text


@pytest.mark.parametrize(
    ("value", "found", "expected"),
    [
        ("Ask Jane now", [("Jane", "PERSON")], "Ask Mira now"),
        ("JANE'S and Ms Smith", [("JANE'S", "PERSON"), ("Ms Smith", "PERSON")],
         "MIRA'S and Ms Keller"),
        ("go #TeamJane!", [("#TeamJane", "HASHTAG"), ("Jane", "PERSON")], "go #TeamMira!"),
        ("go #teamjane!", [("jane", "PERSON")], "go #teammira!"),
        ("“Jane,” she", [("Jane,", "PERSON")], "“Mira,” she"),
        ("at the BBC", [("BBC", "ORGANIZATION")], "at the BBC"),
        ("in Leeds", [("Leeds", "LOCATION")], "in England"),
        ("at LS1 4AP", [("LS1 4AP", "POSTCODE")], "at LS"),
        ("she is 17", [("17", "AGE")], "she is 15-19"),
        ("a media teacher", [("media teacher", "JOB_TITLE")], "a teacher"),
        ("last week", [("last week", "DATE_TIME")], "last week"),
        ("on St Jude", [("St Jude", "DATE_TIME")], "on [DATE]"),
        ("pin 1234.", [("1234", "SECRET")], "pin ."),
        ("a Quaker", [("Quaker", "NRP")], "a ●●●●●●"),
        ("hi @MsSmith_Media", [("@MsSmith_Media", "HANDLE")], f"hi {X_HANDLE}"),
        (f"see {ID}", [(ID, "POST_ID")], f"see {surrogate_id(TIER, ID)}"),
    ],
)  # fmt: skip
def test_spans(value: str, found: list[tuple[str, str]], expected: str) -> None:
    """Each type of span is replaced by its operator, in the form it had."""
    assert text(value, *found).texts[TEXT] == expected


def test_unknown_person() -> None:
    """A person nobody knows becomes a tag, the same for the same words."""
    new = text("Zoe met Zoe", ("Zoe", "PERSON")).texts[TEXT] or ""
    assert new.startswith("[PERSON_")
    assert new.endswith("] met Zoe")


def test_cut_handle() -> None:
    """A handle the tweet breaks off in becomes the beginning of its surrogate."""
    new = text("RT @MsSmith_M…", ("@MsSmith_M", "HANDLE")).texts[TEXT] or ""
    assert X_HANDLE.startswith(new.removeprefix("RT ").removesuffix("…"))
    assert new.endswith("…")


def test_contacts_in_text() -> None:
    """Addresses, numbers and URLs in text get theirs."""
    value = "JSmith@college.example or 07700 900123 or https://t.co/a"
    new = text(
        value,
        ("JSmith@college.example", "EMAIL_ADDRESS"),
        ("07700 900123", "PHONE_NUMBER"),
        ("https://t.co/a", "URL"),
    ).texts[TEXT]
    assert new
    mail, phone, url = new.split(" or ")
    assert mail.startswith("mira.keller.")
    assert phone.startswith("07700 900")
    assert phone != "07700 900123"
    assert url.startswith("https://example.org/")


def test_html() -> None:
    """In escaped text surfaces are read unescaped and surrogates written escaped."""
    done = text(
        "Q&amp;A &lt;Jane&#39;s&gt; &amp;", ("Jane&#39;s", "PERSON"), encoding=Encoding.HTML
    )
    assert done.texts[TEXT] == "Q&amp;A &lt;Mira's&gt; &amp;"


def test_threshold_and_keep_make_no_entry() -> None:
    """What is kept is byte-identical and leaves no entry."""
    done = text("Ask Jane", ("Jane", "PERSON"), score=0.1)
    assert done.texts[TEXT] == "Ask Jane"
    assert done.entries == ()


def test_overlaps() -> None:
    """Of overlapping spans nothing is left over."""
    done = text("Ask Jane Smith Jones", ("Jane Smith", "PERSON"), ("Smith Jones", "PERSON"))
    new = done.texts[TEXT] or ""
    assert not {"Jane", "Smith", "Jones"} & set(new.split())
    assert len(done.entries) == 1


def test_entry() -> None:
    """An entry holds output offsets, rule and digest, and no original."""
    done = text("x Jane and Smith", ("Jane", "PERSON"), ("Smith", "PERSON"))
    new = done.texts[TEXT] or ""
    assert [new[e.start : e.end] for e in done.entries] == ["Mira", "Keller"]
    assert [e.pseudonym for e in done.entries] == ["Mira", "Keller"]
    one = done.entries[0]
    assert (one.rule, one.by, one.operator) == (
        "safeguarded/entities/PERSON", "policy", "pseudonym",
    )  # fmt: skip
    assert one.document == surrogate_id(TIER, ID)
    assert one.digest == KEYS.mac("audit/digest", "Jane").hex()
    assert "Jane" not in repr(done)
    assert done.counts["replaced/type/PERSON"] == 2
    assert done.counts["by/policy"] == 2


@given(st.data())
def test_all_else_is_untouched(data: st.DataObject) -> None:
    """Between the replaced stretches every character stays, and entries point at theirs."""
    gaps = data.draw(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=2, max_size=6
        )
    )
    gaps = [f"{gap} " if n == 0 else f" {gap} " for n, gap in enumerate(gaps)]
    value, spans, kept = gaps[0], [], [gaps[0]]
    for gap in gaps[1:]:
        spans.append(Span(len(value), len(value) + 4, "PERSON", 1.0, "known/name"))
        value += "Jane" + gap
        kept.append(gap)
    done = run(Field(TEXT, Role.TEXT, value), spans={TEXT: spans})
    assert done.texts[TEXT] == "Mira".join(kept)
    assert [done.texts[TEXT][e.start : e.end] for e in done.entries] == ["Mira"] * len(spans)  # type: ignore[index]


def test_offsets() -> None:
    """Offsets move with their text, and go with it."""
    fields = (
        Field(TEXT, Role.TEXT, "@MsSmith_Media hi Jane"),
        Field(("s",), Role.OFFSET, "18", kind="start", target=TEXT),
        Field(("e",), Role.OFFSET, "22", kind="end", target=TEXT),
        Field(("bad",), Role.OFFSET, "x", kind="end", target=TEXT),
        Field(("gone",), Role.OFFSET, "1", kind="end", target=("no",)),
    )
    spans = {
        TEXT: [Span(0, 14, "HANDLE", 1.0, "known/h"), Span(18, 22, "PERSON", 1.0, "known/n")],
    }
    done = run(*fields, spans=spans)
    new = done.texts[TEXT] or ""
    assert new[int(done.texts["s",] or 0) : int(done.texts["e",] or 0)] == "Mira"
    assert done.texts["bad",] is None
    assert done.texts["gone",] is None
    same = run(*fields)
    assert (same.texts["s",], same.texts["e",]) == ("18", "22")


def test_withheld_sections() -> None:
    """Of a withheld section nothing comes out, and nothing is recorded."""
    fields = (
        Field((0, "text"), Role.TEXT, "Jane", 0),
        Field((1, "text"), Role.TEXT, "Jane", 1),
    )
    spans = {f.path: [Span(0, 4, "PERSON", 1.0, "known/n")] for f in fields}
    sections = (Section("0"), Section("1"))
    done = run(*fields, spans=spans, withheld={0: "consent"}, sections=sections)
    assert done.texts == {(0, "text"): None, (1, "text"): "Mira"}
    assert [e.document for e in done.entries] == ["name-1"]
    assert done.withheld == {0: "consent"}


def test_styles() -> None:
    """In a tier of role codes names, labels, handles and hashtags are coded."""
    policy = replace(POLICY, names=NameStyle.ROLE)
    assert text("Ask Jane's", ("Jane's", "PERSON"), policy=policy).texts[TEXT] == "Ask Teacher 03's"
    assert text("#TeamJane", ("Jane", "PERSON"), policy=policy).texts[TEXT] == "#TeamTeacher03"
    assert (
        run(field(Role.NAME, "JS", "speaker"), policy=policy).texts["namespeaker",] == "Teacher 03"
    )


def test_tagged_persons() -> None:
    """A tier that tags persons uses the tag of the person, with the possessive."""
    policy = replace(POLICY, entities={"*": Operator.TAG})
    assert text("Jane's", ("Jane's", "PERSON"), policy=policy).texts[TEXT] == "[PERSON_7F3K]'s"


@pytest.mark.parametrize(
    ("value", "entity_type", "operator", "expected"),
    [
        ("12 August 2023", "DATE_TIME", Operator.COARSEN, "August 2023"),
        ("August 2023", "DATE_TIME", Operator.COARSEN, "August 2023"),
        ("17", "AGE", Operator.COARSEN, "10-19"),
        ("Manx", "NRP", Operator.GENERALISE, None),
        ("Quaker", "NRP", Operator.GENERALISE, "[religion]"),
        ("a stroke", "HEALTH", Operator.GENERALISE, "[health]"),
        ("127.0.0.1", "IP_ADDRESS", Operator.PSEUDONYM, None),
        ("Jane", "PERSON", Operator.GENERALISE, None),
    ],
)
def test_other_operators(
    value: str, entity_type: str, operator: Operator, expected: str | None
) -> None:
    """Operators fit some types; elsewhere they give a tag of the type."""
    policy = replace(POLICY, entities={"*": operator}, dates=Precision.MONTH)
    new = text(value, (value, entity_type), policy=policy).texts[TEXT] or ""
    if entity_type == "DATE_TIME" and value[0].isdigit():
        assert new == "[DATE]"
    elif expected is None:
        assert new.startswith(f"[{entity_type}_")
    else:
        assert new == expected


def test_generalised_dates_are_shifted() -> None:
    """A date to be generalised is shifted where the tier shifts."""
    policy = replace(POLICY, entities={"*": Operator.GENERALISE})
    new = text("12 August 2023", ("12 August 2023", "DATE_TIME"), policy=policy).texts[TEXT]
    assert new not in {None, "12 August 2023", "[DATE]"}


def test_profile_of_a_known_server() -> None:
    """The profile URL of a known Mastodon account leads to its surrogate."""
    value = "https://social.example/@jane"
    new = text(value, (value, "URL")).texts[TEXT] or ""
    assert new.startswith("https://fedi-")
    assert "/@mira_keller_" in new


def test_surrogates_are_written_with_fixed_words() -> None:
    """Besides names and tokens, surrogates hold only the words told of."""
    values = [
        (f"https://twitter.com/zoe/status/{ID}/photo/1", "URL"),
        ("https://t.co/x", "URL"),
        ("@zoe", "HANDLE"),
        ("zoe@college.example", "EMAIL_ADDRESS"),
        ("Zoe", "PERSON"),
        ("Leeds College", "ORGANIZATION"),
        ("nowhere", "LOCATION"),
    ]
    for value, entity_type in values:
        new = text(value, (value, entity_type)).texts[TEXT] or ""
        plain = [word for word in words(new).split() if not any(map(str.isdigit, word))]
        assert {w for w in plain if any(v in w for v in "aeiou")} <= FIXED_WORDS
