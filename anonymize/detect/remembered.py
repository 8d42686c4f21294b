"""What was found in texts read before: retweets, quotes and names come again and again.

Kept in memory alone, by digest, so that no text is held; what was not used for longest goes.
"""

from __future__ import annotations

from hashlib import blake2b

from anonymize.detect.texts import Detection, Text

ROOM = 50_000
"""Texts and spans kept in a process, together: some ten megabytes."""


class Remembered:
    """Detections of one detector by the text they were made in.

    Args:
        room: How many texts and spans are kept together.
    """

    __slots__ = ("_found", "_held", "_room")

    def __init__(self, room: int = ROOM) -> None:
        self._found: dict[bytes, Detection] = {}
        self._held = 0
        self._room = room

    def get(self, key: bytes) -> Detection | None:
        """Return what was found in a text, if it is still known."""
        found = self._found.pop(key, None)
        if found is not None:
            self._found[key] = found
        return found

    def put(self, key: bytes, detection: Detection) -> None:
        """Keep what was found in a text that is not known; never what went wrong."""
        cost = _cost(detection)
        if detection.problems or cost > self._room:
            return
        self._found[key] = detection
        self._held += cost
        while self._held > self._room:
            oldest = next(iter(self._found))
            self._held -= _cost(self._found.pop(oldest))


def _cost(detection: Detection) -> int:
    return 1 + len(detection.spans)


def digest(text: Text) -> bytes:
    """Return the digest of a text and of all that its detection depends on."""
    about = f"{text.encoding}\0{text.language}\0{text.kind}\0"
    whole = (about + text.value).encode("utf-8", "surrogatepass")
    return blake2b(whole, digest_size=32).digest()
