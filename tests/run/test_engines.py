"""Control lines about places are honoured in the whole run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from anonymize import api

_TWEET = {
    "id_str": "900000000000000001",
    "full_text": "good morning",
    "created_at": "Sat Aug 12 16:10:37 +0000 2017",
    "user": {"id_str": "71234567", "screen_name": "quillory_fen", "location": "Leeds"},
}
_OTHER = {
    "id_str": "900000000000000002",
    "full_text": "good evening",
    "created_at": "Sat Aug 12 17:10:37 +0000 2017",
    "user": {"id_str": "71234999", "screen_name": "ombrey_vash", "location": "Bradford"},
}


@pytest.mark.parametrize(
    "notice",
    [
        {"scrub_geo": {"user_id": 71234567, "up_to_status_id": 900000000000000009}},
        {"scrub_geo": {"tweet": {"id": "900000000000000001"}}},
        {"user_scrub_geo": {"user": {"id": "71234567"}}},
    ],
)
def test_places_asked_to_be_forgotten_are_dropped(
    notice: dict[str, object],
    tmp_path: Path,
) -> None:
    """Even where a policy keeps places, those somebody asked to forget go, and no others."""
    lines = [json.dumps(one) for one in (_TWEET, _OTHER, notice)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n")

    api.run([tmp_path / "a.jsonl"], out=tmp_path / "out", policy="internal")

    (data,) = (tmp_path / "out" / "data").iterdir()
    written = [json.loads(line) for line in data.read_text().splitlines()]
    assert [one["user"].get("location") for one in written] == [None, "Bradford"]
