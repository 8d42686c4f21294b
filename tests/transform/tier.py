"""A tier, and documents of a few fields under it, for tests of the transformer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anonymize.decide.decisions import decide_field, decide_span
from anonymize.model.decisions import Operator
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Encoding, Field, Path, Role
from anonymize.model.policies import PlaceLevel, Policy
from anonymize.model.rules import Place, RulePack
from anonymize.model.spans import Span
from anonymize.transform.document import Transformed, Transformer
from anonymize.transform.handles import surrogate_handle
from tests.transform.fakes import KEYS, MIRA, directory

TIER = KEYS.tier("safeguarded")


POLICY = Policy(
    "safeguarded",
    entities={
        "*": Operator.TAG,
        **dict.fromkeys(
            ("PERSON", "HANDLE", "EMAIL_ADDRESS", "PHONE_NUMBER", "URL", "POST_ID", "ORGANIZATION"),
            Operator.PSEUDONYM,
        ),
        "LOCATION": Operator.GENERALISE,
        "POSTCODE": Operator.GENERALISE,
        "AGE": Operator.GENERALISE,
        "JOB_TITLE": Operator.GENERALISE,
        "DATE_TIME": Operator.SHIFT,
        "HASHTAG": Operator.KEEP,
        "SECRET": Operator.DROP,
        "NRP": Operator.MASK,
    },
    roles={
        Role.NAME: Operator.PSEUDONYM,
        Role.HANDLE: Operator.PSEUDONYM,
        Role.ID: Operator.PSEUDONYM,
        Role.URL: Operator.PSEUDONYM,
        Role.DATE: Operator.SHIFT,
        Role.PLACE: Operator.GENERALISE,
        Role.COUNT: Operator.COARSEN,
        Role.CODE: Operator.KEEP,
        Role.OPAQUE: Operator.DROP,
    },
    thresholds={"*": 0.4},
    counts=2,
    places=PlaceLevel.REGION,
    allow=frozenset({"bbc"}),
)


PACK = RulePack(
    "gb",
    places=(Place("Leeds", "Leeds", "England", "United Kingdom"),),
    fictional_phones={"GB": ("+44 7700 900", 3)},
)


ID = "1697051672621597026"


TEXT: Path = ("text",)


def transformer(policy: Policy = POLICY) -> Transformer:
    """Return a transformer that knows Jane and Tom."""
    return Transformer(
        policy, TIER, KEYS, directory(), (PACK,), decide_span=decide_span, decide_field=decide_field
    )


def run(
    *fields: Field,
    spans: Mapping[Path, Sequence[Span]] | None = None,
    policy: Policy = POLICY,
    withheld: Mapping[int, str] | None = None,
    sections: tuple[Section, ...] = (Section(ID),),
) -> Transformed:
    """Transform a document of some fields."""
    document = Document("d", fields, sections, None)
    return transformer(policy).document(document, spans or {}, "name", withheld or {})


def text(
    value: str,
    *found: tuple[str, str],
    encoding: Encoding = Encoding.PLAIN,
    policy: Policy = POLICY,
    score: float = 0.9,
) -> Transformed:
    """Transform one text in which each surface was found as its type."""
    spans = []
    for surface, entity_type in found:
        at = value.index(surface)
        spans.append(Span(at, at + len(surface), entity_type, score, "test/x"))
    one = Field(TEXT, Role.TEXT, value, encoding=encoding)
    return run(one, spans={TEXT: spans}, policy=policy)


X_HANDLE = surrogate_handle(TIER, "x", "@MsSmith_Media", MIRA)


def field(role: Role, value: str, kind: str = "", subject: str = "") -> Field:
    """Return a field named after its role."""
    return Field((role.value + kind,), role, value, kind=kind, subject=subject)
