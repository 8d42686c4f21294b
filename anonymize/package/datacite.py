"""datacite.json: DataCite 4.5, as its REST interface takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anonymize.package.descriptors import pretty
from anonymize.package.packagers import Subject, method
from anonymize.package.study import is_url


class DataCite:
    """What is registered with a DOI; a property nobody stated is left out, never `:unav`."""

    asks = ("title", "creators", "publisher", "released")

    def files(self, subject: Subject) -> Mapping[str, bytes]:
        """Return the metadata file."""
        study = subject.study
        told: dict[str, Any] = {
            "schemaVersion": "http://datacite.org/schema/kernel-4",
            "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Pseudonymised data set"},
            "formats": sorted({item.mediatype for item in subject.files("data/")}),
            "descriptions": [
                {"description": method(subject.report), "descriptionType": "Methods"},
            ],
        }
        if study.doi:
            told["doi"] = study.doi
        if study.title:
            told["titles"] = [{"title": study.title}]
        if study.description:
            about = {"description": study.description, "descriptionType": "Abstract"}
            told["descriptions"].insert(0, about)
        if study.people:
            told["creators"] = [_creator(p.name, p.orcid, p.affiliation) for p in study.people]
        if study.publisher:
            told["publisher"] = {"name": study.publisher}
        if study.released:
            told["publicationYear"] = study.released[:4]
            told["dates"] = [{"date": study.released, "dateType": "Issued"}]
        if study.licence:
            told["rightsList"] = [
                {"rights": study.licence}
                | ({"rightsUri": study.licence} if is_url(study.licence) else {}),
            ]
        if study.funders:
            told["fundingReferences"] = [{"funderName": name} for name in study.funders]
        if study.language:
            told["language"] = study.language
        return {"datacite.json": pretty(told)}


def _creator(name: str, orcid: str, affiliation: str) -> dict[str, Any]:
    creator: dict[str, Any] = {"name": name}
    if orcid:
        creator["nameIdentifiers"] = [
            {
                "nameIdentifier": f"https://orcid.org/{orcid}",
                "nameIdentifierScheme": "ORCID",
                "schemeUri": "https://orcid.org",
            },
        ]
    if affiliation:
        creator["affiliation"] = [{"name": affiliation}]
    return creator


PACKAGER = DataCite()
