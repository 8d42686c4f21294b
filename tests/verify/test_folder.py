from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymize.errors import IntegrityError
from anonymize.model.identities import KnownIdentifier
from anonymize.model.keys import Keys
from anonymize.verify.folder import verify_folder


def test_accepts_what_was_published(share: pathlib.Path, keys: Keys) -> None:
    """A folder as published has no fault and no leak."""
    known = [KnownIdentifier("PERSON", "Zoe Brightwater")]
    result = verify_folder(share, keys, known, {"1597000000000000001"}.__contains__)

    assert result.ok
    assert result.leaks is not None
    assert result.leaks.files == 5
    assert verify_folder(share).leaks is None


def test_a_leak_is_not_ok(share: pathlib.Path) -> None:
    """A known identifier in an otherwise sound folder fails it."""
    result = verify_folder(share, known=[KnownIdentifier("HANDLE", "ask_mira")])

    assert result.faults == ()
    assert not result.ok


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_any_changed_byte_is_found(
    publish: Callable[[pathlib.Path], pathlib.Path],
    data: st.DataObject,
) -> None:
    """One byte changed, added or cut anywhere in the folder makes the check fail."""
    with tempfile.TemporaryDirectory() as folder:
        root = publish(pathlib.Path(folder) / "share")
        path = data.draw(st.sampled_from(sorted(p for p in root.rglob("*") if p.is_file())))
        raw = bytearray(path.read_bytes())
        at = data.draw(st.integers(0, len(raw) - 1))
        change = data.draw(st.integers(-1, 255))
        if change == 0:
            raw.insert(at, raw[at])
        elif change < 0:
            del raw[at]
        else:
            raw[at] ^= change
        path.write_bytes(raw)
        result = verify_folder(root)

        assert not result.ok
        assert result == verify_folder(root)


def test_refuses_what_is_no_folder(tmp_path: pathlib.Path) -> None:
    """A path without a folder is an error of its own."""
    with pytest.raises(IntegrityError, match="no such"):
        verify_folder(tmp_path / "nowhere")


def test_an_empty_folder_misses_everything(tmp_path: pathlib.Path) -> None:
    """Log, head and manifest are missed by name."""
    assert {fault.file for fault in verify_folder(tmp_path).faults} == {
        "audit/audit.jsonl",
        "audit/head.json",
        "manifest-sha256.txt",
    }
