"""Golden folders: what a run writes for small inputs of every format, kept to be compared.

`python -m tests.acceptance.golden --write [NAME ...]` writes what is expected anew; how to add a
folder and how to read a difference is told by `tests/golden/README.md`.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import hashlib
import io
import json
import lzma
import re
import secrets
import shlex
import shutil
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from anonymize.api import parse_columns
from anonymize.detect.ner import Entity
from anonymize.formats.catalogue import FORMATS
from anonymize.formats.intake import take_in
from anonymize.model.policies import Recall
from anonymize.run import engines, reduce
from anonymize.transform.pools import NamePool
from tests.acceptance.running import call
from tests.fuzz_runs import prepared

ROOT = Path(__file__).resolve().parents[1] / "golden"
PROJECT = ROOT.parents[1]
KEY = bytes(range(32))
"""The project's key in every golden folder."""
_PACKAGES = (".zip", ".xlsx", ".docx", ".odt", ".ods", ".qdpx")
_TARS = (".tar.gz",)
_STREAMS: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes], bytes]] = {
    ".gz": (lambda data: gzip.compress(data, mtime=0), gzip.decompress, b"\x1f\x8b\x08"),
    ".bz2": (bz2.compress, bz2.decompress, b"BZh"),
    ".xz": (lzma.compress, lzma.decompress, b"\xfd7z"),
}
_ROWS = "rows.json"
_POOL = NamePool(
    ("Aveline", "Brida", "Corisande", "Delphina", "Esmeralda", "Fenella", "Ginevra", "Hermia"),
    ("Alaric", "Bertram", "Crispin", "Dunstan", "Everard", "Florian", "Godwin", "Hadrian"),
    ("Alaric", "Aveline", "Bertram", "Brida", "Corisande", "Crispin", "Delphina", "Dunstan",
     "Esmeralda", "Everard", "Fenella", "Florian", "Ginevra", "Godwin", "Hadrian", "Hermia"),
    ("Abbotsleigh", "Bexwith", "Calloway", "Dunmere", "Eastlake", "Farringdon", "Gladwyn",
     "Hollowell", "Inchbald", "Jessop", "Kettering", "Lyndhurst"),
)  # fmt: skip
"""Surrogate names, so that Faker's lists may change."""


def folders() -> list[str]:
    """Return the names of all golden folders."""
    return sorted(path.name for path in ROOT.iterdir() if path.is_dir())


# --- inputs -----------------------------------------------------------------------------------


def _packed(folder: Path) -> bytes:
    out = io.BytesIO()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    # OpenDocument: the type comes first (ODF 1.3, part 2, section 3.3).
    files.sort(key=lambda path: path.name != "mimetype")
    with zipfile.ZipFile(out, "w") as archive:
        for path in files:
            name = path.relative_to(folder).as_posix()
            archive.writestr(zipfile.ZipInfo(name, (2023, 5, 10, 9, 30, 0)), path.read_bytes())
    return out.getvalue()


def _tarred(folder: Path) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = tarfile.TarInfo(path.relative_to(folder).as_posix())
            info.size, info.mtime, info.uname = path.stat().st_size, 1_683_711_012, "tilda"
            archive.addfile(info, io.BytesIO(path.read_bytes()))
    return gzip.compress(out.getvalue(), mtime=0)


def _zstd(data: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor().compress(data)


def _table(data: bytes) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = json.loads(data)
    types = {"int64": pa.int64(), "string": pa.string()}
    fields = {name: types[kind] for name, kind in made["columns"].items()}
    columns = list(zip(*made["rows"], strict=True))
    arrays = [pa.array(c, t) for c, t in zip(columns, fields.values(), strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.table(arrays, names=list(fields)), out)
    return out.getvalue()


def inputs(name: str, room: Path) -> list[Path]:
    """Return what a golden folder's run is given: its input laid out, or files of the project."""
    elsewhere = ROOT / name / "input.txt"
    if elsewhere.exists():
        source = PROJECT / elsewhere.read_text("utf-8").strip()
        return sorted(path for path in source.iterdir() if path.name != "people.csv")
    lay_out(ROOT / name / "input", room / "input")
    return sorted((room / "input").iterdir())


def _people(name: str) -> Path:
    """Return where the roster of a golden folder is, if it has one."""
    elsewhere = ROOT / name / "input.txt"
    if elsewhere.exists():
        return PROJECT / elsewhere.read_text("utf-8").strip() / "people.csv"
    return ROOT / name / "people.csv"


def _file(folder: Path) -> bytes | None:
    """Return the file a folder of an input stands for; None for one that is a folder."""
    name = folder.name
    if name.endswith(_TARS):
        return _tarred(folder)
    if folder.suffix in _PACKAGES:
        return _packed(folder)
    if folder.suffix in {*_STREAMS, ".zst", ".parquet"}:
        (inner,) = folder.iterdir()
        data = inner.read_bytes()
        if folder.suffix == ".parquet":
            return _table(data)
        return _zstd(data) if folder.suffix == ".zst" else _STREAMS[folder.suffix][0](data)
    return None


def lay_out(source: Path, target: Path) -> None:
    """Copy an input; folders called as files become those files."""
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.is_file():
            shutil.copyfile(path, target / path.name)
        elif (data := _file(path)) is not None:
            (target / path.name).write_bytes(data)
        else:
            lay_out(path, target / path.name)


# --- what is written --------------------------------------------------------------------------


def _rows(data: bytes) -> bytes:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(data))
    columns = {one.name: str(one.type) for one in table.schema}
    made = {"columns": columns, "rows": [list(one.values()) for one in table.to_pylist()]}
    if table.schema.metadata:
        made["metadata"] = {str(k): str(v) for k, v in table.schema.metadata.items()}
    return json.dumps(made, indent=1, ensure_ascii=False).encode() + b"\n"


def _zipped(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    lines = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for one in archive.infolist():
            lines.append(f"{one.date_time} {one.external_attr:o} {one.filename}\n")
            yield from shown(f"{name}/{one.filename}", archive.read(one))
    yield f"{name}/members.txt", "".join(lines).encode()


def _untarred(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    lines = []
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for one in archive.getmembers():
            lines.append(f"{one.mtime} {one.mode:o} {one.uid} {one.uname!r} {one.name}\n")
            stream = archive.extractfile(one)
            yield from shown(f"{name}/{one.name}", stream.read() if stream else b"")
    yield f"{name}/members.txt", "".join(lines).encode()


def shown(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files by which a written file is compared: what packages and streams hold.

    How they are packed depends on the versions of libraries; their bytes are held equal over
    runs by other tests.
    """
    if data[:4] == b"PK\x03\x04" and zipfile.is_zipfile(io.BytesIO(data)):
        yield from _zipped(name, data)
    elif data[:4] == b"PAR1":
        yield f"{name}/{_ROWS}", _rows(data)
    elif name.endswith(_TARS):
        yield from _untarred(name, data)
    elif data[:4] == b"\x28\xb5\x2f\xfd":
        import zstandard

        with zstandard.ZstdDecompressor().stream_reader(data) as stream:
            yield f"{name}/content", stream.read()
    else:
        opened = next((one for one in _STREAMS.values() if data.startswith(one[2])), None)
        if opened is None:
            yield name, data
        else:
            yield f"{name}/content", opened[1](data)


class Names:
    """The stand-in for the named-entity model: it finds the names of a list, as written.

    Args:
        lines: `PERSON Tilda Orrow` and the like.
    """

    name = "list"
    version = "1"
    digest = "0" * 64

    def __init__(self, lines: Sequence[str]) -> None:
        found = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
        self._types = {name: kind for kind, name in found}
        words = sorted(self._types, key=lambda one: (-len(one), one))
        self._form = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")

    def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:
        """Return where the names stand."""
        del recall
        return [
            [(m.start(), m.end(), self._types[m.group()], 0.9) for m in self._form.finditer(text)]
            for text in texts
        ]


@contextlib.contextmanager
def fixed() -> Iterator[None]:
    """Put stand-ins for the model, the pool of names and chance in place."""
    model = Names((ROOT / "names.txt").read_text("utf-8").splitlines())
    swaps: list[tuple[Any, str, Any]] = [
        (engines, "_own", lambda: model),
        (engines, "name_pool", lambda: _POOL),
        (reduce, "name_pool", lambda: _POOL),
        (secrets, "token_bytes", lambda count: KEY[:count]),
    ]
    with prepared():
        before = [(module, name, getattr(module, name)) for module, name, _ in swaps]
        for module, name, new in swaps:
            setattr(module, name, new)
        engines.surrogate_words.cache_clear()
        try:
            yield
        finally:
            for module, name, old in before:
                setattr(module, name, old)
            engines.surrogate_words.cache_clear()


def _arguments(name: str) -> list[str]:
    path = ROOT / name / "arguments.txt"
    return shlex.split(path.read_text("utf-8"), comments=True) if path.exists() else []


def run(name: str, room: Path) -> dict[str, bytes]:
    """Run a golden folder and return what is compared, by its path below `expected/`.

    Args:
        name: Of the folder.
        room: An empty folder; call it within `fixed`.
    """
    given, more = inputs(name, room), _arguments(name)
    study, share = room / "study", room / "share"
    assert call("init", study).code == 0
    people = ("--people", _people(name)) if _people(name).exists() else ()
    said = call("run", *given, "--out", share, "--project", study, *people, *more, "--json")
    assert said.code in {0, 10}, said.err
    told = json.loads(said.out)
    audit = (share / "audit" / "audit.jsonl").read_bytes()
    result = {
        "exit_code": said.code,
        "records": told["records"],
        "dropped": told["dropped"],
        "audit": {"entries": audit.count(b"\n"), "sha256": hashlib.sha256(audit).hexdigest()},
    }
    found = {
        "result.json": json.dumps(result, indent=1, ensure_ascii=False).encode() + b"\n",
        "withheld.jsonl": (share / "withheld.jsonl").read_bytes(),
    }
    for path in sorted((share / "data").rglob("*")):
        if path.is_file():
            found.update(shown(path.relative_to(share).as_posix(), path.read_bytes()))
    if (ROOT / name / "input").exists():
        return found
    data = {path: one for path, one in found.items() if path.startswith("data/")}
    kept = {path: one for path, one in found.items() if path not in data}
    return {**kept, "digests.txt": _digests(data)}


def _digests(files: Mapping[str, bytes]) -> bytes:
    """Return a line a file: what is too large to be kept is compared by digest."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in files.items()]
    return "".join(lines).encode()


def read_by(name: str) -> set[str]:
    """Return the formats that read the input of a golden folder."""
    more = _arguments(name)
    told = dict(zip(more[::2], more[1::2], strict=True))
    columns = parse_columns(told.get("--columns", "")) or None
    asked = told.get("--include", "").split(",") if "--include" in told else []
    with tempfile.TemporaryDirectory() as made:
        given = list(map(str, inputs(name, Path(made))))
        taken = take_in(given, name_token=lambda _: "k", columns=columns, include=asked)
        return {one.format for one in taken.shards}


def expected(name: str) -> dict[str, bytes]:
    """Return what a golden folder expects, by path."""
    home = ROOT / name / "expected"
    files = (path for path in home.rglob("*") if path.is_file())
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in files}


def _put(name: str, files: Mapping[str, bytes]) -> None:
    home = ROOT / name / "expected"
    shutil.rmtree(home, ignore_errors=True)
    for path, data in files.items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_bytes(data)


def main(arguments: Sequence[str]) -> int:
    """Write what is expected anew; return the exit code."""
    if arguments[:1] != ["--write"]:
        sys.stderr.write("usage: python -m tests.acceptance.golden --write [NAME ...]\n")
        return 2
    unread = set(FORMATS)
    with fixed():
        for name in folders():
            unread -= read_by(name)
            if name in arguments[1:] or not arguments[1:]:
                with tempfile.TemporaryDirectory() as made:
                    files = run(name, Path(made))
                same = files == expected(name)
                _put(name, files)
                sys.stdout.write(f"{name}: {'as before' if same else 'changed'}\n")
    sys.stdout.write(f"formats without a folder: {', '.join(sorted(unread)) or 'none'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
