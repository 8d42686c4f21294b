from __future__ import annotations

from anonymize.detect import ner


def test_cleaned() -> None:
    """Entities lose masked parts, edges and possessives; letterless and allowed ones go."""
    text = "Jane @ann Smith's 99 J. x UN"
    whole = [(0, 17), (18, 20), (21, 22), (24, 25), (26, 28)]
    entities = [(a, b, "PERSON", 0.85) for a, b in whole]
    found = ner.cleaned(entities, text, {"un"})
    assert [text[a:b] for a, b, _, _ in found] == ["Jane", "Smith", "J."]
