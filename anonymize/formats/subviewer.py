"""SubViewer subtitles as YouTube writes them (.sbv), read and written back byte for byte.

A block is a line of two times parted by a comma, `0:00:01.000,0:00:03.000`, and text.  Names
stand as labels of lines (`Anna:`, `>> Anna:`).  A block without a valid line of times is one
withheld section.
"""

from __future__ import annotations

import regex

from anonymize.formats.base import Source
from anonymize.formats.charset import is_binary
from anonymize.formats.cues import clean_cue
from anonymize.formats.pieces import Draft
from anonymize.formats.spoken import Spoken
from anonymize.formats.subrip import Line, take_blocks

_STAMP = r"\d{1,3}:[0-5]\d:[0-5]\d\.\d{3}"
_TIMING = regex.compile(rf"[ \t]*{_STAMP},{_STAMP}[ \t]*")


def _is_subviewer(source: Source) -> bool:
    """Whether a source is named `.sbv`."""
    return not source.folder and source.suffix == ".sbv" and not is_binary(source.head)


def tokenise(content: str, label: str) -> Draft:
    """Return the pieces of a file; joined they are `content`.

    Raises:
        FormatError: If it holds no valid cue.
    """
    return take_blocks(content, label, _timing_line)


def _timing_line(block: list[Line]) -> int | None:
    return 0 if _TIMING.fullmatch(block[0][0]) else None


FORMAT = Spoken("subviewer", (".sbv",), 40, _is_subviewer, tokenise, clean_cue)
