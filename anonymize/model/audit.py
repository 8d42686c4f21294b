"""Audit entries: one a replacement, in a form that can be hashed, chained and signed."""

from __future__ import annotations

from anonymize.model.fields import Path
from anonymize.model.records import record

GENESIS = "0" * 64
"""`prev` of the first entry."""


@record
class AuditEntry:
    """One replacement, before it has its place in the chain.  Holds no original.

    Attributes:
        document: Pseudonym of the record: the surrogate of its id, or output file and number.
        path: Field in the output.
        start: First code point in the *output* field.
        end: Code point after the last in the output field.
        entity_type: What was replaced.
        score: Of the span; 1.0 for a whole field.
        recognizer: What found it; `field/<role>` for a whole field.
        operator: What was done.
        pseudonym: What stands there now.
        rule: Which entry decided.
        by: Who decided.
        digest: HMAC of the original under a key of its own, hex.
    """

    document: str
    path: Path
    start: int
    end: int
    entity_type: str
    score: float
    recognizer: str
    operator: str
    pseudonym: str
    rule: str
    by: str
    digest: str
