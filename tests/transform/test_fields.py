"""Fields replaced as a whole: every role has its new value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.decide.decisions import decide_field, decide_span
from anonymize.model.decisions import Operator
from anonymize.model.directory import Entry
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Field, Role
from anonymize.model.policies import Precision
from anonymize.model.spans import Span
from anonymize.transform.document import Transformer
from anonymize.transform.ids import surrogate_id
from tests.transform.fakes import JANE, KEYS, MIRA, FakeDirectory
from tests.transform.tier import ID, POLICY, TEXT, TIER, X_HANDLE, field, run


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
        (field(Role.OPAQUE, "", "unknown"), None),
        (field(Role.OPAQUE, " ", "rule"), None),
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


def test_account_fields_find_one_another() -> None:
    """A handle is that of its account's id, a name that of its account's handle."""
    by_id = run(field(Role.ID, ID, "user", "a"), field(Role.HANDLE, "old_name", "x", "a"))
    assert (by_id.texts["handlex",] or "").startswith("mira_keller_")
    by_handle = run(field(Role.HANDLE, "jane_s", "x", "a"), field(Role.NAME, "💫", "display", "a"))
    assert by_handle.texts["namedisplay",] == "Mira Keller"
    unknown = run(field(Role.ID, "7", "user", "a"), field(Role.HANDLE, "zoe", "x", "a"))
    assert (unknown.texts["handlex",] or "").startswith("user_")
