"""Hashtags that stand in a text and once more beside it: what is found in one is in the other.

Platforms list the hashtags of a post beside its text.  A model reads `#OluwaseunAdebayo` in the
sentence it stands in; the lone word in the list no model could read, and no rule knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from anonymize.model.fields import Field, Path, Role
from anonymize.model.spans import Span

_KEPT = "HASHTAG"


def beside(
    fields: Sequence[Field],
    spans: Mapping[Path, Sequence[Span]],
) -> dict[Path, list[Span]]:
    """Return what was found in the other place of each hashtag, by the field that lacks it.

    Args:
        fields: Of one document.
        spans: What was found in each, in code points of the raw values.
    """
    more: dict[Path, set[Span]] = {}
    texts: dict[int, list[Field]] = {}
    for one in fields:
        if one.role is Role.TEXT and one.kind != "hashtag":
            texts.setdefault(one.section, []).append(one)
    for tag in fields:
        if tag.role is not Role.TEXT or tag.kind != "hashtag" or not tag.value.strip():
            continue
        form = re.compile(rf"[#＃$]({re.escape(tag.value)})(?!\w)", re.IGNORECASE)
        places = [
            (text.path, *match.span(1))
            for text in texts.get(tag.section, ())
            for match in form.finditer(text.value)
        ]
        found = set(spans.get(tag.path, ()))
        for path, start, stop in places:
            found.update(_within(spans.get(path, ()), start, stop))
        for path, start, _ in places:
            more.setdefault(path, set()).update(_moved(span, start) for span in found)
        more.setdefault(tag.path, set()).update(found)
    return {path: sorted(found) for path, found in more.items() if found}


def _within(spans: Sequence[Span], start: int, stop: int) -> Iterator[Span]:
    """Yield what of the spans lies in a stretch, counted from its beginning."""
    for span in spans:
        first, last = max(span.start, start), min(span.end, stop)
        if first < last and span.entity_type != _KEPT:
            whole = Span(first, last, span.entity_type, span.score, span.recognizer)
            yield _moved(whole, -start)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by, span.entity_type, span.score, span.recognizer)
