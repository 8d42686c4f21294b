"""Values of Bluesky taken apart for the stages that follow, and put together again.

* An `at://` URI is parted into `repo` (a DID or handle), `collection` and `rkey`, each a field
  below the path of the URI: so the edge between two accounts survives, and no time of a TID.
* Facets count bytes of UTF-8; their fields count code points, as all offsets do.
* What a facet marks as a mention is a handle: it becomes a field of its own, `handle` below
  the facet, of which nothing is written back.  It tells whose DID a handle in a text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from anonymize.formats.base import Texts
from anonymize.formats.bluesky_leaves import AT_URI, is_did, is_official
from anonymize.formats.json_shapes import RULE, UNKNOWN
from anonymize.model.fields import Field, Path, Role

_URI = re.compile(
    r"at://(?P<repo>[^/?#\s]+)(?:/(?P<collection>[A-Za-z0-9.-]+)(?:/(?P<rkey>[A-Za-z0-9._:~-]+))?)?",
)
_HOST = re.compile(r"@?(?P<host>(?:[A-Za-z0-9-]{1,63}\.){1,10}[A-Za-z][A-Za-z0-9-]{0,62})")
_NO_HANDLE = "handle.invalid"
"""Stands for the handle of everybody whose domain no longer says so."""
_OWN_KEY = "self"
"""The key of records there is one of, such as the profile."""


def part(cut: Sequence[Field]) -> tuple[Field, ...]:
    """Return the fields of a document: what `cut` gave, taken apart.

    Args:
        cut: From `json_shapes.cut`, of one document.
    """
    texts = {one.path: one.value for one in cut if one.role is Role.TEXT}
    places, broken = _places(cut, texts)
    out: list[Field] = []
    for one in cut:
        if broken and any(one.path[:length] in broken for length in range(len(one.path))):
            # A facet that points to no stretch of its text marks nothing.
            out.append(replace(one, role=Role.OPAQUE, kind=RULE, subject="", target=()))
        elif one.role is Role.OFFSET:
            out.append(replace(one, value=str(places[one.path])))
        elif one.kind == AT_URI:
            out += _uri(one)
        elif one.role is Role.HANDLE and one.value == _NO_HANDLE:
            out.append(replace(one, role=Role.CODE, kind="", subject=""))
        else:
            out.append(one)
    out += _mentions(cut, texts, places, broken)
    return tuple(out)


def _uri(one: Field) -> Iterator[Field]:
    """Yield the parts of a URI; of a bare DID there is one."""
    match = _URI.fullmatch(one.value)
    repo = match["repo"] if match else one.value
    if is_did(repo):
        role, kind = Role.ID, "user"
    elif match and _HOST.fullmatch(repo):
        role, kind = Role.HANDLE, "bluesky"
    else:
        yield replace(one, role=Role.OPAQUE, kind=UNKNOWN, subject="")
        return
    yield replace(one, path=(*one.path, "repo"), role=role, kind=kind, value=repo)
    if match is None or not match["collection"]:
        return
    bare = replace(one, subject="")
    collection, rkey = match["collection"], match["rkey"]
    # A collection is called by a domain, which may be somebody's.
    role, kind = (Role.CODE, "") if is_official(collection) else (Role.ID, "other")
    path = (*one.path, "collection")
    yield replace(bare, path=path, role=role, kind=kind, value=collection)
    if rkey:
        kind = "post" if collection.endswith(".post") else "other"
        role, kind = (Role.CODE, "") if rkey == _OWN_KEY else (Role.ID, kind)
        yield replace(bare, path=(*one.path, "rkey"), role=role, kind=kind, value=rkey)


def _places(
    cut: Sequence[Field],
    texts: Mapping[Path, str],
) -> tuple[dict[Path, int], set[Path]]:
    """Return offsets in code points by path, and the facets that have none or bad ones."""
    offsets = [one for one in cut if one.role is Role.OFFSET]
    encoded = {one.target: texts.get(one.target, "").encode() for one in offsets}
    found: dict[Path, int] = {}
    facets: dict[Path, dict[str, int]] = {}
    for one in offsets:
        at = _code_points(encoded[one.target], int(one.value))
        facet = facets.setdefault(one.path[:-2], {})
        if at is not None:
            found[one.path] = facet[one.kind] = at
    whole = {
        path
        for path, ends in facets.items()
        if {"start", "end"} <= ends.keys() and ends["start"] < ends["end"]
    }
    return found, facets.keys() - whole


def _code_points(encoded: bytes, at: int) -> int | None:
    """Return how many code points end before byte `at`; None inside one or outside the text."""
    if not 0 <= at <= len(encoded) or (at < len(encoded) and encoded[at] & 0xC0 == 0x80):
        return None
    return len(encoded[:at].decode())


def _mentions(
    cut: Sequence[Field],
    texts: Mapping[Path, str],
    places: Mapping[Path, int],
    broken: set[Path],
) -> Iterator[Field]:
    """Yield the handle each mention marks, where it is a handle."""
    stretches: dict[Path, tuple[int, int]] = {}
    targets: dict[Path, Path] = {}
    for one in cut:
        if one.role is Role.OFFSET and one.path[:-2] not in broken:
            start, end = stretches.get(one.path[:-2], (0, 0))
            at = places[one.path]
            stretches[one.path[:-2]] = (at, end) if one.kind == "start" else (start, at)
            targets[one.path[:-2]] = one.target
    done: set[Path] = set()
    for one in cut:
        facet = one.path[:-3]
        if facet not in stretches or facet in done or not one.subject or one.kind != "user":
            continue
        done.add(facet)
        start, end = stretches[facet]
        match = _HOST.fullmatch(texts[targets[facet]][start:end])
        if match:
            path = (*facet, "handle")
            yield Field(path, Role.HANDLE, match["host"], one.section, "bluesky", one.subject)


def joined(cut: Iterable[Field], fields: Iterable[Field], texts: Texts) -> dict[Path, str | None]:
    """Return the new value of each leaf of the record.

    Args:
        cut: What `json_shapes.cut` gave.
        fields: What `part` made of it.
        texts: New values of `fields`.
    """
    counted = {one.path: one for one in fields if one.role is Role.OFFSET}
    out: dict[Path, str | None] = {}
    for one in cut:
        new = texts.get(one.path)
        if one.path in counted:
            target = texts.get(one.target)
            out[one.path] = (
                None
                if new is None or target is None
                else str(len(target[: int(new)].encode("utf-8", "surrogatepass")))
            )
        elif one.kind == AT_URI:
            out[one.path] = new if one.path in texts else _glued(one, texts)
        else:
            out[one.path] = new
    return out


def _glued(one: Field, texts: Texts) -> str | None:
    """Return a URI from its parts; without one of them nothing of it can stay."""
    match = _URI.fullmatch(one.value)
    steps = [step for step in ("repo", "collection", "rkey") if match and match[step]] or ["repo"]
    parts = [texts.get((*one.path, step)) for step in steps]
    known = [found for found in parts if found is not None]
    if len(known) < len(parts):
        return None
    return ("at://" if match else "") + "/".join(known)
