"""Every path of the allow-lists of Bluesky, filled with strings found nowhere else.

The records are made from the shapes themselves, so that a key cannot be added to one without
being tried.  Each object has an unknown key besides.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from anonymize.formats import bluesky_records as records
from anonymize.formats import bluesky_views as views
from anonymize.formats.bluesky_leaves import AT_URI, snake
from anonymize.formats.json_shapes import Items, Leaf, Node, Shape, Typed
from anonymize.model.fields import Role
from tests.canaries import Canaries, Canary

_DEEPEST = 12
_LEAD = "Ask "
_HOST = ".bsky.social"
_MARKED = len("@Zq7Kcanary0001x" + _HOST)
"""Bytes of the handle each text names, which its facets mark."""
_WHOLE = {
    "entry": records.ENTRY,
    "feed item": views.FEED_ITEM,
    "list": views.LIST,
    "feed": views.GENERATOR,
    "pack": views.PACK,
    "notice": views.NOTICE,
    "like": views.LIKE,
    "item": views.ITEM,
    "document": views.DID_DOCUMENT,
    "account": views.ACCOUNT,
    "gone": views.GONE,
}
_MOST = 100
"""Lines in which every union comes to each of its shapes."""


class _Filler:
    """Makes values of shapes; unions take their shapes in turn."""

    def __init__(self, canaries: Canaries) -> None:
        self._canaries = canaries
        self._unions: dict[int, Typed] = {}
        self._turns: Counter[int] = Counter()
        self._name = canaries.name("name in hashtags")

    def complete(self) -> bool:
        """Whether every union that was met has come to each of its shapes."""
        return all(self._turns[one] > len(union.shapes) for one, union in self._unions.items())

    def value(self, node: Node, where: str, depth: int = 0) -> Any:
        """Return a value of a node, or None where it would go on for ever."""
        if depth > _DEEPEST:
            return None
        if isinstance(node, Leaf):
            return self._leaf(node, where)
        if isinstance(node, Items):
            return [self.value(node.nodes[0], where + "[]", depth + 1)]
        if isinstance(node, Typed):
            return self._typed(node, where, depth)
        if isinstance(node, Shape):
            second = {snake(key) for key in node.keys if snake(key) != key}
            made = {
                key: self.value(child, f"{where}.{key}", depth + 1)
                for key, child in node.keys.items()
                if key not in second and key != "$type"
            }
            return {**made, "zz_unknown": self._canaries.word(f"{where} unknown key")}
        return self._canaries.word(f"{where} dropped")

    def _typed(self, node: Typed, where: str, depth: int) -> Any:
        turn = self._turns[id(node)]
        self._turns[id(node)] += 1
        self._unions[id(node)] = node
        shapes = [*node.shapes.items(), ("", node.other)]
        kind, shape = shapes[turn % len(shapes)]
        made = self.value(shape, f"{where}<{kind}>", depth + 1)
        return {"$type": kind, **made} if kind and isinstance(made, dict) else made

    def _leaf(self, leaf: Leaf, where: str) -> Any:
        word = self._canaries.word(where)
        match leaf.role, leaf.kind:
            case Role.OFFSET, kind:
                return len(_LEAD) + (_MARKED if kind == "end" else 0)
            case Role.COUNT, _:
                return 3
            case Role.DATE, _:
                return "2024-03-05T09:30:00.000Z"
            case Role.TEXT, "hashtag":
                return "Team" + self._name.replace(" ", "")
            case Role.TEXT, _:
                return f"{_LEAD}@{word}{_HOST} or {word}@canary.example"
            case Role.NAME, _:
                self._name = self._canaries.name(where)
                return self._name
            case Role.HANDLE, _:
                return word + ".example"
            case Role.URL, _:
                return "https://canary.example/" + word
            case Role.ID, kind if kind == AT_URI:
                key = self._canaries.word(where + " rkey")
                return f"at://did:plc:{word}/app.bsky.feed.post/{key}"
            case Role.ID, "user":
                return "did:plc:" + word
            case Role.ID, _:
                return word if leaf.fits is None or leaf.fits(word) else "did:web:" + word
            case _:
                return word


def canary_bluesky() -> Canary:
    """Return lines of every record and view, with every key of the allow-lists."""
    canaries = Canaries(1000)
    filler = _Filler(canaries)
    # Tells the name of the first hashtags.
    lines: list[Any] = [filler.value(views.ACCOUNT, "first account")]
    lines += [filler.value(records.ENTRY, "record") for _ in range(len(records.RECORD.shapes) + 1)]
    lines += [filler.value(shape, name) for name, shape in _WHOLE.items()]
    for kind in ("commit", "identity", "account"):
        made = filler.value(records.EVENT, "event")
        made["account"]["active"] = True
        lines.append({key: made[key] for key in ("did", "time_us", "zz_unknown", kind)})
    lines.append({**filler.value(views.PAGE_REST, "page"), "feed": []})
    kind = "app.bsky.feed.defs#threadViewPost"
    post = {"$type": kind, "post": filler.value(views.POST, "thread"), "replies": []}
    gone = filler.value(views.THREAD_REST, "thread rest")
    lines.append({"thread": {**post, "replies": [gone]}, "zz_unknown": canaries.word("thread")})
    lines.append({"thread": [filler.value(views.FLAT_ITEM, "flat thread") for _ in range(5)]})
    while not filler.complete():
        assert len(lines) < _MOST
        lines.append(filler.value(views.POST, "post"))
    return canaries.file(b"".join(json.dumps(one).encode() + b"\n" for one in lines))
