"""Records are values: slotted, compared and hashed by what they hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anonymize.model.fields import Field, Role

ONE = Field(("text",), Role.TEXT, "Jane")


def test_a_record_is_a_value() -> None:
    """Equal records have one hash; a copy with another value leaves the first as it was."""
    other = replace(ONE, value="Tom")
    assert {ONE, Field(("text",), Role.TEXT, "Jane"), other} == {ONE, other}
    assert (ONE.value, other.value) == ("Jane", "Tom")


def test_a_record_has_no_room_for_more() -> None:
    """An attribute nobody declared is refused, and originals are not shown."""
    with pytest.raises(AttributeError):
        ONE.note = 1  # type: ignore[attr-defined]
    assert "Jane" not in repr(ONE)
