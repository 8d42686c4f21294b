"""Whose every post in a record is: one's own, and those it quotes or passes on."""

from __future__ import annotations

from collections.abc import Sequence

from anonymize.model.fields import Field, Path, Role

_TEXTS = frozenset(("text", "full_text", "body"))
_ACCOUNTS = frozenset(("user", "author", "author_id", "actor"))


def writers(fields: Sequence[Field]) -> tuple[tuple[str, str], ...]:
    """Return id of post and `Field.subject` of its author for each post with a text.

    Args:
        fields: Of one document, as the readers of tweets cut it.
    """
    posts = {one.path[:-1] for one in fields if _is_text(one)}
    ids: dict[Path, str] = {}
    authors: dict[Path, str] = {}
    for one in fields:
        last = one.path[-1]
        if one.role is Role.ID and last in {"id", "id_str"} and one.path[:-1] in posts:
            ids.setdefault(one.path[:-1], one.value)
        for length in range(len(one.path)) if one.subject else ():
            if one.path[length] in _ACCOUNTS and one.path[:length] in posts:
                authors.setdefault(one.path[:length], one.subject)
                break
    return tuple((ids[post], authors[post]) for post in sorted(ids, key=str) if post in authors)


def _is_text(one: Field) -> bool:
    return one.role is Role.TEXT and not one.kind and one.path[-1] in _TEXTS
