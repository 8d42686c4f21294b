"""The written list of what may stand in a released file of each format: paths and columns.

`python -m tests.acceptance.paths --write` writes the lists below `paths/` anew, from the canary
files, in which every known leaf is filled.  Each line that comes or goes is to be looked at: it
is a value that is shared from then on, or no longer.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.acceptance import golden

HOME = Path(__file__).with_name("paths")


def _leaves(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key, one in value.items():
            yield from _leaves(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for one in value:
            yield from _leaves(one, path + "[]")
    else:
        yield path


def _read(name: str, data: bytes) -> Iterator[str]:
    suffix = next((one for one in reversed(name.split("/")) if "." in one), name)
    if suffix.endswith((".js", ".json", ".jsonl")):
        text = data.decode("utf-8").removeprefix("\ufeff")
        if suffix.endswith(".js"):
            text = text.partition("=")[2]
        for line in text.splitlines() if suffix.endswith(".jsonl") else [text]:
            if line.strip():
                yield from _leaves(json.loads(line))
    elif suffix.endswith(".csv"):
        yield from next(csv.reader(io.StringIO(data.decode())))
    else:
        yield "text"


def _columns(path: Path) -> Iterator[str]:
    """Yield the sheets of a workbook with their columns, or the columns of a Parquet table."""
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        yield from pq.read_schema(path).names
        return
    import openpyxl

    for sheet in openpyxl.load_workbook(path):
        header = max(sheet.iter_rows(max_row=2, values_only=True), key=lambda row: len(set(row)))
        yield from (f"{sheet.title}/{one}" for one in header if one)


def written(share: Path) -> set[str]:
    """Return the paths and columns in the data of a release, positions left out."""
    found: set[str] = set()
    for path in sorted((share / "data").rglob("*")):
        if path.suffix in {".parquet", ".xlsx"}:
            found.update(_columns(path))
        elif path.is_file():
            for name, data in golden.shown(path.name, path.read_bytes()):
                member = name.partition("/")[2]
                lead = f"{member}: " if member not in {"", "content"} else ""
                if not name.endswith("/members.txt"):
                    stem = path.name.removesuffix(".xz").removesuffix(".bz2") if not lead else name
                    found.update(lead + one for one in _read(stem, data))
    return found


def listed(form: str) -> set[str]:
    """Return the list of a form of canary files."""
    return set((HOME / f"{form}.txt").read_text("utf-8").splitlines())


def main(arguments: Sequence[str]) -> int:
    """Write the lists anew; return the exit code."""
    from tests.acceptance.test_canary import FORMATS, given

    if list(arguments) != ["--write"]:
        sys.stderr.write("usage: python -m tests.acceptance.paths --write\n")
        return 2
    HOME.mkdir(exist_ok=True)
    for form in FORMATS:
        with tempfile.TemporaryDirectory() as made:
            ran = given(Path(made), form, "safeguarded")
            lines = sorted(written(ran.share))
        (HOME / f"{form}.txt").write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
