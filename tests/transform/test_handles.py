"""Surrogate handles cannot have been issued to anybody."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model.identities import Surrogate
from anonymize.transform.handles import cut_handle, surrogate_handle
from tests.transform.fakes import JANE, KEYS, MIRA

HANDLES = st.from_regex(r"@?[A-Za-z0-9_]{1,15}", fullmatch=True)
SURROGATES = st.sampled_from(
    [MIRA, None, Surrogate("a", code="Person 0417"), Surrogate("b", tag="PERSON_7F3K")],
)


@given(HANDLES, SURROGATES)
def test_x_handles(handle: str, surrogate: Surrogate | None) -> None:
    """An X handle is longer than X allows, plain, keeps its `@`, and ignores case."""
    new = surrogate_handle(KEYS, "x", handle, surrogate)
    assert re.fullmatch(r"@?[a-z0-9]+(_[a-z0-9]+)*_[a-z][a-z0-9]{4,}", new)
    assert new.startswith("@") == handle.startswith("@")
    assert len(new.lstrip("@")) > 15
    assert new == surrogate_handle(KEYS, "x", handle.swapcase(), surrogate)
    assert not re.search(r"[0-9]{6}", new)


@given(HANDLES, SURROGATES, st.sampled_from(["x", "mastodon", "bluesky"]))
def test_the_random_part_spells_nothing(
    handle: str, surrogate: Surrogate | None, platform: str
) -> None:
    """No two letters stand together in what follows the name: they could be initials."""
    random = re.split(r"[_-]", surrogate_handle(KEYS, platform, handle, surrogate))[-1]
    assert re.fullmatch(r"[a-z]([0-9][a-z])*[0-9]?", random)


def test_name_parts_and_own_token() -> None:
    """Two handles of a person share her name and not their token."""
    one = surrogate_handle(KEYS, "x", "@MsSmith_Media", MIRA)
    two = surrogate_handle(KEYS, "x", "@jane_s", MIRA)
    assert one.startswith("@mira_keller_")
    assert two.startswith("@mira_keller_")
    assert one != two


def test_thousands_differ() -> None:
    """Ten thousand unknown handles have ten thousand surrogates."""
    found = {surrogate_handle(KEYS, "x", f"h{n}", None) for n in range(10_000)}
    assert len(found) == 10_000


@pytest.mark.parametrize(
    ("platform", "handle", "pattern"),
    [
        ("mastodon", "@jane@social.example", r"@mira_keller_\w{5}@fedi-\w{8}\.example"),
        ("mastodon", "jane", r"mira_keller_\w{5}"),
        ("bluesky", "jane.bsky.social", r"mira-keller-\w{5}\.example"),
        ("bluesky", "did:plc:z72i7hdynmk6r22z27h6tvur", r"did:example:\w{16}"),
    ],
)
def test_other_platforms(platform: str, handle: str, pattern: str) -> None:
    """A Mastodon or Bluesky handle stands under a host that never resolves."""
    assert re.fullmatch(pattern, surrogate_handle(KEYS, platform, handle, MIRA))


def test_same_server() -> None:
    """Handles of one server stay on one server."""
    one = surrogate_handle(KEYS, "mastodon", "a@social.example", None)
    two = surrogate_handle(KEYS, "mastodon", "b@Social.example", MIRA)
    assert one.partition("@")[2] == two.partition("@")[2]


def test_cut_handles() -> None:
    """A cut handle of a known person is the beginning of its surrogate, and too long still."""
    full = surrogate_handle(KEYS, "x", "@MsSmith_Media", MIRA)
    cut = cut_handle(KEYS, "x", "@MsSmi", JANE, MIRA)
    assert full.startswith(cut)
    assert len(cut.lstrip("@")) > 15
    assert len(cut_handle(KEYS, "x", "@unkn", None, None).lstrip("@")) > 15
