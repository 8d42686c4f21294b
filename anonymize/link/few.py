"""Mappings whose keys mostly have one value: tuples take a fifth of the room of sets."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def put(mapping: dict[K, tuple[V, ...]], key: K, value: V) -> None:
    """Add a value to those of a key, once.

    >>> held = {}
    >>> put(held, "a", 1)
    >>> put(held, "a", 1)
    >>> held
    {'a': (1,)}
    """
    held = mapping.get(key, ())
    if value not in held:
        mapping[key] = (*held, value)
