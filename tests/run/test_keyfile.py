"""The key file guards 32 bytes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from anonymize.errors import SecretError
from anonymize.run import keyfile


def test_a_key_is_read_back(tmp_path: Path) -> None:
    """What was drawn is what is loaded."""
    made = keyfile.create(tmp_path / "key")

    assert keyfile.load(tmp_path / "key").mac("x", "y") == made.mac("x", "y")


def test_two_keys_differ(tmp_path: Path) -> None:
    """No two projects share a key."""
    assert keyfile.create(tmp_path / "a").id() != keyfile.create(tmp_path / "b").id()


@pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")
def test_the_file_is_the_owners_alone(tmp_path: Path) -> None:
    """The file is born with mode 0600 whatever the umask, and refused when others may read it."""
    before = os.umask(0)
    try:
        keyfile.create(tmp_path / "key")
    finally:
        os.umask(before)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600

    (tmp_path / "key").chmod(0o640)
    with pytest.raises(SecretError, match="readable by others"):
        keyfile.load(tmp_path / "key")


def test_a_passphrase_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sealed key opens with its passphrase, given or from the environment, and no other."""
    monkeypatch.delenv(keyfile.PASSPHRASE_VARIABLE, raising=False)
    made = keyfile.create(tmp_path / "key", "correct horse")

    assert keyfile.load(tmp_path / "key", "correct horse").id() == made.id()
    assert keyfile.is_locked(tmp_path / "key")
    with pytest.raises(SecretError, match="wrong passphrase"):
        keyfile.load(tmp_path / "key", "wrong")
    with pytest.raises(SecretError, match="locked by a passphrase"):
        keyfile.load(tmp_path / "key")
    monkeypatch.setenv(keyfile.PASSPHRASE_VARIABLE, "correct horse")
    assert keyfile.load(tmp_path / "key").id() == made.id()


def test_the_sealed_file_holds_no_key_bytes(tmp_path: Path) -> None:
    """The base64 of the plain key does not stand in a sealed file."""
    made = keyfile.create(tmp_path / "key", "phrase")
    keyfile.export(tmp_path / "key", tmp_path / "copy", "other", unlock="phrase")
    plain = json.loads((tmp_path / "copy").read_text())

    assert plain["kdf"]["name"] == "argon2id"
    assert keyfile.load(tmp_path / "copy", "other").id() == made.id()


@pytest.mark.parametrize("damage", ["", "{}", "[]", "not json", '{"version": 1, "id": "x"}'])
def test_a_damaged_file_is_refused(tmp_path: Path, damage: str) -> None:
    """Whatever stands in the file, the answer is a SecretError."""
    (tmp_path / "key").write_text(damage)
    (tmp_path / "key").chmod(0o600)

    with pytest.raises(SecretError):
        keyfile.load(tmp_path / "key")


def test_a_changed_key_is_noticed(tmp_path: Path) -> None:
    """A key that does not fit its id is refused."""
    keyfile.create(tmp_path / "key")
    content = json.loads((tmp_path / "key").read_text())
    content["id"] = "0" * 16
    (tmp_path / "key").write_text(json.dumps(content))

    with pytest.raises(SecretError, match="does not fit"):
        keyfile.load(tmp_path / "key")


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    """Creating or exporting over a file is refused."""
    keyfile.create(tmp_path / "key")

    with pytest.raises(SecretError, match="never overwritten"):
        keyfile.create(tmp_path / "key")
    with pytest.raises(SecretError, match="never overwritten"):
        keyfile.export(tmp_path / "key", tmp_path / "key", "phrase")


def test_destroying_leaves_no_file(tmp_path: Path) -> None:
    """The file is gone, and loading says that the key is missing."""
    keyfile.create(tmp_path / "key")
    keyfile.destroy(tmp_path / "key")

    with pytest.raises(SecretError, match="missing"):
        keyfile.load(tmp_path / "key")


def test_an_empty_passphrase_is_refused(tmp_path: Path) -> None:
    """An empty passphrase protects nothing and is refused."""
    with pytest.raises(SecretError, match="empty"):
        keyfile.create(tmp_path / "key", "")
