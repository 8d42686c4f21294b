from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from anonymize.errors import FormatError
from anonymize.formats.gold_spans import Mark, read

SECRET = "Jane Quillfeather"
GOOD: dict[str, Any] = {
    "id": "1",
    "text": f"🎬 {SECRET}",
    "entities": [{"start": 2, "end": 6, "label": "PER", "src": "gold"}],
}


def _file(folder: Path, *lines: str | bytes) -> Path:
    target = folder / "gold.jsonl"
    data = [line if isinstance(line, bytes) else line.encode() for line in lines]
    target.write_bytes(b"\n".join(data))
    return target


def test_reads_texts_with_their_marks(tmp_path: Path) -> None:
    """A mark at the start of a file, blank lines and number ids are taken; offsets are as given."""
    plain = json.dumps({"id": 7, "text": "", "entities": []})
    target = _file(tmp_path, b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), "  ", plain)
    first, second = read(target)
    assert (first.id, first.text, first.marks) == ("1", GOOD["text"], (Mark(2, 6, "PER"),))
    assert (second.id, second.text, second.marks) == ("7", "", ())


def test_reads_compressed_texts(tmp_path: Path) -> None:
    """A gold standard may be a gzip file; one cut short is named."""
    target = tmp_path / "gold.jsonl.gz"
    target.write_bytes(gzip.compress(json.dumps(GOOD).encode()))
    assert [one.id for one in read(target)] == ["1"]
    target.write_bytes(target.read_bytes()[:-9])
    with pytest.raises(FormatError, match=r"gold\.jsonl\.gz: ends inside its compression"):
        list(read(target))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": None}, "id is no string or number"),
        ({"text": 3}, "text is no string"),
        ({"entities": None}, "entities is no list"),
        ({"entities": [3]}, "entities[0] is no object"),
        ({"entities": [{"start": "2", "end": 6, "label": "PER"}]}, "entities[0].start"),
        ({"entities": [{"start": 0, "end": True, "label": "PER"}]}, "entities[0].end"),
        ({"entities": [{"start": 6, "end": 6, "label": "PER"}]}, "does not lie in its text"),
        ({"entities": [{"start": 2, "end": 99, "label": "PER"}]}, "does not lie in its text"),
        ({"entities": [{"start": -1, "end": 6, "label": "PER"}]}, "does not lie in its text"),
        ({"entities": [{"start": 2, "end": 6, "label": SECRET + "!"}]}, "entities[0].label"),
        ({"entities": [{"start": 2, "end": 6}]}, "entities[0].label"),
    ],
)
def test_names_file_line_and_field(change: dict[str, Any], said: str, tmp_path: Path) -> None:
    """A fault is told in one line with file, line and field, and without a value."""
    target = _file(tmp_path, json.dumps(GOOD), json.dumps({**GOOD, **change}))
    with pytest.raises(FormatError) as caught:
        list(read(target))
    assert "gold.jsonl: line 2: " in str(caught.value)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "Jane" not in str(caught.value)


@pytest.mark.parametrize(
    ("line", "said"), [("{", "is no JSON"), ("[]", "is no JSON object"), (b"\xff", "is no JSON")]
)
def test_refuses_what_is_no_record(line: str | bytes, said: str, tmp_path: Path) -> None:
    """A damaged line, a list, and bytes that are not UTF-8 end the reading."""
    with pytest.raises(FormatError, match=f"line 1: {said}"):
        list(read(_file(tmp_path, line)))


def test_refuses_nothing(tmp_path: Path) -> None:
    """A file without a text, and a folder, are no gold standards."""
    with pytest.raises(FormatError, match="holds no text"):
        list(read(_file(tmp_path, "", " ")))
    with pytest.raises(FormatError, match="not a regular file"):
        list(read(tmp_path))
