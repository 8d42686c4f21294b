from __future__ import annotations

import itertools
import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.detect import minilm
from anonymize.errors import EngineError
from anonymize.model.policies import Recall


@cache
def _shared() -> minilm.OwnModel:
    return minilm.OwnModel()


@pytest.fixture(scope="module")
def model() -> minilm.OwnModel:
    """Return the model that is shipped."""
    return _shared()


def test_finds(model: minilm.OwnModel) -> None:
    """The model answers in Presidio's types, in the order of the texts, whatever the case."""
    texts = ["Nothing here.", "Sarah Johnson moved to London.", "Nothing here."]
    for change in (str, str.lower, str.upper):
        found = model.entities([change(text) for text in texts], Recall.HIGH)
        assert found[0] == found[2] == []
        assert [(texts[1][a:b], label) for a, b, label, _ in found[1]] == [
            ("Sarah Johnson", "PERSON"),
            ("London", "LOCATION"),
        ]


def test_batch_is_nothing(model: minilm.OwnModel) -> None:
    """A text has the same entities alone and in a batch, so that shards do not show."""
    texts = [f"Sarah Johnson met Tom Baker in Leeds {'again ' * n}on day {n}." for n in range(30)]
    alone = [model.entities([text], Recall.HIGH)[0] for text in texts]
    assert model.entities(texts, Recall.HIGH) == alone


def test_dial(model: minilm.OwnModel) -> None:
    """A higher setting covers all that a lower one covers."""
    texts = ["omg fikri said ms okafor is leaving ashton", "cc @x Dua and the Leeds lot, w/ Bo"]
    covered: list[list[set[int]]] = [
        [{at for a, b, _, _ in one for at in range(a, b)} for one in model.entities(texts, dial)]
        for dial in (Recall.BALANCED, Recall.HIGH, Recall.MAX)
    ]
    for lower, higher in itertools.pairwise(covered):
        assert all(small <= large for small, large in zip(lower, higher, strict=True))


def test_long_text(model: minilm.OwnModel) -> None:
    """A name is found wherever it stands in a text longer than a window."""
    filler = "and then we talked about the lesson for a while and that was that. "
    for before in (0, 5, 9, 20):
        text = filler * before + "I asked Sarah Johnson about it. " + filler * 12
        names = [text[a:b] for a, b, label, _ in model.entities([text], Recall.HIGH)[0]]
        assert "Sarah Johnson" in names


@given(st.text(max_size=80))
@settings(max_examples=40, deadline=None)
def test_any_unicode(text: str) -> None:
    """Whatever a text holds, entities lie inside it, in order, disjoint, with scores of 0 to 1."""
    found = _shared().entities([text], Recall.MAX)[0] if text else []
    last = 0
    for start, end, _, score in found:
        assert last <= start < end <= len(text)
        assert 0 <= score <= 1
        last = end


def test_size() -> None:
    """What is shipped of the model takes at most 25 MB."""
    assert sum(file.stat().st_size for file in minilm.FOLDER.iterdir()) <= 25_000_000


@pytest.mark.parametrize("name", ["model.onnx", "vocab.txt", "manifest.json"])
def test_changed_files(name: str, tmp_path: Path) -> None:
    """A model of which a file is missing or changed is refused with exit code 5."""
    for file in minilm.FOLDER.iterdir():
        shutil.copyfile(file, tmp_path / file.name)
    (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(EngineError, match="install anonymize again") as caught:
        minilm.OwnModel(tmp_path)
    assert caught.value.exit_code == 5
    (tmp_path / name).unlink()
    with pytest.raises(EngineError, match="missing or damaged"):
        minilm.OwnModel(tmp_path)


def test_card_names_the_weights() -> None:
    """The card tells the hash that the manifest tells."""
    manifest = json.loads((minilm.FOLDER / minilm.MANIFEST).read_text(encoding="utf-8"))
    assert manifest["weights"] in (minilm.FOLDER / "CARD.md").read_text(encoding="utf-8")


@given(st.floats(0, 1), st.floats(0, 1))
def test_score_rises(one: float, other: float) -> None:
    """The score of an entity never falls with its probability and stays between 0 and 1."""
    dial = minilm.Dial({}, ((0.1, 0.05), (0.4, 0.3), (0.9, 0.8)))
    low, high = sorted((one, other))
    assert 0 <= dial.score(low) <= dial.score(high) <= 1
