"""Labels of gold standards in the program's entity types, by a fixed table.

Sources of the left column: the labels of the corpora this was made for (WNUT-17, Broad Twitter
Corpus, Tweebank-NER, GUM, MEDDOCAN, the ECHR judgments after TAB and MAPA, presidio-research,
the benchmark of AmbientMeta) as normalised in their common JSONL form, and the label names of
OntoNotes 5 and of Presidio's `NerModelConfiguration`.  The right column is the vocabulary of the
rule packs, which is Presidio's where Presidio has a name.  A label in neither keeps its name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

TYPES: Mapping[str, str] = {
    "PER": "PERSON",
    "LOC": "LOCATION",
    "GPE": "LOCATION",
    "FAC": "LOCATION",
    "ADDRESS": "LOCATION",
    "STREET_ADDRESS": "LOCATION",
    "ORG": "ORGANIZATION",
    "NORP": "NRP",
    "DEM": "NRP",
    "PHONE": "PHONE_NUMBER",
    "EMAIL": "EMAIL_ADDRESS",
    "DATE": "DATE_TIME",
    "TIME": "DATE_TIME",
    "DATE_OF_BIRTH": "DATE_TIME",
    "ZIP": "POSTCODE",
    "ZIP_CODE": "POSTCODE",
    "UK_POSTCODE": "POSTCODE",
    "OCCUPATION": "JOB_TITLE",
    "IP": "IP_ADDRESS",
    "IBAN": "IBAN_CODE",
    "MISC": "OTHER",
}
"""Type for each label that is called otherwise; `DEM` also marks sex, which no type has."""

NOT_SCORED: Mapping[str, str] = {
    "PRODUCT": "names a thing, which is nobody's personal data by itself",
    "CREATIVE_WORK": "names a work, which is nobody's personal data by itself",
    "QUANTITY": "an amount is nobody's personal data by itself",
    "OTHER": "says of nothing what it is",
    "HASHTAG": "kept by the policies; a known name inside one is a span of its own",
    "TITLE": "a form of address names nobody",
    "SPEAKER": "labels of speakers are found by the readers of transcripts, not in the text",
}
"""Why a type is left out of the figures unless all types are asked for."""

ELSEWHERE = frozenset({"HANDLE", "SPEAKER"})
"""Personal data in any case: a name found inside one is no mistake."""

_IDENTIFIER = re.compile(
    r"(?:AU|BE|CA|DE|ES|FI|FR|IN|IT|KR|NG|NL|PL|PT|SE|SG|TH|TR|UK|US|ZA)_\w+"
    r"|\w+_ID|SSN|MEDICAL_LICENSE|DRIVER_LICENSE|PASSPORT|VEHICLE_REGISTRATION|BANK_ACCOUNT"
    r"|MAC_ADDRESS|IMEI|LICENSE_KEY|CRYPTO",
)
"""Types of numbers and codes that stand for somebody; Presidio's national ones begin with the
country (presidio, "Supported entities")."""

ANY_IDENTIFIER = "ID"


def entity_type(label: str, labels: Collection[str]) -> str:
    """Return the type a label is counted under.

    Where a gold standard has the label `ID`, it does not tell identifiers apart, and all of
    them are counted under it.

    Args:
        label: Of a gold standard, or an entity type of a recognizer.
        labels: All labels of the gold standard, as `normal` gives them.

    >>> entity_type("org", ()), entity_type("US_SSN", ()), entity_type("US_SSN", {"ID"})
    ('ORGANIZATION', 'US_SSN', 'ID')
    """
    name = normal(label)
    name = TYPES.get(name, name)
    if ANY_IDENTIFIER in labels and _IDENTIFIER.fullmatch(name):
        return ANY_IDENTIFIER
    return name


def normal(label: str) -> str:
    """Return a label in the one way labels are written.

    >>> normal("creative-work")
    'CREATIVE_WORK'
    """
    return re.sub(r"[^A-Z0-9]+", "_", label.upper()).strip("_")
