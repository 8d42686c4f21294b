"""What a report says beside its counts: title, policy, software, models, languages, warnings."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from anonymize.model.policies import Policy, Recall
from anonymize.model.version import VERSION
from anonymize.rulepacks.study import Study
from anonymize.run import engines

LANGUAGES: Mapping[str, str] = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "nl": "Dutch",
}
"""What languages are called; another by its code."""


def unaided_warning(unaided: Mapping[str, int], recall: Recall) -> list[str]:
    """Return a warning if texts were read by no model of their language, else nothing.

    Args:
        unaided: Number of texts by language.
        recall: Setting of the dial for other texts.
    """
    if not unaided:
        return []
    listed = ", ".join(
        f"{number} in {LANGUAGES.get(code, f'language {code}')}"
        for code, number in sorted(unaided.items(), key=lambda item: (-item[1], item[0]))
    )
    said = (
        f"No model is installed for the language of some texts: {listed}. The model for English "
        f"read them with recall set to {recall.raised}; there it misses more names, and takes "
        "more for names that are none. See Languages in the documentation of anonymize."
    )
    return [said]


def warnings(
    unaided: Mapping[str, int],
    recall: Recall,
    languages: Sequence[str],
    *,
    roster: bool,
) -> list[str]:
    """Return what is to be read before sharing.

    Args:
        unaided: Number of texts by language that no model reads.
        recall: Setting of the dial.
        languages: See `engines.spoken`.
        roster: Whether there was one.
    """
    found = unaided_warning(unaided, recall)
    found += (f"{line}." for line in engines.other_models(tuple(languages)).refused)
    if not roster:
        found.append("There was no roster; names known to nobody may have been missed.")
    return found


def facts(
    study: Study,
    policy: Policy,
    packs: Iterable[str],
    languages: tuple[str, ...],
    unaided: Mapping[str, int],
    *,
    roster: bool,
) -> dict[str, Any]:
    """Return the facts of a run; see `summary.report`.

    Args:
        study: The project's settings.
        policy: The access tier.
        packs: Names or files of the rule packs.
        languages: See `engines.spoken`.
        unaided: Number of texts by language that no model reads.
        roster: Whether there was one.
    """
    names = tuple(packs)
    versions = engines.versions(names, languages, policy.recall)
    others = {model.name for model in engines.other_models(languages).models.values()}
    models = [
        dict(zip(("name", "version", "digest"), (name, *value.split()), strict=True))
        for key, value in versions.items()
        if (name := key.removeprefix("ner/")) != key
    ]
    own = [model for model in models if model["name"] not in others]
    return {
        "title": study.title,
        "study": {key: value for key, value in described(study).items() if value},
        "policy": {"name": policy.name, "summary": policy.summary},
        "software": {"name": "anonymize", "version": VERSION},
        "packs": [
            {"name": pack.name, "version": pack.version, "digest": pack.digest}
            for pack in engines.rule_packs(names)
        ],
        "model": own[0] if own else {"name": "", "version": "", "digest": ""},
        "recall": policy.recall.value,
        "languages": {
            "asked": list(languages),
            "models": [model for model in models if model["name"] in others],
            "unaided": dict(sorted(unaided.items())),
        },
        "warnings": warnings(unaided, policy.recall, languages, roster=roster),
    }


def described(study: Study) -> dict[str, Any]:
    """Return what a release says of itself."""
    return {
        "title": study.title,
        "description": study.description,
        "creators": [
            {key: value for key, value in dataclasses.asdict(creator).items() if value}
            for creator in study.creators
        ],
        "licence": study.licence,
        "released": study.released,
        "language": study.language,
        "publisher": study.publisher,
        "doi": study.doi,
        "ethics": study.ethics,
        "funders": list(study.funders),
        "consent": study.consent,
        "terms": study.terms,
    }
