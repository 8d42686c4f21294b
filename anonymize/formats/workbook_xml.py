"""The parts of a spreadsheet workbook as they are written: ECMA-376, part 1, and no more.

No author, no times, no comments, no styles but two for dates, no names of sheets but known
ones.  Rows and cells carry no addresses, so that rows can stand in any order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

import regex

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
"""Day 0 of spreadsheets, for days from March 1900 on (§18.17.4.1)."""
_ILLEGAL = regex.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (§2.2)."""
_INTEGER = regex.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = regex.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")
_EMPTY = "<c/>"
EMPTY_ROW = b"<row/>\n"
TAIL = b"\n</sheetData></worksheet>"


def shown(value: Any) -> str:
    """Return what a cell says; empty for nothing.

    >>> shown(3.0), shown(datetime(2020, 5, 1, 9, 30)), shown(1.69705e18)
    ('3', '2020-05-01 09:30:00', '1.69705e+18')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        exact = math.isfinite(value) and value.is_integer() and abs(value) < 1e15
        return str(int(value)) if exact else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value)


def cell(old: Any, new: str) -> str:
    """Return the XML of a cell: of the type it had where the new value can be of it.

    Args:
        old: As it was read.
        new: What it says now.
    """
    if not new:
        return _EMPTY
    if shown(old) == new:
        return _typed(old)
    if isinstance(old, (int, float)) and not isinstance(old, bool):
        if _INTEGER.fullmatch(new) or _DECIMAL.fullmatch(new):
            return f"<c><v>{new}</v></c>"
    elif isinstance(old, date):
        try:
            return _typed(type(old).fromisoformat(new))
        except (ValueError, OverflowError):
            pass
    return _text(new)


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int) and abs(value) < 10**15:
        return f"<c><v>{value}</v></c>"
    if isinstance(value, float) and math.isfinite(value):
        return f"<c><v>{value!r}</v></c>"
    if isinstance(value, datetime) and value.tzinfo is None and value >= _EPOCH:
        days = (value - _EPOCH) / timedelta(days=1)
        return f'<c s="1"><v>{days!r}</v></c>'
    if type(value) is date:
        days = (datetime(value.year, value.month, value.day) - _EPOCH).days  # noqa: DTZ001
        if days >= 0:
            return f'<c s="2"><v>{days}</v></c>'
    # A string, a time of day, a whole number a double cannot hold.
    return _text(shown(value))


def _text(value: str) -> str:
    plain = escape(_ILLEGAL.sub("\ufffd", value), {"\r": "&#13;"})
    return f'<c t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'


def row(cells: Sequence[str]) -> bytes:
    """Return the XML of a row."""
    return f"<row>{''.join(cells)}</row>".encode()


def sheet_head(headers: Sequence[str], above: int) -> bytes:
    """Return a sheet up to the end of its header.

    Args:
        headers: Of the columns that are written.
        above: Rows before the header.
    """
    start = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>\n'.encode()
    return start + EMPTY_ROW * above + row([_text(one) for one in headers]) + b"\n"


def fixed_parts(sheets: Sequence[tuple[int, str]]) -> dict[str, bytes]:
    """Return the parts of a workbook besides its sheets, by name.

    Args:
        sheets: Number and name of each; number 3 is `xl/worksheets/sheet3.xml`.
    """
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in sheets
    )
    workbook = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number, _ in sheets
    )
    links += f'<Relationship Id="rIdStyles" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        f'ContentType="{_TYPE}.worksheet+xml"/>'
        for number, _ in sheets
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{links}</Relationships>",
        "xl/styles.xml": _STYLES,
    }
    return {name: (_XML + content).encode() for name, content in parts.items()}


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
