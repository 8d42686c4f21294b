"""Handles, addresses and codes of speakers: what is no word to a named-entity model.

spaCy's models are given texts without them, and from any model's answer they are cut.  Labels
that may be names (`Jane S.:`) stay.

Offsets stay: every masked character is replaced by one filler character.  The fillers were
chosen by measurement with `en_core_web_sm` 3.8.0 on the development part of the Broad Twitter
Corpus (1000 tweets): dots for what stands in a sentence and blanks for the rest cover .596 of
the persons whole (exact recall .45, precision .45), blanks for all .569 (.39, .48), no masking
.564 (.39, .25); other fillers lie between.
"""

from __future__ import annotations

import regex

# Each alternative that begins with a run looks behind, or a long word would cost its square.
ADDRESS_FORM = r"""
      (?:https?://|www\.)\S+                                       # addresses of pages
    | (?<![\w.\-])[\w\-]++(?:\.[\w\-]++)*\.[a-z]{2,6}/\S*            # and without the scheme
    | (?<![\w.+\-])[\w.+\-]++@[\w\-]++(?:\.[\w\-]++)++                          # e-mail
"""
"""Addresses of pages and people, in the verbose syntax of `regex`."""
HANDLE_FORM = r"[@＠]\w++(?:@[\w\-]++(?:\.[\w\-]++)*)?"
"""Handles, with a host or without."""

_DOTTED = regex.compile(rf"{ADDRESS_FORM} | {HANDLE_FORM}", regex.VERBOSE)
_HASHTAG = regex.compile(r"[\#＃]\w++")
_BLANKED = regex.compile(
    r"""
      \bRT\b:?(?=\s*[@＠])                                         # sign of a retweet
    | [\p{So}\p{Sk}\p{Cf}\uFE0F]++                                 # emoji and the like
    | ^[^\S\n]{0,4}(?:\p{Lu}{1,3}\d{0,3}|\p{L}{2,15}\ ?\d{1,3}):(?=\s) # codes of speakers
    """,
    regex.VERBOSE | regex.MULTILINE,
)


def _dots(match: regex.Match[str]) -> str:
    return "." * len(match.group())


def _blanks(match: regex.Match[str]) -> str:
    return "".join("\n" if char == "\n" else " " for char in match.group())


def mask(text: str, *, hashtags: bool = True) -> str:
    """Return `text`, as long as before, without handles, addresses, hashtags and codes.

    Args:
        text: The text.
        hashtags: Whether hashtags are masked as well.

    >>> mask("RT @ann_lee: Jane met #Bob")
    '   ........: Jane met ....'
    """
    masked = _DOTTED.sub(_dots, _BLANKED.sub(_blanks, text))
    return str(_HASHTAG.sub(_dots, masked) if hashtags else masked)


def unmasked(start: int, end: int, text: str, masked: str) -> list[tuple[int, int]]:
    """Return the pieces of a stretch that were not masked.

    Args:
        start: First code point.
        end: Code point after the last.
        text: The text before masking.
        masked: What `mask` made of it.
    """
    pieces: list[tuple[int, int]] = []
    at = start
    while at < end:
        while at < end and text[at] != masked[at]:
            at += 1
        first = at
        while at < end and text[at] == masked[at]:
            at += 1
        if at > first:
            pieces.append((first, at))
    return pieces


_EDGES = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_POSSESSIVE = regex.compile(r"['’ʼ][sS]\Z")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without punctuation and blanks at its edges and without `'s`.

    Start and end are equal when nothing is left.

    >>> trimmed("(Jane's)", 0, 8)
    (1, 5)
    """
    found = _EDGES.match(text, start, end)
    if found:
        start = found.end()
    while start < end:
        while end > start and not _is_word(text[end - 1]):
            end -= 1
        found = _POSSESSIVE.search(text, start, end)
        if not found:
            break
        end = found.start()
    return start, end


def _is_word(char: str) -> bool:
    return char.isalnum() or regex.match(r"\p{M}", char) is not None
