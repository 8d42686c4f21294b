"""The report as one HTML page: no script, nothing loaded, readable on a phone and on paper."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anonymize.errors import IntegrityError, UsageError
from anonymize.report.figures import chart, histograms, label, number, plural

if TYPE_CHECKING:
    import jinja2

_REASONS = "reasons"


def render(report: Mapping[str, Any]) -> str:
    """Return the page for the numbers of `report.json`.

    Every key may be missing; what is not known is said not to be known.

    Args:
        report: The object of `report.json`.
    """
    return template("page.html.j2").render(_context(report))


@lru_cache(maxsize=4)
def template(name: str) -> jinja2.Template:
    """Return a page of this package with what all of them use: filters, `plural`, `style`."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update({"number": number, "label": label, "groups": groups})
    folder = files("anonymize.report")
    style = folder.joinpath("style.css").read_text(encoding="utf-8")
    # Of this package, so that there is nothing in it to escape.
    environment.globals.update(plural=plural, style=Markup(style))  # noqa: S704
    return environment.from_string(folder.joinpath(name).read_text(encoding="utf-8"))


def groups(digest: str, size: int = 4) -> str:
    """Return a digest in groups that can be read aloud and compared on paper.

    >>> groups("0123456789abcdef")
    '0123 4567 89ab cdef'
    """
    return " ".join(digest[at : at + size] for at in range(0, len(digest), size))


def _context(report: Mapping[str, Any]) -> dict[str, Any]:
    found, replaced = _part(report, "found"), _part(report, "replaced")
    by_file = _part(found, "by_file")
    dropped = _part(report, "dropped")
    records = {key: int(_part(report, "records").get(key, 0)) for key in _RECORDS}
    verification, audit = _part(report, "verification"), _part(report, "audit")
    return {
        "title": str(report.get("title") or "Untitled data set"),
        "policy": _part(report, "policy"),
        "records": records,
        "found_total": _total(_part(found, "by_type")),
        "replaced_total": _total(
            {name: n for name, n in _part(replaced, "by_operator").items() if name != "keep"},
        ),
        "charts": [
            chart("by-type", "Found, by type", "Found", _part(found, "by_type")),
            chart("by-operator", "Done, by operator", "Done", _part(replaced, "by_operator")),
            chart(
                "by-file",
                "Found, by file",
                "Found",
                {name: _count(row, "found") for name, row in by_file.items()},
                raw=True,
            ),
            chart(
                "by-recognizer",
                "Found, by recognizer",
                "Found",
                _part(found, "by_recognizer"),
                raw=True,
            ),
            chart("by-role", "Replaced, by kind of field", "Replaced", _part(replaced, "by_role")),
        ],
        "decided": chart("decided", "Who decided", "Decisions", _part(report, "decided_by")),
        "histograms": histograms(_part(report, "scores")),
        "files": [
            (name, _count(row, "records"), _count(row, "found"), _count(row, "replaced"))
            for name, row in sorted(by_file.items())
        ],
        "withheld": chart(
            _REASONS, "Records withheld, by reason", "Records", _part(report, "withheld")
        ),
        "dropped_rule": _counts(_part(dropped, "rule")),
        "dropped_unknown": _counts(_part(dropped, "unknown")),
        "dropped_files": sorted(
            (str(row.get("name", "")), str(row.get("reason", "")), str(row.get("container", "")))
            for row in _rows(dropped, "files")
        ),
        "problems": _counts(_part(report, "problems")),
        "review": chart("review", "Awaiting review", "Stretches", _part(report, "review")),
        "warnings": [str(warning) for warning in _rows(report, "warnings")],
        "identities": _part(report, "identities"),
        "verification": verification,
        "leaks": _leaks(verification),
        "audit": audit,
        "software": _part(report, "software"),
        "packs": [row for row in _rows(report, "packs") if isinstance(row, Mapping)],
        "model": _part(report, "model"),
        "key_id": str(report.get("key_id") or audit.get("key_id") or ""),
    }


_RECORDS = ("read", "written", "withheld")


def _part(report: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = report.get(key)
    return found if isinstance(found, Mapping) else {}


def _rows(report: Mapping[str, Any], key: str) -> Sequence[Any]:
    found = report.get(key)
    return found if isinstance(found, list | tuple) else ()


def _count(row: object, key: str) -> int:
    return int(row.get(key, 0)) if isinstance(row, Mapping) else 0


def _counts(counts: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [(name, int(counts[name])) for name in sorted(counts)]


def _total(counts: Mapping[str, Any]) -> int:
    return sum(int(value) for value in counts.values())


def _leaks(verification: Mapping[str, Any]) -> int | None:
    """Return the number of leaks; None when nobody has searched."""
    found = verification.get("leaks")
    if isinstance(found, list | tuple):
        return len(found)
    return int(found) if isinstance(found, int) else None


def rebuild(directory: Path) -> Path:
    """Write `report.html` anew from `report.json` and return its path.

    Raises:
        IntegrityError: If there is no readable `report.json`.
        UsageError: If the page cannot be written.
    """
    try:
        content = json.loads((directory / "report.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise IntegrityError(f"{directory}: no readable report.json there")
    try:
        shown = render(content)
    except (AttributeError, LookupError, TypeError, ValueError):
        raise IntegrityError(f"{directory}: report.json is not as published") from None
    target = directory / "report.html"
    try:
        target.write_text(shown, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{target}: cannot be written: {error.strerror}") from None
    return target
