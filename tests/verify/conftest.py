from __future__ import annotations

import pathlib
from collections.abc import Callable

import pytest

from anonymize.model.audit import AuditEntry
from anonymize.model.keys import Keys
from anonymize.verify.chain import chain
from anonymize.verify.fixity import manifest_digest, write_manifest
from anonymize.verify.head import write_head

ENTRY = AuditEntry(
    document="tqk7xwq2",
    path=("tweet", "full_text"),
    start=4,
    end=8,
    entity_type="PERSON",
    score=0.85,
    recognizer="known/person",
    operator="pseudonym",
    pseudonym="Mira",
    rule="safeguarded/entities/PERSON",
    by="policy",
    digest="ab" * 32,
)


@pytest.fixture(scope="session")
def keys() -> Keys:
    """Return the keys of a project."""
    return Keys(bytes(range(32)))


@pytest.fixture
def publish(keys: Keys) -> Callable[[pathlib.Path], pathlib.Path]:
    """Return what makes a small shared folder at a path."""

    def make(root: pathlib.Path) -> pathlib.Path:
        (root / "data").mkdir(parents=True)
        (root / "audit").mkdir()
        (root / "data" / "tweets.jsonl").write_text('{"text":"Ask Mira"}\n')
        (root / "README.md").write_text("# A data set\n")
        with (root / "audit" / "audit.jsonl").open("wb") as stream:
            facts = chain([ENTRY] * 3, stream)
        digest = manifest_digest(root)
        write_head(root / "audit" / "head.json", facts.entries, facts.last, digest, keys)
        write_manifest(root)
        return root

    return make


@pytest.fixture
def share(
    tmp_path: pathlib.Path,
    publish: Callable[[pathlib.Path], pathlib.Path],
) -> pathlib.Path:
    """Return a small shared folder as published."""
    return publish(tmp_path / "share")
