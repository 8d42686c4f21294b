from __future__ import annotations

import json
from pathlib import Path

from anonymize import api

SAID = {
    "OluwaseunAdebayo": "Congratulations to my pupil #OluwaseunAdebayo for the prize",
    "brendakowalczyk": "My teacher was #brendakowalczyk, she was great, thank you",
}


def test_a_name_in_a_hashtag_is_replaced_in_the_list_of_hashtags_too(tmp_path: Path) -> None:
    """Only the sentence tells that it is a person; the list beside the text says what it says."""
    lines = []
    for number, (tag, text) in enumerate(SAID.items()):
        start = text.index("#")
        marked = {"start": start, "end": start + 1 + len(tag), "tag": tag}
        tweet = {"id": f"160000000000000000{number}", "author_id": "70022002", "text": text}
        lines.append(json.dumps({**tweet, "lang": "en", "entities": {"hashtags": [marked]}}))
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    api.run([tmp_path / "a.jsonl"], out=tmp_path / "share")
    (data,) = (tmp_path / "share" / "data").iterdir()
    for line, tag in zip(data.read_text().splitlines(), SAID, strict=True):
        tweet = json.loads(line)
        (marked,) = tweet["entities"]["hashtags"]
        assert tag.lower() not in line.lower()
        assert tweet["text"][marked["start"] : marked["end"]] == "#" + marked["tag"]
