"""WebVTT subtitles (w3.org/TR/webvtt1), read and written back byte for byte.

Timings, settings and tags of the standard are never touched.  Names stand in `<v Name>`, in
`::cue(v[voice="Name"])` of a STYLE block, and as `Name: …` in the text of cues (Zoom).  A block
that is no valid cue is one withheld section.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from anonymize.errors import FormatError
from anonymize.formats.base import Source
from anonymize.formats.charset import is_binary
from anonymize.formats.cues import KNOWN_CLASS, STAMP, Segment, add_cue, clean_cue, segments, voted
from anonymize.formats.pieces import Draft, Part, Piece, one_line
from anonymize.formats.spoken import Spoken
from anonymize.model.fields import Encoding, Role

INVALID = "invalid-cue"
_LINE = regex.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_MAGIC = regex.compile(rb"(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|$)")
_TIMING = regex.compile(rf"[ \t]*{STAMP}[ \t]*-->[ \t]*{STAMP}(?P<settings>(?:[ \t].*)?)")
_SETTING = regex.compile(
    r"(?:vertical:(?:rl|lr)|line:-?[\d.]+%?(?:,(?:start|center|end))?|size:[\d.]+%"
    r"|position:[\d.]+%(?:,(?:line-left|center|line-right|auto))?"
    r"|align:(?:start|center|middle|end|left|right)|region:(?:top|bottom|region|r)?\d*)",
)
_CUE_ID = regex.compile(
    r"\d{1,9}|(?P<guid>[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?:/\d+(?:-\d+)?)?"
)
_CLOCK = rf"(?:LOCAL:{STAMP}|MPEGTS:\d+)"
_META = regex.compile(
    r"(?:Kind:[ \t]*(?:captions|subtitles|descriptions|chapters|metadata)"
    r"|Language:[ \t]*[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
    rf"|X-TIMESTAMP-MAP={_CLOCK}(?:,{_CLOCK})?)[ \t]*",
)


def _listed(text: str) -> list[str]:
    return text.split()


_CSS_WORDS = _listed(
    # Selectors, properties and values the standard lets apply to cues (section 8.2.1).
    "cue region past future lang c i b u ruby rt v color background image position size repeat "
    "attachment origin clip opacity visibility text decoration line style thickness shadow "
    "outline width offset font family weight variant stretch height white space combine upright "
    "over under none normal bold bolder lighter italic oblique small caps medium large x xx "
    "larger smaller underline overline through solid dotted dashed double wavy pre wrap nowrap "
    "all digits hidden visible collapse transparent inherit initial unset rgb rgba hsl hsla "
    "linear radial gradient to top bottom left right center lime cyan red yellow magenta blue "
    "black green gray grey silver maroon purple fuchsia olive navy teal aqua orange pink brown "
    "lightgray lightgrey darkgray darkgrey dimgray dimgrey slategray slategrey lightblue "
    "darkblue lightgreen darkgreen lightyellow darkred papayawhip peachpuff gold sans serif "
    "monospace system ui important"
)
_CSS = regex.compile(
    r"""
    (?P<comment>/\*.*?(?:\*/|\Z))
    | voice[ \t]*[~|^$*]?=[ \t]*(?P<voice>"[^"\r\n]*"|'[^'\r\n]*'|[^\]\s"']+)
    | (?P<string>"[^"\r\n]*"|'[^'\r\n]*'|url\([^)]*\))
    | (?P<colour>\#[0-9A-Fa-f]{3,8}(?![\w-]))
    | (?P<mark>[.\#](?![0-9])[^\s.,\#:()\[\]{}<>;]+)
    | font-family[ \t]*:[ \t]*(?P<font>[^;}\r\n]*)
    | (?P<safe>[^\w"'<&]|-?[\d.]+(?:px|em|rem|vh|vw|deg|s)?%?(?!\w)|\b(?:\L<known>)\b)
    | (?P<other>\w+|.)
    """,
    flags=regex.DOTALL | regex.VERBOSE,
    known=_CSS_WORDS,
)
_NAMED = regex.compile(r"(region:|id[:=])([^\s:=]+)")
"""The id of a region, where it is given and where a cue goes to it."""
_REGION = regex.compile(
    r"(?:width|lines|regionanchor|viewportanchor|scroll)[:=][\d.%,]*(?:up)?"
    r"|id[:=](?:top|bottom|region|r)?\d*",
)

Line = tuple[str, str]


def _is_webvtt(source: Source) -> bool:
    """Whether a source is named `.vtt` or begins as WebVTT does."""
    if source.folder or is_binary(source.head):
        return False
    return source.suffix == ".vtt" or _MAGIC.match(source.head) is not None


def _clean(value: str, piece: Piece) -> str:
    if piece.part is Part.TEXT:
        return one_line(value).replace("-->", "--›").strip()
    if piece.path[2:3] == ("style",):
        value = str(regex.sub(r"[\"'\\\]{}<>]|-->", "", one_line(value)))
        bare = piece.path[-1] == "bare" and regex.fullmatch(r"[\p{L}_][\w-]*", value) is None
        return f'"{value}"' if bare else value
    if piece.path[2:3] == ("setting",):
        return str(regex.sub(r"[\s:=]|-->", "", value)) or "x"
    value = clean_cue(value, piece).replace("<", "&lt;")
    return value.replace(">", "&gt;") if piece.part is Part.LABEL else value


def tokenise(content: str, label: str) -> Draft:
    """Return the pieces of a file; joined they are `content`.

    Raises:
        FormatError: If it has no WebVTT header, or blocks and no valid cue.
    """
    lines = [(m[1], m[2]) for m in _LINE.finditer(content)]
    if regex.match(r"WEBVTT(?:[ \t]|$)", lines[0][0]) is None:
        raise FormatError(f"{label}, line 1: no WEBVTT header")
    draft = Draft()
    at = _header(draft, lines)
    blocks = list(_blocks(lines, at))
    payloads = {n: _payload(block) for n, block in enumerate(blocks)}
    cues = [cue for cue in payloads.values() if cue is not None]
    claimed = [n for n, block in enumerate(blocks) if any("-->" in line for line, _ in block)]
    if claimed and not cues:
        line = at + sum(len(block) for block in blocks[: claimed[0]]) + 1
        raise FormatError(f"{label}, line {line}: no valid cue")
    elected = voted(cues)
    number = -1
    for n, block in enumerate(blocks):
        first = block[0][0]
        cue = payloads[n]
        if not first and len(block) == 1:
            draft.literal(block[0][1])
            continue
        number += 1
        draft.current = 0
        if cue is not None:
            draft.begin(str(number))
            _cue(draft, number, block, cue, elected)
        elif regex.match(r"NOTE(?:[ \t]|$)", first):
            draft.literal("NOTE")
            _plain(draft, number, _joined(block)[4:])
        elif regex.match(r"STYLE[ \t]*$", first):
            draft.literal("".join(block[0]))
            _style(draft, number, _joined(block[1:]))
        elif regex.match(r"REGION[ \t]*$", first):
            draft.literal("".join(block[0]))
            _known_words(draft, number, _joined(block[1:]), _REGION)
        else:
            draft.begin(str(number), INVALID)
            _plain(draft, number, _joined(block))
    return draft


def _joined(lines: list[Line]) -> str:
    return "".join(line + end for line, end in lines)


def _header(draft: Draft, lines: list[Line]) -> int:
    """Add the header; return the number of its lines."""
    draft.begin("header")
    title, end = lines[0]
    draft.literal("WEBVTT")
    _header_text(draft, 0, title[6:])
    draft.literal(end)
    at = 1
    while at < len(lines) and lines[at][0] and "-->" not in lines[at][0]:
        line, end = lines[at]
        if _META.fullmatch(line):
            draft.literal(line)
        else:
            _header_text(draft, at, line)
        draft.literal(end)
        at += 1
    return at


def _header_text(draft: Draft, number: int, text: str) -> None:
    stripped = text.strip()
    start = text.find(stripped) if stripped else len(text)
    draft.literal(text[:start])
    if stripped:
        draft.pieces.append(draft.value(("header", number), Role.TEXT, stripped, Part.TEXT))
        draft.literal(text[start + len(stripped) :])


def _blocks(lines: list[Line], at: int) -> Iterator[list[Line]]:
    """Yield blocks and, each by itself, blank lines.

    A line with an arrow begins a new cue even without a blank line before it.
    """
    block: list[Line] = []
    arrow = False
    for line, end in lines[at:]:
        if block and (not line or ("-->" in line and arrow)):
            yield block
            block, arrow = [], False
        if line:
            block.append((line, end))
            arrow = arrow or "-->" in line
        elif end:
            yield [(line, end)]
    if block:
        yield block


def _payload(block: list[Line]) -> tuple[Segment, ...] | None:
    """Return the segments of a block that is a valid cue, else None."""
    at = _timing_line(block)
    if at is None:
        return None
    return segments(_joined(block[at + 1 :]))


def _timing_line(block: list[Line]) -> int | None:
    for at, (line, _) in enumerate(block[:2]):
        if "-->" in line:
            return at if _TIMING.fullmatch(line) else None
    return None


def _cue(
    draft: Draft,
    number: int,
    block: list[Line],
    cue: tuple[Segment, ...],
    elected: frozenset[str],
) -> None:
    at = _timing_line(block) or 0
    root = ("cues", number)
    for line, end in block[:at]:
        known = _CUE_ID.fullmatch(line)
        role, kind, stop = Role.OPAQUE, "unknown", len(line)
        if known and known["guid"]:
            # Teams: the recording's own id before the number of the cue.
            role, kind, stop = Role.ID, "other", known.end("guid")
        elif known:
            role, kind = Role.CODE, ""
        draft.pieces.append(
            draft.value(
                (*root, "id"),
                role,
                line[:stop],
                Part.EXTRA,
                kind=kind,
                tail=line[stop:] + end,
            ),
        )
    line, end = block[at]
    match = _TIMING.fullmatch(line)
    cut = match.start("settings") if match else 0
    draft.literal(line[:cut])
    _known_words(draft, number, line[cut:], _SETTING)
    draft.literal(end)
    add_cue(draft, root, cue, elected, Encoding.HTML)


def _known_words(draft: Draft, number: int, text: str, known: regex.Pattern[str]) -> None:
    """Add words: those of the vocabulary as they are, ids of regions, the others as opaque fields.

    A line of nothing but unknown words leaves whole: a blank one would end the block.
    """
    count = 0
    for match in _LINE.finditer(text):
        words = match[1].split()
        lost = bool(words) and not any(known.fullmatch(w) or _NAMED.fullmatch(w) for w in words)
        for word in [match[0]] if lost and match[2] else regex.findall(r"\s+|\S+", match[0]):
            path = ("cues", number, "setting", count)
            count += 1
            named = _NAMED.fullmatch(word)
            if word.isspace() or known.fullmatch(word):
                draft.literal(word)
            elif named:
                draft.literal(named[1])
                draft.pieces.append(
                    draft.value(path, Role.ID, named[2], Part.LABEL, kind="other"),
                )
            else:
                draft.pieces.append(
                    draft.value(path, Role.OPAQUE, word, Part.EXTRA, kind="unknown"),
                )


def _plain(draft: Draft, number: int, text: str) -> None:
    """Add free text of a block as one field."""
    stripped = text.strip()
    start = text.find(stripped) if stripped else len(text)
    draft.literal(text[:start])
    if stripped:
        path = ("cues", number, "note")
        draft.pieces.append(draft.value(path, Role.TEXT, stripped, Part.CUE))
        draft.literal(text[start + len(stripped) :])


def _style(draft: Draft, number: int, text: str) -> None:
    """Add CSS: names of voices as names, other strings and unknown words as opaque."""
    for n, match in enumerate(_CSS.finditer(text)):
        kind = match.lastgroup or ""
        path = ("cues", number, "style", n)
        if kind in {"safe", "colour"} or (kind == "mark" and KNOWN_CLASS.fullmatch(match[0][1:])):
            draft.literal(match[0])
            continue
        if not kind:
            draft.literal(match[0])
            continue
        start, stop = match.span(kind)
        quoted = match[kind][:1] in {'"', "'"} and stop - start > 1
        if quoted:
            start, stop = start + 1, stop - 1
        value = text[start:stop]
        draft.literal(text[match.start() : start])
        if kind == "voice" and value:
            draft.pieces.append(
                draft.value(
                    path if quoted else (*path, "bare"),
                    Role.NAME,
                    value,
                    Part.LABEL,
                    kind="speaker",
                    subject=draft.speaker(value),
                ),
            )
        elif value:
            draft.pieces.append(
                draft.value(path, Role.OPAQUE, value, Part.EXTRA, kind="unknown"),
            )
        draft.literal(text[stop : match.end()])


FORMAT = Spoken("webvtt", (".vtt",), 40, _is_webvtt, tokenise, _clean)
