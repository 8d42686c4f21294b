"""Much evidence of many people without files: how long the linker takes, and how much memory."""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from anonymize.link.resolve import resolve
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Field, Role
from anonymize.model.keys import Keys
from anonymize.model.roster import Roster
from anonymize.model.spans import Finding, Span
from tests.benchmarks.studies.names import CULTURES, culture, drawn, misspell, plain

_KINDS = {"given": 50, "full": 25, "titled": 12, "initial": 3, "typo": 10}
_THREAD = 4
"""Posts of a conversation."""
_CIRCLE = 8


def people(count: int, rng: random.Random) -> list[tuple[str, str, str, str]]:
    """Return given and family name, title and handle of many people.

    They share given names, and the more there are the more share both names; as people do.
    """
    found = []
    for at in range(count):
        names = culture(drawn(rng, CULTURES))
        female = rng.random() < 0.5
        given = rng.choice(names.women if female else names.men)
        family = rng.choice(names.families)
        if rng.random() < 0.3:
            family += plain(rng.choice(names.families))
        title = "Ms" if female else "Mr"
        handle = f"{plain(given)[:6]}_{at:x}" if rng.random() < 0.6 else f"tiny_otter_{at:x}"
        found.append((given, family, title, handle))
    return found


def documents(mentions: int, persons: int, seed: int) -> Iterator[tuple[Document, Finding]]:
    """Yield posts with one name each, most of somebody near their author.

    Args:
        mentions: How many posts.
        persons: How many people; each writes and is spoken of.
        seed: Where chance begins.
    """
    rng = random.Random(seed)
    cast = people(persons, rng)
    for number in range(mentions):
        # Everybody writes before anybody does twice.
        by = number % persons if number < persons else rng.randrange(persons)
        first = by - by % _CIRCLE
        of = min(first + rng.randrange(_CIRCLE), persons - 1)
        surface = _surface(cast[of], rng)
        given, family, _, handle = cast[by]
        user = str(10**9 + 7 * by)
        text = f"I saw {surface} today"
        fields = (
            Field(("author_id",), Role.ID, user, kind="user", subject="author"),
            Field(("author", "username"), Role.HANDLE, handle, kind="x", subject="author"),
            Field(("author", "name"), Role.NAME, f"{given} {family}", kind="display",
                  subject="author"),
            Field(("text",), Role.TEXT, text),
        )  # fmt: skip
        own = str(10**17 + number)
        scope = str(10**17 + number - number % _THREAD)
        section = Section(own, "author", (own,))
        span = Span(6, 6 + len(surface), "PERSON", 1.0, "ner/gold")
        yield Document(own, fields, (section,), None, scope), Finding(("text",), span)


def _surface(one: tuple[str, str, str, str], rng: random.Random) -> str:
    given, family, title, _ = one
    kind = drawn(rng, _KINDS)
    if kind == "typo":
        return f"{misspell(given, rng)} {family}" if rng.random() < 0.5 else misspell(given, rng)
    return {
        "given": given,
        "full": f"{given} {family}",
        "titled": f"{title} {family}",
        "initial": f"{given[0]}. {family}",
    }[kind]


def measure(mentions: int, persons: int, seed: int = 1) -> dict[str, float | int]:
    """Link many mentions and return what it cost.

    Returns:
        `seconds` and `microseconds_a_mention` of resolving and saving, `note_seconds` of taking
        the evidence in, `peak_mb` of the whole process, `persons_found`, `ambiguous`.
    """
    since = time.perf_counter()
    tally = Tally()
    for document, finding in documents(mentions, persons, seed):
        tally.note(document, [finding], frozenset())
    noted = time.perf_counter() - since
    keys = Keys(b"k" * 32)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "identities.sqlite"
        with IdentityStore(path, keys, write=True) as store:
            since = time.perf_counter()
            found = resolve(tally, Roster(), store, keys)
            taken = time.perf_counter() - since
        size = path.stat().st_size
    return {
        "mentions": mentions,
        "persons": persons,
        "seconds": round(taken, 2),
        "microseconds_a_mention": round(1e6 * taken / mentions, 1),
        "note_seconds": round(noted, 2),
        "peak_mb": peak_mb(),
        "store_mb": round(size / 2**20),
        "persons_found": found.counts["link/persons"],
        "ambiguous": found.counts["link/ambiguous"],
    }


def peak_mb() -> int:
    """Return the most memory this process has had, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KiB, macOS in bytes.
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10))
