"""A surrogate takes the form the name had."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from anonymize.model.identities import Kind, Person
from anonymize.model.policies import NameStyle
from anonymize.transform.forms import full_name, render_display, render_name
from tests.transform.fakes import JANE, MIRA

TABLE: dict[str, Any] = YAML(typ="safe").load(
    Path(__file__).parents[1] / "regression" / "forms.yaml",
)


def rendered(row: dict[str, Any]) -> str:
    """Return what a row's surface becomes."""
    person = Person(
        "p",
        kind=Kind(row.get("kind", "person")),
        names=tuple(row.get("names", TABLE["default"])),
    )
    style = NameStyle(row.get("style", "realistic"))
    return render_name(row["surface"], person, MIRA, style, joined=row.get("joined", False))


def test_table() -> None:
    """Every row of the table of forms is rendered as it says."""
    wrong = {
        f"{row['surface']} {row.get('style', '')}": (rendered(row), row["expected"])
        for row in TABLE["rows"]
        if rendered(row) != row["expected"]
    }
    assert not wrong
    assert len(TABLE["rows"]) >= 60


def test_known_failures() -> None:
    """Every known failure fails still."""
    assert [row for row in TABLE["known_failures"] if rendered(row) == row["expected"]] == []


@given(st.text(min_size=1, max_size=30), st.sampled_from(NameStyle))
def test_any_surface(surface: str, style: NameStyle) -> None:
    """Any surface at all has a form, and none holds the person's name."""
    new = render_name(surface, JANE, MIRA, style)
    assert new
    assert "Jane" not in new
    assert "Smith" not in new


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Jane Smith", "Mira Keller"),
        ("Jane S.", "Mira K."),
        ("Ms Smith", "Mira Keller"),
        ("jane ✨", "Mira Keller"),
        ("✨✨", "Mira Keller"),
        ("Media Queen 👑", "Mira Keller"),
        ("Jane Smith 📚 | media", "Mira Keller"),
    ],
)
def test_display_names(value: str, expected: str) -> None:
    """A display name loses its symbols, and what is not a form of the name is the full one."""
    assert render_display(value, JANE, MIRA, NameStyle.REALISTIC) == expected


def test_full_name_by_style() -> None:
    """The whole name of a surrogate is a name, a code or a tag, by the style of the tier."""
    assert [full_name(MIRA, style) for style in NameStyle] == [
        "Mira Keller",
        "Teacher 03",
        "[PERSON_7F3K]",
    ]
