from __future__ import annotations

from pathlib import Path

import pytest

from anonymize.detect import ner
from anonymize.detect.masking import mask
from anonymize.errors import EngineError
from anonymize.model.policies import Recall


@pytest.fixture(scope="module")
def model() -> ner.SpacyModel:
    """Return the model in the slot."""
    return ner.SpacyModel()


def test_finds(model: ner.SpacyModel) -> None:
    """The model answers in Presidio's types, in the order of the texts."""
    texts = ["Nothing here.", "Sarah Johnson moved to London.", "Nothing here."]
    found = model.entities(texts, Recall.HIGH)
    assert found[0] == found[2] == []
    assert [(texts[1][a:b], label) for a, b, label, _ in found[1]] == [
        ("Sarah Johnson", "PERSON"),
        ("London", "LOCATION"),
    ]


def test_batch_is_nothing(model: ner.SpacyModel) -> None:
    """A text has the same entities alone and in a batch, so that shards do not show."""
    texts = [f"Sarah Johnson met Tom Baker in Leeds {'again ' * n}on day {n}." for n in range(30)]
    alone = [model.entities([text], Recall.HIGH)[0] for text in texts]
    assert model.entities(texts, Recall.HIGH) == alone


def test_digest(model: ner.SpacyModel) -> None:
    """The digest of the files is the one written in the code."""
    assert model.digest == ner._DIGEST


def test_changed_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model whose files were changed is refused with exit code 5."""
    monkeypatch.setattr(ner, "_DIGEST", "0" * 64)
    with pytest.raises(EngineError, match="were changed") as caught:
        ner.SpacyModel()
    assert caught.value.exit_code == 5


def test_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that is not installed is named, not downloaded."""
    monkeypatch.setattr(ner, "_PACKAGE", "no_such_model")
    with pytest.raises(EngineError, match=r"no_such_model .* is not installed"):
        ner.SpacyModel()


def test_folder_digest(tmp_path: Path) -> None:
    """One byte or name changes the digest."""
    (tmp_path / "a").write_bytes(b"1")
    one = ner.folder_digest(tmp_path)
    (tmp_path / "a").write_bytes(b"2")
    two = ner.folder_digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({one, two, ner.folder_digest(tmp_path)}) == 3


def test_cleaned() -> None:
    """Entities lose masked parts, edges and possessives; letterless and allowed ones go."""
    text = "Jane @ann Smith's 99 J. x UN"
    whole = [(0, 17), (18, 20), (21, 22), (24, 25), (26, 28)]
    entities = [(a, b, "PERSON", 0.85) for a, b in whole]
    found = ner.cleaned(entities, text, mask(text), {"un"})
    assert [text[a:b] for a, b, _, _ in found] == ["Jane", "Smith", "J."]
