"""SubRip subtitles, read and written back byte for byte.

A block is a number, a timing line and text.  Names stand as labels of lines (`Anna:`,
`- Anna:`, `>> Anna:`).  A block without a valid timing line is one withheld section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex

from anonymize.errors import FormatError
from anonymize.formats.base import Source
from anonymize.formats.charset import is_binary
from anonymize.formats.cues import add_cue, clean_cue, segments, voted
from anonymize.formats.pieces import Draft, Part
from anonymize.formats.spoken import Spoken
from anonymize.model.fields import Encoding, Role

INVALID = "invalid-cue"
_LINE = regex.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_STAMP = r"\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}"
_TIMING = regex.compile(
    # The coordinates are an extension of some players.
    rf"[ \t]*{_STAMP}[ \t]*-->[ \t]*{_STAMP}(?:[ \t]+[XY][12]:\d+)*[ \t]*",
)

Line = tuple[str, str]


def _is_subrip(source: Source) -> bool:
    """Whether a source is named `.srt`."""
    return not source.folder and source.suffix == ".srt" and not is_binary(source.head)


def tokenise(content: str, label: str) -> Draft:
    """Return the pieces of a file; joined they are `content`.

    Raises:
        FormatError: If it holds no valid cue.
    """
    return take_blocks(content, label, _timing_line)


def take_blocks(content: str, label: str, timing: Callable[[list[Line]], int | None]) -> Draft:
    """Return the pieces of a file of blocks that blank lines part.

    Args:
        content: The file.
        label: How messages name it.
        timing: Returns which line of a block holds its times; None for no valid one.

    Raises:
        FormatError: If no block is a valid cue.
    """
    blocks = list(_blocks(content))
    timings = [timing(block) for block in blocks]
    cues = {
        n: segments("".join(line + end for line, end in block[at + 1 :]))
        for n, (block, at) in enumerate(zip(blocks, timings, strict=True))
        if at is not None
    }
    if not cues:
        raise FormatError(f"{label}, line 1: no valid cue")
    elected = voted(list(cues.values()))
    draft = Draft()
    number = -1
    for n, block in enumerate(blocks):
        at = timings[n]
        if not block[0][0].strip():
            draft.literal("".join(block[0]))
            continue
        number += 1
        root = ("cues", number)
        if at is None:
            draft.begin(str(number), INVALID)
            text = "".join(line + end for line, end in block)
            stripped = text.strip()
            start = text.find(stripped)
            draft.literal(text[:start])
            draft.pieces.append(draft.value((*root, "block"), Role.TEXT, stripped, Part.CUE))
            draft.literal(text[start + len(stripped) :])
            continue
        draft.begin(str(number))
        for line, end in block[:at]:
            if line.strip().isdecimal():
                draft.literal(line + end)
            else:
                draft.pieces.append(
                    draft.value(
                        (*root, "id"),
                        Role.OPAQUE,
                        line,
                        Part.EXTRA,
                        kind="unknown",
                        tail=end,
                    ),
                )
        draft.literal("".join(block[at]))
        add_cue(draft, root, cues[n], elected, Encoding.PLAIN)
    return draft


def _blocks(content: str) -> Iterator[list[Line]]:
    """Yield blocks and, each by itself, blank lines."""
    block: list[Line] = []
    for match in _LINE.finditer(content):
        line, end = match[1], match[2]
        if line.strip():
            block.append((line, end))
            continue
        if block:
            yield block
            block = []
        if line or end:
            yield [(line, end)]
    if block:
        yield block


def _timing_line(block: list[Line]) -> int | None:
    for at, (line, _) in enumerate(block[:2]):
        if "-->" in line:
            return at if _TIMING.fullmatch(line) else None
    return None


FORMAT = Spoken("subrip", (".srt",), 40, _is_subrip, tokenise, clean_cue)
