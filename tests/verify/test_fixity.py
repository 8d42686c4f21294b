from __future__ import annotations

import hashlib
import pathlib
import shutil
import subprocess

import pytest

from anonymize.errors import IntegrityError
from anonymize.verify.fixity import MANIFEST, check_manifest, manifest_digest, write_manifest


def _found(share: pathlib.Path) -> set[tuple[str, str]]:
    return {(fault.file, fault.code) for fault in check_manifest(share)}


def test_lists_every_file_but_itself(share: pathlib.Path) -> None:
    """The manifest holds digest and path of every file, sorted."""
    lines = (share / MANIFEST).read_text().splitlines()

    assert [line[66:] for line in lines] == [
        "README.md",
        "audit/audit.jsonl",
        "audit/head.json",
        "data/tweets.jsonl",
    ]
    assert lines[0][:64] == hashlib.sha256((share / "README.md").read_bytes()).hexdigest()
    assert _found(share) == set()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_is_read_by_sha256sum(share: pathlib.Path) -> None:
    """The usual tool accepts the manifest."""
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", MANIFEST], cwd=share, check=True)


def test_finds_what_is_not_as_listed(share: pathlib.Path) -> None:
    """Missing, changed and added files and links are told apart."""
    (share / "README.md").unlink()
    (share / "data" / "tweets.jsonl").write_text("other")
    (share / "data" / "new.txt").write_text("new")
    (share / "link").symlink_to("data")

    assert _found(share) == {
        ("README.md", "missing"),
        ("data/tweets.jsonl", "changed"),
        ("data/new.txt", "added"),
        ("link", "not-a-file"),
    }


def test_finds_a_manifest_that_is_none(share: pathlib.Path) -> None:
    """A manifest that is missing, cut, unsorted, repeated or not one is a fault."""
    path = share / MANIFEST
    good = path.read_bytes()
    lines = good.splitlines(keepends=True)
    cases = {
        b"": "wrong-order",
        good[:-1]: "wrong-order",
        b"".join(reversed(lines)): "wrong-order",
        good + lines[-1]: "wrong-line",
        good.replace(b"  ", b" *"): "wrong-line",
        good.upper(): "wrong-line",
    }
    for raw, code in cases.items():
        path.write_bytes(raw)
        assert code in {fault.code for fault in check_manifest(share)}

    path.unlink()
    assert _found(share) == {(MANIFEST, "missing")}


def test_finds_files_other_than_signed(share: pathlib.Path) -> None:
    """A manifest made anew for changed files does not fit the digest that was signed."""
    signed = manifest_digest(share)
    (share / "README.md").write_text("other")
    write_manifest(share)

    assert _found(share) == set()
    assert {fault.code for fault in check_manifest(share, signed)} == {"wrong-files"}


def test_digest_leaves_out_the_head_and_itself(share: pathlib.Path) -> None:
    """The digest to be signed is the same before and after head and manifest are written."""
    before = manifest_digest(share)
    (share / "audit" / "head.json").unlink()
    (share / MANIFEST).unlink()

    assert manifest_digest(share) == before


def test_encodes_line_ends_in_names(share: pathlib.Path) -> None:
    """A line feed in a name does not end the line."""
    (share / "data" / "a\nb%.txt").write_text("x")
    write_manifest(share)

    assert b"  data/a%0Ab%25.txt\n" in (share / MANIFEST).read_bytes()
    assert _found(share) == set()


def test_refuses_to_list_links(share: pathlib.Path) -> None:
    """A link in the folder stops the writing of a manifest."""
    (share / "link").symlink_to("README.md")

    with pytest.raises(IntegrityError, match="link"):
        write_manifest(share)
