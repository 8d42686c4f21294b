"""Tables made from the lists of columns of known programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass

from anonymize.formats.column_types import Column
from anonymize.formats.table_columns import KNOWN
from anonymize.model.fields import Role
from tests.canaries import ISO, Canaries

TABLES: tuple[Mapping[str, Column], ...] = tuple(
    {id(columns): columns for _, columns in KNOWN}.values(),
)
"""Each known table once."""


def delimited(header: list[str], *rows: list[str], delimiter: str = ",") -> str:
    """Return a table as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([header, *rows])
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Cells:
    """Gives cells in which every string is found nowhere else."""

    canaries: Canaries

    def row(self, columns: Mapping[str, Column], where: str) -> dict[str, str]:
        """Return a row of a known table, with one column nobody knows."""
        known = {name: self.cell(one, f"{where} {name}") for name, one in columns.items()}
        return {**known, "column_nobody_knows": self.canaries.word(f"{where} unknown column")}

    def cell(self, column: Column, where: str) -> str:
        """Return a cell of a column; one with a vocabulary gets a word that is not in it."""
        made = self._plain(column, where)
        if column.node is not None:
            return json.dumps([made, self._plain(column, f"{where} again")])
        return made

    def _plain(self, column: Column, where: str) -> str:
        canaries = self.canaries
        if column.kind == "media":
            return f"3_{canaries.id(where)}"
        if column.role is Role.TEXT and column.kind == "hashtag":
            # A hashtag is kept unless it holds a known identifier.
            return "education"
        if column.role is Role.TEXT:
            handle, mail = canaries.word(f"{where} handle"), canaries.email(f"{where} e-mail")
            return f"Ask @{handle} or {mail} 🎬 {canaries.url(f'{where} URL')}"
        made = {
            Role.ID: canaries.id,
            Role.NAME: canaries.name,
            Role.URL: canaries.url,
            Role.HANDLE: canaries.word,
            Role.PLACE: canaries.word,
            Role.CODE: canaries.word,
            Role.OPAQUE: canaries.word,
        }
        if column.role in made:
            return made[column.role](where)
        return ISO if column.role is Role.DATE else "5"
