"""A project key and an identity store on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from anonymize.link.store import IdentityStore
from anonymize.model.keys import Keys
from tests.link.stories import Study


@pytest.fixture
def keys() -> Keys:
    """Return the keys of a test project."""
    return Keys(b"k" * 32)


@pytest.fixture
def store(tmp_path: Path, keys: Keys) -> Iterator[IdentityStore]:
    """Yield a new store, open for writing."""
    with IdentityStore(tmp_path / "identities.sqlite", keys, write=True) as opened:
        yield opened


@pytest.fixture
def study(store: IdentityStore, keys: Keys) -> Study:
    """Return a study over the new store."""
    return Study(store, keys)
