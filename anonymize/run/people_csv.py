"""`people.csv` as it is written for the researcher, and as far as a faulty one can be read."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from anonymize.errors import RuleError
from anonymize.link.conflicts import Conflict, Severity
from anonymize.link.drafting import Draft, Drafted, Unclear
from anonymize.link.sightings import Sightings, clean
from anonymize.model.roster import COLUMNS, RosterRow
from anonymize.rulepacks.reading import Faults, read_text

_SHOWN = 8
"""Files and variants listed of one row; of more their number."""
_TOLD_BETTER = re.compile(r"a value stands in line|is the real name of")
"""Faults that `link.conflicts` finds as well, and tells with the ids of the rows."""


def written(draft: Draft) -> list[str]:
    """Return a draft as the lines of a `people.csv` that `load_roster` reads.

    Above each row stand comments: how often and where it was seen, and what is doubtful.
    """
    lines = [
        ",".join(COLUMNS),
        "# A draft from your material: it holds names, so keep it private. Look at each row, fill",
        "# in role and consent, join rows that are one person, and take out who is none.",
        "# Lines that start with # are not read.",
    ]
    for one in draft.rows:
        lines += ["#", *_about(one), _row(one.row)]
    if draft.unclear:
        lines += [
            "#",
            "# Not rows, for nobody can say whose they are: the material does not tell, or tells",
            "# it only here and there. Write a name into the row whose it is everywhere, if so.",
        ]
        lines += [_unclear(one) for one in draft.unclear]
    if draft.left_out:
        lines += ["#", f"# Left out, being seen too seldom or without a name: {draft.left_out}."]
    return lines


def _row(row: RosterRow) -> str:
    out = io.StringIO()
    cells = [
        row.person,
        row.role,
        ";".join(row.names),
        ";".join(row.handles),
        ";".join(row.emails),
        row.consent,
        row.pseudonym,
    ]
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _about(one: Drafted) -> Iterator[str]:
    seen = one.seen
    if seen.mentions:
        yield f"# {clean(one.row.person)}: {_where(seen)}"
        yield f"#   called: {_counted(seen.names + seen.others)}"
    else:
        yield f"# {clean(one.row.person)}:"
    yield from (f"#   ? {doubt}" for doubt in one.doubts)


def _unclear(one: Unclear) -> str:
    called = ", ".join(f"“{text}”" for text in one.called[:_SHOWN])
    fits = f"fits {', '.join(one.fits)}" if one.fits else "fits no row for sure"
    return f"#   {called}: {_where(one.seen)}: {fits}"


def _where(seen: Sightings) -> str:
    times = "1 mention" if seen.mentions == 1 else f"{seen.mentions} mentions"
    places = "1 document" if seen.documents == 1 else f"{seen.documents} documents"
    return f"{times} in {places} of {_counted(seen.files, number=False)}"


def _counted(counts: Mapping[str, int], *, number: bool = True) -> str:
    """Return what was counted, the most frequent first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    listed = [f"{clean(text)} {times}x" if number else clean(text) for text, times in ranked]
    more = len(listed) - _SHOWN
    return ", ".join(listed[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def rows_of(path: Path) -> tuple[RosterRow, ...]:
    """Return the rows of a roster that `load_roster` refuses, as far as they can be read.

    Raises:
        RuleError: If the file is none of text.
    """
    text, _ = read_text(path, Faults(f"roster {path.name}"))
    physical = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # A comment becomes an empty line, so that line numbers stay those of the file.
    lines = ["\n" if line.lstrip().startswith("#") else line + "\n" for line in physical]
    head = next((line for line in lines if line.strip()), "")
    reader = csv.reader(lines, delimiter=max(",;\t", key=head.count))
    columns: list[str] = []
    rows: list[RosterRow] = []
    at = 0
    # What cannot be taken for a table from some line on is told by `load_roster`.
    with contextlib.suppress(csv.Error):
        for cells in reader:
            line, at = at + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if columns:
                rows.append(_read(line, dict(zip(columns, cells, strict=False))))
            else:
                columns = [cell.strip().lower() for cell in cells]
    return tuple(rows)


def _read(line: int, cells: Mapping[str, str]) -> RosterRow:
    one = {name: cells.get(name, "").strip() for name in COLUMNS}
    names, handles, emails = (
        tuple(dict.fromkeys(value for part in one[name].split(";") if (value := part.strip())))
        for name in ("names", "handles", "emails")
    )
    return RosterRow(
        person=one["person"],
        role=one["role"].lower(),
        names=names,
        handles=tuple(handle.lstrip("@＠") for handle in handles),
        emails=tuple(email.lower() for email in emails),
        consent=one["consent"].lower(),
        pseudonym=one["pseudonym"],
        line=line,
    )


def faults_of(error: RuleError, rows: Sequence[RosterRow]) -> list[Conflict]:
    """Return as findings what `load_roster` refuses a roster for.

    Args:
        error: What it raised.
        rows: The rows as far as they could be read.
    """
    ids = {row.line: row.person for row in rows}
    out: list[Conflict] = []
    for text in error.errors:
        place, _, message = text.partition(": ")
        number = place.rpartition(":")[2]
        line = int(number) if number.isdecimal() else 0
        if not _TOLD_BETTER.search(message):
            out.append(Conflict(line, ids.get(line, ""), Severity.ERROR, "not-valid", message))
    return out


def as_objects(draft: Draft) -> dict[str, object]:
    """Return a draft as JSON values."""
    return {
        "rows": [
            {
                "person": one.row.person,
                "role": one.row.role,
                "names": list(one.row.names),
                "handles": list(one.row.handles),
                "emails": list(one.row.emails),
                "consent": one.row.consent,
                "pseudonym": one.row.pseudonym,
                "kind": one.kind.value,
                **_seen(one.seen),
                "variants": _ranked(one.seen.names + one.seen.others),
                "doubts": list(one.doubts),
            }
            for one in draft.rows
        ],
        "ambiguous": [
            {"called": list(one.called), **_seen(one.seen), "candidates": list(one.fits)}
            for one in draft.unclear
        ],
        "left_out": draft.left_out,
    }


def _seen(seen: Sightings) -> dict[str, object]:
    return {
        "mentions": seen.mentions,
        "documents": seen.documents,
        "files": _ranked(seen.files),
    }


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
