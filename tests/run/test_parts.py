"""The parts of a data file: put together in either order, whatever their number."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from anonymize.errors import SecretError
from anonymize.model.documents import Shard
from anonymize.model.keys import Keys
from anonymize.run import parts


def _made(folder: Path, shards: int) -> tuple[list[Shard], list[Path], list[tuple[str, bytes]]]:
    """Return shards of three records each, the second of which is withheld, and all records."""
    paths, records = [], []
    for number in range(shards):
        path = folder / f"part{number}"
        lines = [(f"{(7 * number + at) % 5}{number}{at}", b"r%d.%d" % (number, at) if at != 1
                  else b"") for at in range(3)]  # fmt: skip
        path.with_suffix(".data").write_bytes(b"".join(body for _, body in lines))
        path.with_suffix(".audit").write_bytes(
            b"".join(b"a%s\n" % key.encode() for key, _ in lines)
        )
        index = (parts.index_line(key, len(body), len(key) + 2) for key, body in lines)
        path.with_suffix(".index").write_bytes(b"".join(index))
        paths.append(path)
        records += lines
    shard = Shard(0, "tweets-jsonl", "in", label="in", head=b"[", between=b",", tail=b"]")
    return [shard] * shards, paths, records


@pytest.mark.parametrize("keyed", [False, True])
def test_few_files_are_open_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, keyed: bool
) -> None:
    """A file of many shards is joined record by record, in its own order or that of the keys."""
    monkeypatch.setattr(parts, "_OPEN", 2)
    shards, paths, records = _made(tmp_path, 9)
    data, audit = io.BytesIO(), io.BytesIO()
    most = 0

    class Counted(parts._Parts):
        def read(self, shard: int, offset: int, size: int) -> bytes:
            nonlocal most
            found = super().read(shard, offset, size)
            most = max(most, len(self._open))
            return found

    monkeypatch.setattr(parts, "_Parts", Counted)
    order = tmp_path / "order" if keyed else None
    count = parts.assemble(shards, paths, data, audit, order=order)
    if keyed:
        records.sort(key=lambda record: record[0])
    bodies = [body for _, body in records if body]
    assert (count, most) == (len(bodies), 2 if keyed else most)
    assert most <= 2
    assert data.getvalue() == b"[" + b",".join(bodies) + b"]"
    assert audit.getvalue() == b"".join(b"a%s\n" % key.encode() for key, _ in records)


def test_a_tally_cut_short_is_refused(tmp_path: Path) -> None:
    """Blocks come back in order; a file that ends before its last block is refused."""
    keys, path = Keys(b"k" * 32), tmp_path / "some.tally"
    sealed = [parts.tally_block(keys, at, data) for at, data in enumerate((b"one", b"two", b""))]
    path.write_bytes(b"".join(sealed))
    assert list(parts.read_tally(path, keys)) == [b"one", b"two"]
    for wrong in (sealed[:2], [sealed[1], sealed[0], sealed[2]], []):
        path.write_bytes(b"".join(wrong))
        with pytest.raises(SecretError):
            list(parts.read_tally(path, keys))
