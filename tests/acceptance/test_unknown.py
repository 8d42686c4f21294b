"""What nobody knows is dropped and reported, and its name is not taken on trust either."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests import generators
from tests.acceptance.running import call, found

HANDLE = "zqk_annari"
_OWNER = "ilver_pashwick"
_KEYS = f'"lang": "en", "{HANDLE}": "x", "zz_new": {{"{HANDLE}": [{{"{HANDLE}_photo": "x"}}]}}'
_MORE = '"lang": "en", "brand_new": {"deep": ["Zq7Kvalue0001x"]}'


def _takeout() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(generators.make_takeout(3))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            text = old.read(name).decode().replace(_OWNER, HANDLE)
            text = text.replace('"lang": "en"', _KEYS, 1).replace('"lang": "en"}', _MORE + "}")
            new.writestr(name, text.replace('"lang": "en"', _MORE))
        new.writestr(f"data/{HANDLE}.js", f"window.YTD.{HANDLE}.part0 = []")
        new.writestr(f"data/{HANDLE}/{HANDLE}.bin", b"Zq7Kvalue0001x")
        new.writestr("data/brand-new.js", "window.YTD.brand_new.part0 = []")
    return out.getvalue()


def _jsonl() -> bytes:
    lines = generators.make_jsonl(3).decode().splitlines()
    first = json.loads(lines[0])
    first["author"]["username"] = HANDLE
    lines[0] = json.dumps(first).replace('"lang": "en"', _KEYS)
    lines[1] = lines[1].replace('"lang": "en"', _MORE)
    return "\n".join(lines).encode()


def _csv() -> bytes:
    lines = generators.make_csv(3).decode().splitlines()
    rows = [f"{lines[0]},{HANDLE},zz_new", f"{lines[1]},1,2", *(f"{row},1,2" for row in lines[2:])]
    handle = next(handle for _, _, handle in generators.PEOPLE if handle in rows[1])
    return "\n".join(rows).replace(handle, HANDLE).encode()


CASES = {"a.zip": _takeout, "b.jsonl": _jsonl, "c.csv": _csv}


@pytest.mark.parametrize("name", CASES)
def test_names_of_unknown_things_are_no_way_out(name: str, tmp_path: Path) -> None:
    """An unknown key, column or file called as a known person is reported without the name."""
    (tmp_path / name).write_bytes(CASES[name]())
    share, project = tmp_path / "share", tmp_path / "share.private"
    said = call("run", tmp_path / name, "--out", share, "--json")
    assert said.code == 10, said.err
    wanted = [HANDLE, HANDLE.replace("_", ""), "Zq7Kvalue0001x"]
    assert found(share, wanted) == {}
    assert found(project, wanted) == {}
    assert not any(one.lower() in said.everything.lower() for one in wanted)
    listed = [json.loads(line) for line in (share / "withheld.jsonl").read_text().splitlines()]
    unknown = {one["key"]: one["count"] for one in listed if one["reason"] == "unknown-key"}
    report = json.loads((share / "report.json").read_text())
    assert report["dropped"]["unknown"] == unknown
    assert len(unknown) >= 2
    assert json.loads(said.out)["dropped"]["unknown"] == unknown


def test_plain_names_of_unknown_keys_are_told(tmp_path: Path) -> None:
    """An unknown key that is nobody's name is called by its name, so that it can be looked into."""
    (tmp_path / "b.jsonl").write_bytes(_jsonl())
    said = call("run", tmp_path / "b.jsonl", "--out", tmp_path / "share", "--json")
    assert json.loads(said.out)["dropped"]["unknown"]["brand_new.deep[]"] == 1
    assert '"brand_new.deep[]"' in (tmp_path / "share" / "withheld.jsonl").read_text()


def test_unknown_files_of_a_takeout_are_listed(tmp_path: Path) -> None:
    """Each unknown file of a takeout has a line in the withheld list and one in the report."""
    (tmp_path / "a.zip").write_bytes(_takeout())
    said = call("run", tmp_path / "a.zip", "--out", tmp_path / "share")
    assert said.code == 10
    lines = (tmp_path / "share" / "withheld.jsonl").read_text().splitlines()
    files = [json.loads(line) for line in lines if "dropped-unknown-file" in line]
    report = json.loads((tmp_path / "share" / "report.json").read_text())
    unknown = [one["name"] for one in report["dropped"]["files"] if one["reason"] == "unknown"]
    assert [one["file"] for one in files] == unknown
    assert len(unknown) == 3
    assert "data/brand-new.js" in unknown
    assert not any(HANDLE in one for one in unknown)


@pytest.mark.parametrize(
    "handle",
    ["username", "entities", "hashtags", "public_metrics", "pseudonym", "safeguarded", "sha256"],
)
def test_a_handle_that_is_a_word_of_the_output_stops_nothing(handle: str, tmp_path: Path) -> None:
    """A tweet that mentions an account called as a key or word of our own files is published."""
    mention = {"start": 4, "end": 5 + len(handle), "username": handle, "id": "88888888"}
    tweet = json.loads(generators.make_jsonl(1))
    tweet |= {"text": f"Ask @{handle} about it", "entities": {"mentions": [mention]}}
    (tmp_path / "a.jsonl").write_text(json.dumps(tweet) + "\n")
    said = call("run", tmp_path / "a.jsonl", "--out", tmp_path / "share")
    assert said.code == 0, said.err
    assert f"@{handle}" not in "".join(
        path.read_text() for path in (tmp_path / "share" / "data").iterdir()
    )
