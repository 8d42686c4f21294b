"""ro-crate-metadata.json: the folder for repositories (RO-Crate 1.1, JSON-LD, flat)."""

from __future__ import annotations

import pathlib
import urllib.parse
from collections.abc import Iterable, Mapping
from typing import Any

from anonymize.package.inventory import Item, items
from anonymize.package.study import UNTITLED, Study, is_url

METADATA = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_PROFILE = "https://w3id.org/ro/crate/1.1"
_ACTION = "#pseudonymisation"
_SOFTWARE = "#software"


def rocrate(
    root: pathlib.Path,
    study: Study,
    report: Mapping[str, Any],
    listed: Iterable[Item] | None = None,
    below: str = "",
) -> dict[str, Any]:
    """Return the crate of everything below `root` but its own metadata and the seals.

    Facts the project does not state are left out, and named in the description.

    Args:
        root: The shared folder, everything else written.
        study: What the project states.
        report: The object of `report.json`.
        listed: The files; None for all below `root` but this one and the seals.
        below: Where they stand in the crate, with `/` at its end.
    """
    files = [
        (below + item.path, item.mediatype)
        for item in (items(root) if listed is None else listed)
        if below or item.path != METADATA
    ]
    dataset: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": study.title or UNTITLED,
        "description": _description(study),
        "hasPart": [{"@id": _id(path)} for path, _ in files],
        "mentions": {"@id": _ACTION},
    }
    people = [
        {"@id": f"#creator-{number}", "@type": "Person", "name": name}
        for number, name in enumerate(study.creators, start=1)
    ]
    licence: list[dict[str, Any]] = []
    if study.licence:
        url = is_url(study.licence)
        about = {"@id": study.licence if url else "#licence"}
        dataset["license"] = about
        licence = [{**about, "@type": "CreativeWork", "name": study.licence}]
    if study.released:
        dataset["datePublished"] = study.released
    if study.language:
        dataset["inLanguage"] = study.language
    if people:
        dataset["creator"] = [{"@id": person["@id"]} for person in people]
    graph = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "conformsTo": {"@id": _PROFILE},
            "about": {"@id": "./"},
        },
        dataset,
        *people,
        *licence,
        *_action(report),
        *(
            {
                "@id": _id(path),
                "@type": "File",
                "name": path,
                "encodingFormat": mediatype,
            }
            for path, mediatype in files
        ),
    ]
    return {"@context": _CONTEXT, "@graph": graph}


def _description(study: Study) -> str:
    missing = ", ".join(study.missing)
    told = study.description or "A pseudonymised data set."
    return f"{told} (Not stated by the project: {missing}.)" if missing else told


def _action(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    software = report.get("software") or {}
    policy = report.get("policy") or {}
    program: dict[str, Any] = {
        "@id": _SOFTWARE,
        "@type": "SoftwareApplication",
        "name": software.get("name", "anonymize"),
    }
    if software.get("version"):
        program["softwareVersion"] = str(software["version"])
    action: dict[str, Any] = {
        "@id": _ACTION,
        "@type": "CreateAction",
        "name": "Pseudonymisation",
        "instrument": {"@id": _SOFTWARE},
        "result": {"@id": "./"},
    }
    if policy.get("name"):
        action["description"] = f"Personal data replaced under the policy {policy['name']}."
    return [action, program]


def _id(path: str) -> str:
    """Return a path as a relative URI (RFC 3986)."""
    return urllib.parse.quote(path, safe="/", errors="surrogateescape")
