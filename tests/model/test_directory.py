"""A remembered directory answers as the one behind it, and asks it once."""

from __future__ import annotations

from anonymize.model.directory import Entry, Remembered
from tests.transform.fakes import FakeDirectory, directory


def test_answers_are_those_of_the_directory() -> None:
    """Every question has the answer it had, asked once and again."""
    plain, remembered = directory(), Remembered(directory())
    for _ in range(2):
        for handle in ("jane_s", "JANE_S", "zoe"):
            assert remembered.handle("x", handle) == plain.handle("x", handle)
            assert remembered.handle("x", handle[:3], cut=True) == plain.handle(
                "x", handle[:3], cut=True
            )
        for name in ("Jane Smith", "Jane", "Zoe"):
            assert remembered.name(name, "scope") == plain.name(name, "scope")
        assert remembered.user("x", "1") == plain.user("x", "1")
        assert remembered.owner("scope") == plain.owner("scope")
        assert remembered.email("a@b.example") == plain.email("a@b.example")
        assert remembered.phone("07700 900123") == plain.phone("07700 900123")


def test_the_same_is_asked_once() -> None:
    """What was asked is not asked again; a name in another scope is another question."""
    asked: list[tuple[str, str]] = []

    class Counting(FakeDirectory):
        def name(self, surface: str, scope: str = "") -> Entry | None:
            asked.append((surface, scope))
            return super().name(surface, scope)

    remembered = Remembered(Counting())
    for scope in ("a", "b", "a"):
        remembered.name("Jane", scope)
    assert asked == [("Jane", "a"), ("Jane", "b")]
