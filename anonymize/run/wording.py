"""The words a release is written with whatever the material: nobody's identifiers.

Keys of formats, the audit log's own words, and the text of report and README.  A handle that
is one of them (`@entities`, `@pseudonym`) is replaced where it stands as a handle, and is not
searched for as a bare word, before replacing and after writing alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from anonymize.formats.vocabulary import written_words
from anonymize.model.decisions import Authority, Operator
from anonymize.model.fields import Role
from anonymize.model.folding import words
from anonymize.model.rules import RulePack
from anonymize.transform.vocabulary import FIXED_WORDS

_AUDIT = (
    "seq prev document path start end entity_type score recognizer operator pseudonym rule by "
    "digest entries last manifest key_id public_key signature record file key count reason "
    "container roles entities thresholds fields known ner echo plugin field presidio consent "
    "deleted post user control line unknown dropped file recognizer failed timeout audit head jsonl"
)


def own_words(policy: str, packs: Sequence[RulePack], described: Path | None) -> frozenset[str]:
    """Return every folded word, and every two or three in a row, that a release itself has.

    Args:
        policy: Name of the policy.
        packs: Their rules are named in the audit log.
        described: A folder with report and README of an empty release; None for none.
    """
    names = [_AUDIT, policy, *Operator, *Authority, *Role]
    names += [rule.id for pack in packs for rule in pack.rules]
    found = set(written_words() | FIXED_WORDS)
    for name in names:
        found.update(_runs(name))
    for path in sorted(described.rglob("*")) if described is not None else ():
        if path.is_file():
            found.update(_runs(path.read_text(encoding="utf-8")))
            found.update(_runs(path.name))
    return frozenset(found)


def _runs(text: str) -> Iterator[str]:
    row = words(text).split()
    for length in (1, 2, 3):
        for at in range(len(row) - length + 1):
            yield " ".join(row[at : at + length])
