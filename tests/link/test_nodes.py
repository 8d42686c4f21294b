from __future__ import annotations

import pytest

from anonymize.link import nodes


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("@Jane_S", ("handle", "x", "jane_s")),
        ("jane@social.example", ("handle", "mastodon", "jane@social.example")),
        ("@jane.social.example", ("handle", "bluesky", "jane.social.example")),
    ],
)
def test_platform_shows_in_the_handle(written: str, expected: nodes.Node) -> None:
    """Without a platform in the record, the form of a handle tells it."""
    assert nodes.handle("", written) == expected


def test_nobody_has_no_node() -> None:
    """Ids, handles and numbers that name nobody make no node."""
    assert nodes.user("x", "-1") is None
    assert nodes.handle("x", " @ ") is None
    assert nodes.email(" ") is None
    assert nodes.phone("999") is None


@pytest.mark.parametrize(
    "written",
    [
        "J.Smith@college.example",
        "j.smith (at) college [dot] example",
        "mailto:j.smith@college.example",
    ],
)
def test_spelt_out_addresses_are_one(written: str) -> None:
    """An address in words, in capitals or as a link is the same node."""
    assert nodes.email(written) == ("email", "j.smith@college.example")


def test_phone_forms_are_one() -> None:
    """National and international writing of one number are the same node."""
    assert nodes.phone("+44 7700 900123") == nodes.phone("07700-900123")
