"""Names that are ordinary words: how many go where they are names, and stay where they are none.

    python tests/benchmarks/ordinary_words.py --gold FILE.jsonl [--json] [--errors FILE]
        [--words will,may,rose,mark,grace,hope] [--policy safeguarded]

Every text of the gold that holds one of the words is treated as a run treats it, with a roster
of nobody but one person a word: detected, searched for the known, decided by the policy.  An
occurrence is a whole word in any case, a hashtag or a word of one ("#TeamGrace").

* It is a *name* where a gold PERSON covers it: it goes where a span that is not kept covers it.
* It is a *word* where no gold entity touches it: it stays where no such span touches it; what a
  span of another type takes ("in May" as a date) is counted as not staying, and beside that.
* In gold of other types (handles, hashtags, places, organisations) it is counted apart.

Figures are given for the first half of the texts, the second, and both.  The model was trained
on the training parts of these corpora, so what it sees there is too good; "unaided" is what the
search for the known alone finds and leaves, told nothing by any recognizer.  Its weights were set
by hand with a view to errors in the training and development parts (see `detect.collocations`).
`--errors` writes what went wrong with its text: keep it private.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")

WORDS = ("will", "may", "rose", "mark", "grace", "hope")
PARTS = ("first half", "second half", "all")

_TAG = regex.compile(r"[#＃]\w+")
_PIECE = regex.compile(r"\p{Lu}?\p{Ll}+|\p{Lu}+")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a word stands.

    Attributes:
        text: Position of its text among those read.
        word: Which word, folded.
        start: First code point.
        end: Code point after the last.
        gold: Type of the gold entity over it, `PERSON` before others; empty for none.
        by: Recognizers of the spans over it that are not kept.
        types: Their entity types.
        whole: Whether they cover all of it.
        unaided: Whether the search for the known finds it where no recognizer tells it anything.
    """

    text: int
    word: str
    start: int
    end: int
    gold: str
    by: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    whole: bool = False
    unaided: bool = False

    @property
    def kind(self) -> str:
        """`name`, `word`, or the gold type where that is neither."""
        return {"PERSON": "name", "": "word"}.get(self.gold, self.gold)

    @property
    def right(self) -> bool:
        """Whether a name goes or a word stays."""
        return self.whole if self.kind == "name" else not self.by


@dataclass(frozen=True, slots=True)
class Gold:
    """A text that holds one of the words."""

    id: str
    text: str = field(repr=False)
    entities: tuple[tuple[int, int, str], ...] = ()


def places(text: str, words: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return each occurrence of the words, as a whole word or a word of a hashtag, sorted."""
    from anonymize.model.folding import fold

    folded = fold(text)
    found: set[tuple[int, int, str]] = set()
    for match in regex.finditer(r"\w+", folded.text):
        if match.group() in words:
            found.add((*folded.original(*match.span()), match.group()))
    for tag in _TAG.finditer(text):
        for piece in _PIECE.finditer(text, *tag.span()):
            if piece.group().lower() in words:
                found.add((*piece.span(), piece.group().lower()))
    return [(word, start, end) for start, end, word in sorted(found)]


def read(path: Path, words: Sequence[str]) -> tuple[int, list[tuple[int, Gold]]]:
    """Return how many texts a gold file has, and those with one of the words by position."""
    kept: list[tuple[int, Gold]] = []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for at, line in enumerate(lines):
        record: Mapping[str, Any] = json.loads(line)
        if places(record["text"], words):
            entities = tuple((e["start"], e["end"], e["label"]) for e in record["entities"])
            kept.append((at, Gold(str(record["id"]), record["text"], entities)))
    return len(lines), kept


def measure(gold: Sequence[Gold], words: Sequence[str], policy: str) -> Iterator[Occurrence]:
    """Yield every occurrence with what a run would do with it."""
    from anonymize.decide.decisions import decide_span
    from anonymize.detect.engine import Text
    from anonymize.detect.known import KnownMatcher
    from anonymize.link.known import learn
    from anonymize.model.decisions import Operator
    from anonymize.model.fields import Field, Role
    from anonymize.model.roster import Roster, RosterRow
    from anonymize.rulepacks import vocabulary
    from anonymize.rulepacks.policies import load_policy
    from anonymize.rulepacks.study import PACKS
    from anonymize.run import engines

    tier = load_policy(policy)
    packs = engines.rule_packs(PACKS)
    rows = tuple(RosterRow(f"p{at}", names=(w.title(),)) for at, w in enumerate(words))
    known = learn(
        (),
        (),
        (),
        Roster(rows),
        common=vocabulary.ordinary(packs) | vocabulary.everyday(),
        allow=vocabulary.allowed(packs),
    )
    matcher = KnownMatcher(known, is_id=lambda _: False)
    engine = engines.detector(PACKS, ("en",), tier.recall)
    found = engine.detect([Text(one.text) for one in gold])
    for at, (one, detected) in enumerate(zip(gold, found, strict=True)):
        field_ = Field(("text",), Role.TEXT, one.text)
        gone = [
            span
            for span in engines.marked(field_, detected.spans, matcher)
            if decide_span(tier, span.entity_type, span.score, span.recognizer, None).operator
            is not Operator.KEEP
        ]
        alone = matcher.find(one.text)
        for word, start, end in places(one.text, words):
            types = [kind for a, b, kind in one.entities if a < end and start < b]
            over = [span for span in gone if span.start < end and start < span.end]
            covered = {p for span in over for p in range(span.start, span.end)}
            yield Occurrence(
                at,
                word,
                start,
                end,
                "PERSON" if "PERSON" in types else (types or [""])[0],
                tuple(span.recognizer for span in over),
                tuple(span.entity_type for span in over),
                covered.issuperset(p for p in range(start, end) if one.text[p].isalnum()),
                any(span.start < end and start < span.end for span in alone),
            )


def tallied(found: Sequence[Occurrence]) -> dict[str, Any]:
    """Return the figures of some occurrences: by word and in total."""
    out: dict[str, Any] = {}
    for word in (*sorted({one.word for one in found}), "total"):
        these = [one for one in found if word in {one.word, "total"}]
        names = [one for one in these if one.kind == "name"]
        words = [one for one in these if one.kind == "word"]
        lost = [one for one in words if not one.right]
        apart = Counter(one.kind for one in these if one.kind not in {"name", "word"})
        gone = Counter(one.kind for one in these if one.kind in apart and one.by)
        out[word] = {
            "names": len(names),
            "names_gone": sum(one.right for one in names),
            "words": len(words),
            "words_stayed": len(words) - len(lost),
            "words_gone_as": dict(sorted(Counter(one.types[0] for one in lost).items())),
            "unaided": {
                "names_gone": sum(one.unaided for one in names),
                "words_stayed": sum(not one.unaided for one in words),
            },
            "apart": {kind: [gone[kind], apart[kind]] for kind in sorted(apart)},
        }
    return out


def share(part: int, whole: int) -> str:
    """Return a share as a percentage with what it is of."""
    return f"{part}/{whole} ({part / whole:.1%})" if whole else "-"


def printed(part: str, figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a table."""
    head = f"{'names gone':>16}{'words stay':>18}{'unaided':>16}{'':18}"
    yield f"{part:12}{head}  not staying; apart (gone/all)"
    for word, row in figures.items():
        names = share(row["names_gone"], row["names"])
        words = share(row["words_stayed"], row["words"])
        alone = row["unaided"]
        found = share(alone["names_gone"], row["names"])
        kept = share(alone["words_stayed"], row["words"])
        lost = " ".join(f"{kind} {count}" for kind, count in row["words_gone_as"].items())
        apart = " ".join(f"{kind} {gone}/{count}" for kind, (gone, count) in row["apart"].items())
        figures_ = f"{names:>16}{words:>18}{found:>16}{kept:>18}"
        yield f"{word:12}{figures_}  {lost or '-'}; {apart or '-'}"


def note_errors(path: Path, gold: Sequence[Gold], found: Sequence[Occurrence]) -> None:
    """Write what went wrong, with its text, for the one who asked and nobody else."""
    lines = [
        {
            "id": gold[one.text].id,
            "word": one.word,
            "start": one.start,
            "end": one.end,
            "wrong": "left" if one.kind == "name" else "taken",
            "by": one.by,
            "text": gold[one.text].text,
        }
        for one in found
        if one.kind in {"name", "word"} and not one.right
    ]
    path.touch(mode=0o600)
    path.chmod(0o600)
    content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(content, encoding="utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--words", default=",".join(WORDS))
    parser.add_argument("--policy", default="safeguarded")
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    words = tuple(given.words.lower().split(","))
    count, kept = read(given.gold, words)
    gold = [one for _, one in kept]
    found = list(measure(gold, words, given.policy))
    first = [one for one in found if kept[one.text][0] < count // 2]
    second = [one for one in found if kept[one.text][0] >= count // 2]
    figures = {
        part: tallied(some) for part, some in zip(PARTS, (first, second, found), strict=True)
    }
    if given.errors:
        note_errors(given.errors, gold, found)
    if given.json:
        shown = {"texts": count, "texts_with_a_word": len(gold), "figures": figures}
        sys.stdout.write(json.dumps(shown, indent=2) + "\n")
        return
    sys.stdout.write(f"{count} texts, {len(gold)} with one of the words\n")
    for part, rows in figures.items():
        sys.stdout.write("\n" + "\n".join(printed(part, rows)) + "\n")


if __name__ == "__main__":
    main()
