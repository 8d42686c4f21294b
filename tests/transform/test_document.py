"""A document under a tier: every field has its new value, every change its entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.decide.decisions import decide_field, decide_span
from anonymize.model.decisions import Operator
from anonymize.model.directory import Entry
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Encoding, Field, Path, Role
from anonymize.model.folding import words
from anonymize.model.policies import NameStyle, PlaceLevel, Policy, Precision
from anonymize.model.rules import Place, RulePack
from anonymize.model.spans import Span
from anonymize.transform.document import Transformed, Transformer
from anonymize.transform.handles import surrogate_handle
from anonymize.transform.ids import surrogate_id
from anonymize.transform.vocabulary import FIXED_WORDS
from tests.transform.fakes import JANE, KEYS, MIRA, FakeDirectory, directory

TIER = KEYS.tier("safeguarded")
POLICY = Policy(
    "safeguarded",
    entities={
        "*": Operator.TAG,
        **dict.fromkeys(
            ("PERSON", "HANDLE", "EMAIL_ADDRESS", "PHONE_NUMBER", "URL", "POST_ID", "ORGANIZATION"),
            Operator.PSEUDONYM,
        ),
        "LOCATION": Operator.GENERALISE,
        "POSTCODE": Operator.GENERALISE,
        "AGE": Operator.GENERALISE,
        "JOB_TITLE": Operator.GENERALISE,
        "DATE_TIME": Operator.SHIFT,
        "HASHTAG": Operator.KEEP,
        "SECRET": Operator.DROP,
        "NRP": Operator.MASK,
    },
    roles={
        Role.NAME: Operator.PSEUDONYM,
        Role.HANDLE: Operator.PSEUDONYM,
        Role.ID: Operator.PSEUDONYM,
        Role.URL: Operator.PSEUDONYM,
        Role.DATE: Operator.SHIFT,
        Role.PLACE: Operator.GENERALISE,
        Role.COUNT: Operator.COARSEN,
        Role.CODE: Operator.KEEP,
        Role.OPAQUE: Operator.DROP,
    },
    thresholds={"*": 0.4},
    counts=2,
    places=PlaceLevel.REGION,
    allow=frozenset({"bbc"}),
)
PACK = RulePack(
    "gb",
    places=(Place("Leeds", "Leeds", "England", "United Kingdom"),),
    fictional_phones={"GB": ("+44 7700 900", 3)},
)
ID = "1697051672621597026"
TEXT: Path = ("text",)


def transformer(policy: Policy = POLICY) -> Transformer:
    """Return a transformer that knows Jane and Tom."""
    return Transformer(
        policy, TIER, KEYS, directory(), (PACK,), decide_span=decide_span, decide_field=decide_field
    )


def run(
    *fields: Field,
    spans: Mapping[Path, Sequence[Span]] | None = None,
    policy: Policy = POLICY,
    withheld: Mapping[int, str] | None = None,
    sections: tuple[Section, ...] = (Section(ID),),
) -> Transformed:
    """Transform a document of some fields."""
    document = Document("d", fields, sections, None)
    return transformer(policy).document(document, spans or {}, "name", withheld or {})


def text(
    value: str,
    *found: tuple[str, str],
    encoding: Encoding = Encoding.PLAIN,
    policy: Policy = POLICY,
    score: float = 0.9,
) -> Transformed:
    """Transform one text in which each surface was found as its type."""
    spans = []
    for surface, entity_type in found:
        at = value.index(surface)
        spans.append(Span(at, at + len(surface), entity_type, score, "test/x"))
    one = Field(TEXT, Role.TEXT, value, encoding=encoding)
    return run(one, spans={TEXT: spans}, policy=policy)


X_HANDLE = surrogate_handle(TIER, "x", "@MsSmith_Media", MIRA)


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


def field(role: Role, value: str, kind: str = "", subject: str = "") -> Field:
    """Return a field named after its role."""
    return Field((role.value + kind,), role, value, kind=kind, subject=subject)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (field(Role.NAME, "Jane ✨", "display"), "Mira Keller"),
        (field(Role.NAME, "JS", "speaker"), "MK"),
        (field(Role.NAME, "Interviewer", "speaker"), "Interviewer"),
        (field(Role.NAME, "Jane", "person"), "Mira"),
        (field(Role.HANDLE, "MsSmith_Media", "x"), X_HANDLE[1:]),
        (field(Role.ID, ID, "user"), surrogate_id(TIER, ID)),
        (field(Role.COUNT, "1874"), "1900"),
        (field(Role.COUNT, "many"), None),
        (field(Role.CODE, "en"), "en"),
        (field(Role.PLACE, "Leeds, UK"), "England"),
        (field(Role.PLACE, "53.48, -2.24"), None),
        (field(Role.DATE, "soon"), None),
        (field(Role.OPAQUE, "x", "unknown"), None),
        (field(Role.OPAQUE, "x", "rule"), None),
        (field(Role.NAME, "", "display"), ""),
    ],
)
def test_fields(one: Field, expected: str | None) -> None:
    """Each role has its new value."""
    assert run(one).texts == {one.path: expected}


def test_display_name_goes_by_the_account() -> None:
    """A display name is that of the account's id, whatever it says."""
    fields = (
        field(Role.ID, ID, "user", "a"),
        field(Role.NAME, "Tom Brown", "display", "a"),
    )
    assert run(*fields).texts["namedisplay",] == "Mira Keller"


def test_unknown_names_and_labels() -> None:
    """An unknown label stays a label; an unknown name becomes a tag."""
    label = run(field(Role.NAME, "Zoe", "speaker")).texts["namespeaker",] or ""
    assert label.startswith("Speaker ")
    name = run(field(Role.NAME, "Zoe", "display")).texts["namedisplay",] or ""
    assert name.startswith("[PERSON_")


def test_several_handles() -> None:
    """A cell of several handles keeps its punctuation."""
    new = run(field(Role.HANDLE, "['MsSmith_Media', '@x']", "x")).texts["handlex",] or ""
    assert new.startswith(f"['{X_HANDLE[1:]}', '@user_")
    assert new.endswith("']")


def test_text_that_is_an_address() -> None:
    """A text field that is an e-mail address is replaced as one."""
    one = field(Role.TEXT, "jsmith@college.example", "email")
    done = run(one)
    assert (done.texts[one.path] or "").startswith("mira.keller.")
    assert done.entries[0].rule == "safeguarded/entities/EMAIL_ADDRESS"


def test_whole_text_by_policy() -> None:
    """A policy can drop or tag a text field by name."""
    one = Field(TEXT, Role.TEXT, "Ask Jane")
    dropped = run(one, policy=replace(POLICY, fields={"text": Operator.DROP}))
    assert dropped.texts == {TEXT: None}
    assert dropped.counts == {"dropped/rule/text": 1}
    tagged = run(one, policy=replace(POLICY, fields={"text": Operator.TAG}))
    assert (tagged.texts[TEXT] or "").startswith("[TEXT_")


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


def test_dropped_patterns_hold_no_values() -> None:
    """Reports name dropped leaves by pattern; a key that may be a value is a token."""
    fields = (
        Field(("a", 0, "b"), Role.OPAQUE, "x", kind="rule"),
        Field(("a", 1, "b"), Role.OPAQUE, "x", kind="rule"),
        Field(("users", ID, "Jane Smith"), Role.OPAQUE, "x", kind="unknown"),
    )
    done = run(*fields)
    assert done.counts["dropped/rule/a[].b"] == 2
    assert not any(ID in key or "Jane" in key for key in done.counts)
    assert sum(n for key, n in done.counts.items() if key.startswith("dropped/unknown/")) == 1


def test_styles() -> None:
    """In a tier of role codes names, labels, handles and hashtags are coded."""
    policy = replace(POLICY, names=NameStyle.ROLE)
    assert text("Ask Jane's", ("Jane's", "PERSON"), policy=policy).texts[TEXT] == "Ask Teacher 03's"
    assert text("#TeamJane", ("Jane", "PERSON"), policy=policy).texts[TEXT] == "#TeamTeacher03"
    assert (
        run(field(Role.NAME, "JS", "speaker"), policy=policy).texts["namespeaker",] == "Teacher 03"
    )


def test_dates() -> None:
    """A date is shifted by weeks and coarsened; without a shift only coarsened."""
    policy = replace(POLICY, shift=False, dates=Precision.DAY)
    one = field(Role.DATE, "2023-08-12T16:10:37Z")
    assert run(one, policy=policy).texts[one.path] == "2023-08-12T00:00:00Z"
    assert (run(one).texts[one.path] or "").endswith("T16:10:37Z")
    assert run(one).texts[one.path] != one.value


def test_operators_that_do_not_fit() -> None:
    """An operator that makes no sense for a role drops numbers and tags words."""
    policy = replace(POLICY, roles=dict.fromkeys(Role, Operator.TAG))
    assert run(field(Role.COUNT, "12"), policy=policy).texts["count",] is None
    assert run(field(Role.OPAQUE, "12"), policy=policy).texts["opaque",] is None
    assert (run(field(Role.ID, "12"), policy=policy).texts["id",] or "").startswith("[ID_")
    masked = replace(POLICY, roles=dict.fromkeys(Role, Operator.MASK))
    assert run(field(Role.HANDLE, "jane", "x"), policy=masked).texts["handlex",] == "●●●●"


def test_tagged_persons() -> None:
    """A tier that tags persons uses the tag of the person, with the possessive."""
    policy = replace(POLICY, entities={"*": Operator.TAG})
    assert text("Jane's", ("Jane's", "PERSON"), policy=policy).texts[TEXT] == "[PERSON_7F3K]'s"


def test_chosen_pseudonym_is_the_rosters() -> None:
    """A replacement by a chosen pseudonym is the roster's decision."""
    chosen = FakeDirectory(Entry(replace(JANE, chosen="Mira Keller"), MIRA))
    work = Transformer(
        POLICY, TIER, KEYS, chosen, (), decide_span=decide_span, decide_field=decide_field
    )
    fields = (Field(TEXT, Role.TEXT, "Jane"), field(Role.NAME, "Jane", "person"))
    document = Document("d", fields, (Section("0"),), None)
    done = work.document(document, {TEXT: [Span(0, 4, "PERSON", 1.0, "k/n")]}, "name", {})
    assert [e.by for e in done.entries] == ["roster", "roster"]
    assert done.entries[1].rule == "safeguarded/roles/name"


@given(
    st.sampled_from(Role), st.text(max_size=40), st.sampled_from(Operator),
    st.sampled_from(["", "display", "speaker", "user", "x", "email", "phone", "rule"]),
)  # fmt: skip
def test_total(role: Role, value: str, operator: Operator, kind: str) -> None:
    """Every field of every role has an answer under every operator."""
    policy = replace(POLICY, roles=dict.fromkeys(Role, operator))
    one = Field(("f",), role, value, kind=kind)
    done = run(one, policy=policy)
    assert set(done.texts) == {one.path}
    changed = done.texts[one.path] not in {None, value}
    assert len(done.entries) == (1 if changed and role is not Role.OFFSET else 0)


@pytest.mark.parametrize(
    ("value", "entity_type", "operator", "expected"),
    [
        ("12 August 2023", "DATE_TIME", Operator.COARSEN, "August 2023"),
        ("August 2023", "DATE_TIME", Operator.COARSEN, "August 2023"),
        ("17", "AGE", Operator.COARSEN, "10-19"),
        ("Quaker", "NRP", Operator.GENERALISE, None),
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


def test_account_fields_find_one_another() -> None:
    """A handle is that of its account's id, a name that of its account's handle."""
    by_id = run(field(Role.ID, ID, "user", "a"), field(Role.HANDLE, "old_name", "x", "a"))
    assert (by_id.texts["handlex",] or "").startswith("mira_keller_")
    by_handle = run(field(Role.HANDLE, "jane_s", "x", "a"), field(Role.NAME, "💫", "display", "a"))
    assert by_handle.texts["namedisplay",] == "Mira Keller"
    unknown = run(field(Role.ID, "7", "user", "a"), field(Role.HANDLE, "zoe", "x", "a"))
    assert (unknown.texts["handlex",] or "").startswith("user_")


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
