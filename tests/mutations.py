"""Mutations of files: of their bytes, and of what JSON, tables and lines hold.

Each takes a source of chance, the file and another file of its family, and returns bytes.  The
same chance makes the same bytes.  XML is in `tests.mutations_xml`, archives and binary tables in
`tests.mutations_packed`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from random import Random
from typing import Any, TypeAlias

from tests.acceptance.damage import NAME

Mutation: TypeAlias = Callable[[Random, bytes, bytes], bytes]

_TOKENS = (
    b'"', b"'", b"[", b"]", b"{", b"}", b",", b":", b"\\", b"\\u0000", b"\\ud83d", b"1e999",
    b"-0", b"NaN", b"null", b"\0", b"\r", b"\n", b"\r\n", b"\n\n", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xed\xa0\xbd", b"\xc3", b"\xe2\x80\xa8", b"\xc2\x85", b"\x1a", b"\x1b[2J", b"<", b">",
    b"&", b"&#0;", b"]]>", b"-->", b"<!--", b"\t", b";", b"|", b"=1+1", b"@", b"#", b"%00",
    b"%2e%2e/", b"../", b"window.YTD.", b"WEBVTT", b"NOTE", b"00:00:00.000 --> 00:00:00.000",
    b"99:99:99,999", "\u202e".encode(), "\u200b".encode(), "\U0001f469\u200d\U0001f3eb".encode(),
    b"A" * 5000, b" " * 3000, b"9" * 500, NAME.encode(), f"@{NAME}".encode(),
)  # fmt: skip


def edited(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return bytes flipped, inserted, deleted, repeated, cut off or spliced."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        at = rng.randint(0, len(out))
        size = rng.choice((1, 1, 2, 9, 60, 700))
        match rng.randrange(8):
            case 0 if out:
                out[min(at, len(out) - 1)] ^= 1 << rng.randrange(8)
            case 1:
                out[at:at] = rng.randbytes(min(size, 60))
            case 2:
                del out[at : at + size]
            case 3:
                out[at:at] = out[at : at + size]
            case 4:
                del out[at:]
            case 5:
                place = rng.randint(0, len(other))
                out[at:] = other[place:]
            case 6:
                place = rng.randint(0, len(other))
                out[at : at + size] = other[place : place + size]
            case _:
                out[at : at + rng.choice((0, 0, 1, size))] = rng.choice(_TOKENS)
    return bytes(out)


def recoded(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return a text in another encoding or with other line ends."""
    del other
    text = data.decode("utf-8", "replace")
    match rng.randrange(7):
        case 0:
            return text.encode("utf-16")
        case 1:
            return text.encode("utf-16-le")
        case 2:
            return b"\xef\xbb\xbf" + data
        case 3:
            return text.encode("cp1252", "replace")
        case 4:
            return text.encode("utf-32")
        case 5:
            return data.replace(b"\n", rng.choice((b"\r", b"\r\n", b"\x85", b"\n\n", b"\0\n")))
        case _:
            return text.encode("utf-7")


def measured(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return a binary file in which a length or number at some place is another."""
    if rng.random() < 0.4 or not data:
        return edited(rng, data, other)
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        size = rng.choice((1, 2, 4, 8))
        at = rng.randrange(len(out))
        value = rng.choice((0, 1, 2, 7, 2 ** (8 * size) - 1, 2 ** (8 * size - 1), len(data) + 1))
        made = (value % 2 ** (8 * size)).to_bytes(size, rng.choice(("big", "little")))
        out[at : at + size] = made
    return bytes(out)


# --- JSON -------------------------------------------------------------------------------------

_DEEP = "\x02deep\x02"
_KEYS = ("", "id", "id_str", "text", "user", "data", "type", "entities", "$type", "@context",
         "\x00", "\ud800", "a.b", "0", "Text", "__proto__", "indices", "url")  # fmt: skip
_NESTED: tuple[tuple[int, str, str], ...] = (
    (60, "[", "]"), (60, '{"a":', "}"), (900, "[", "]"), (400, '{"id":', "}"), (5000, "[", "]"),
    (3, '{"user":', "}"),
)  # fmt: skip


def odd(rng: Random) -> Any:
    """Return a value that seldom stands where it is put."""
    choices: tuple[Any, ...] = (
        None, True, False, 0, -1, 7, 2**31, 2**63, 2**70, -(10**40), 1.5, 1e308, float("nan"),
        float("inf"), "", " ", "x", "0", "1" * 19, "9" * 40, "-5", "1e5", "null", "\x00", "\ud83d",
        "\udc00\ud83d", "\u202e\u2066\u200b", "\ufdfa" * 50, "e\u0301" * 200, "a" * 20_000,
        "ab " * 5000, "@" * 300, "#" + "a" * 5000, f"@{NAME}", NAME, f"{NAME}@post.example",
        "https://t.co/", "http://[::1", "https://" + "a." * 200, "//\\", "at://", "did:plc:",
        "2016-02-30T25:61:61Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59+23:59",
        "Tue Feb 30 09:30:00 +0000 2016", "<p>" * 400, "<a href='x", "&#x110000;&#0;&amp", "%ff%00",
        [], {}, [[]], [None], [[], {}, 1, "a"], {"": ""}, [1, 2, 3], ["5", "2"], [-1, 99999],
        {"id": None, "text": 5}, {"text": {"text": []}}, [{"indices": [2]}], _DEEP, [_DEEP],
        "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 30, "\u0130\u00df\ufb01", "\r\n\u2028\x85",
    )  # fmt: skip
    return rng.choice(choices)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return container and key of everything a JSON value holds."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            found += [(one, key) for key in one]
            waiting += list(one.values())
        elif isinstance(one, list):
            found += [(one, at) for at in range(len(one))]
            waiting += one
    return found


def _turned(value: Any) -> Any:
    """Return a value as another type that says the same."""
    if isinstance(value, str):
        return int(value) if re.fullmatch(r"-?\d{1,30}", value) else [value]
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int | float):
        return str(value)
    return json.dumps(value) if isinstance(value, dict) else dict(enumerate(value))


def altered(rng: Random, value: Any) -> Any:
    """Return a JSON value with some of its parts replaced, renamed, repeated or left out."""
    value = [value]
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        found = places(value)
        if not found:
            break
        holder, key = rng.choice(found)
        if key not in (holder if isinstance(holder, dict) else range(len(holder))):
            continue
        there = holder[key]
        match rng.randrange(9):
            case 0:
                del holder[key]
            case 1:
                holder[key] = _turned(there)
            case 2 if isinstance(holder, dict):
                holder[rng.choice(_KEYS)] = holder.pop(key)
            case 3:
                whose, which = rng.choice(found)
                if which in (whose if isinstance(whose, dict) else range(len(whose))):
                    # Copied, lest a value hold itself.
                    holder[key] = json.loads(json.dumps(whose[which]))
            case 4 if isinstance(holder, list):
                holder[key:key] = [json.loads(json.dumps(there))] * rng.choice((1, 3, 40))
            case 5 if isinstance(holder, dict):
                holder[rng.choice(_KEYS)] = odd(rng)
            case 6:
                holder[key] = [there] if rng.random() < 0.5 else {rng.choice(_KEYS): there}
            case _:
                holder[key] = odd(rng)
    return value[0] if value else odd(rng)


def written(rng: Random, value: Any) -> bytes:
    """Return JSON in one of the ways it is written; lone surrogates may be bytes."""
    indent = rng.choice((None, None, 2))
    ascii_only = rng.random() < 0.6
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    count, opening, closing = rng.choice(_NESTED)
    deep = opening * count + "1" + closing * count
    # JSON writes the mark's control characters as escapes, whatever else it escapes.
    text = text.replace(json.dumps(_DEEP), deep)
    return text.encode("utf-8", "surrogatepass")


_LEAD = re.compile(rb"\s*[A-Za-z_][\w.]*\s*=\s*")


def json_mutated(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return a JSON value, a JavaScript assignment of one, or JSON lines, altered."""
    lead = match.group() if (match := _LEAD.match(data)) else b""
    body = data[len(lead) :]
    if lead and rng.random() < 0.1:
        lead = edited(rng, lead, other)
    try:
        value = json.loads(body)
    except ValueError:
        return lead + _json_lines(rng, body, other)
    return lead + written(rng, altered(rng, value))


def _json_lines(rng: Random, data: bytes, other: bytes) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at = rng.randrange(len(lines))
    if rng.random() < 0.2:
        return lines_mutated(rng, data, other)
    try:
        value = json.loads(lines[at])
    except ValueError:
        return edited(rng, data, other)
    lines[at] = b"".join(written(rng, altered(rng, value)).split(b"\n")) + b"\n"
    return b"".join(lines)


# --- lines, tables -----------------------------------------------------------------------


def lines_mutated(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return lines left out, repeated, changed places, joined, cut, or from the other file."""
    lines = data.splitlines(keepends=True) or [b""]
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(lines))
        match rng.randrange(8):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines[at:at] = [lines[at]] * rng.choice((1, 2, 15))
            case 2:
                to = rng.randrange(len(lines))
                lines[at], lines[to] = lines[to], lines[at]
            case 3:
                lines[at] = lines[at].rstrip(b"\r\n")
            case 4:
                lines[at] = lines[at][: rng.randint(0, len(lines[at]))] + b"\n"
            case 5:
                lines[at:at] = [rng.choice(other.splitlines(keepends=True) or [b"\n"])]
            case 6:
                lines[at:at] = [rng.choice((b"\n", b"\r\n", b" \n", b"\0\n", b"\t\n"))]
            case _:
                lines[at] = edited(rng, lines[at], other)
    return b"".join(lines)


_MARKS = (",", ";", "\t", "|", ":")


def table_mutated(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return a delimited table with odd cells, quotes, rows, header or dialect."""
    if rng.random() < 0.3:
        return lines_mutated(rng, data, other)
    text = data.decode("utf-8", "replace")
    head = text.partition("\n")[0]
    mark = max(_MARKS[:3], key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark)) or [[""]]
    except csv.Error:
        return edited(rng, data, other)
    for _ in range(rng.choice((1, 1, 2, 6))):
        row = rng.choice((rows[0], *rows))
        if not row:
            row.append("")
        at = rng.randrange(len(row))
        match rng.randrange(9):
            case 0:
                row.pop(at)
            case 1:
                row.insert(at, rng.choice(row) if row else "")
            case 2:
                row += ["x"] * rng.choice((1, 3, 400))
            case 3:
                row[at] = rng.choice(("", "=1+1", "-2", "+3", "@x", "1.25615221E+18", "nan", "NA"))
            case 4:
                to = rng.randrange(len(row))
                row[at], row[to] = row[to], row[at]
            case 5:
                rows.insert(rng.randrange(len(rows) + 1), [*row])
            case 6 if row[at][:1] in {"[", "{"}:
                row[at] = _cell(rng, row[at])
            case _:
                value = odd(rng)
                row[at] = value if isinstance(value, str) else json.dumps(value)
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=rng.choice((mark, mark, mark, mark, *_MARKS)),
        lineterminator=rng.choice(("\n", "\n", "\r\n", "\r")),
        quoting=rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    )
    writer.writerows(rows)
    made = out.getvalue().encode("utf-8", "surrogatepass")
    if rng.random() < 0.25:
        at = rng.randint(0, len(made))
        made = made[:at] + rng.choice((b'"', b'""', b"\0", b"\r", b"\n", b'"\n')) + made[at:]
    return made


def _cell(rng: Random, cell: str) -> str:
    try:
        return written(rng, altered(rng, json.loads(cell))).decode("utf-8", "surrogatepass")
    except ValueError:
        return cell[: rng.randint(0, len(cell))]
