"""Extension points: registries filled by this package and by entry points of others."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Generic, TypeVar

from anonymize.errors import UsageError

T = TypeVar("T")


class Registry(Generic[T]):
    """Things of one sort by name; entry points of its group are loaded when first asked for.

    Args:
        noun: What it holds, for messages.
        group: Entry-point group, such as `anonymize.formats`.
    """

    __slots__ = ("_group", "_items", "_loaded", "_noun")

    def __init__(self, noun: str, group: str) -> None:
        self._noun = noun
        self._group = group
        self._items: dict[str, T] = {}
        self._loaded = False

    def add(self, name: str, item: T) -> T:
        """Register `item`; a name is taken once.

        Raises:
            ValueError: If the name is taken by another item.
        """
        if self._items.get(name, item) is not item:
            raise ValueError(f"{self._noun} {name!r} is registered twice")
        self._items[name] = item
        return item

    def __getitem__(self, name: str) -> T:
        """Return the item of that name.

        Raises:
            UsageError: If there is none; the message lists those there are.
        """
        self._load()
        try:
            return self._items[name]
        except KeyError:
            known = ", ".join(self)
            raise UsageError(f"no {self._noun} {name!r}; there are: {known}") from None

    def __iter__(self) -> Iterator[str]:
        self._load()
        return iter(sorted(self._items))

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        for point in sorted(entry_points(group=self._group), key=lambda p: p.name):
            self.add(point.name, point.load())
