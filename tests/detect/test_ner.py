from __future__ import annotations

from pathlib import Path

from anonymize.detect import ner
from anonymize.detect.masking import mask


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
