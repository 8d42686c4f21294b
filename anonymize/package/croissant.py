"""croissant.json: Croissant 1.1 with fields of its responsible-AI vocabulary 1.0 (MLCommons)."""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping
from typing import Any

from anonymize.package.datapackage import datapackage
from anonymize.package.descriptors import pretty
from anonymize.package.packagers import PAYLOAD, Subject, method

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_SENSITIVE = (
    "Posts and talk of people, under pseudonyms. The text may still tell of health, belief or "
    "opinion; the law treats the data as personal while the key exists."
)


class Croissant:
    """Files with their digests, and the columns of tables."""

    asks = ("title", "description", "creators", "licence", "released")

    def files(self, subject: Subject) -> Mapping[str, bytes]:
        """Return the metadata file."""
        study = subject.study
        package = datapackage(subject.root, study)
        told: dict[str, Any] = {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.1",
            "name": package["name"],
        }
        if study.title:
            told["alternateName"] = study.title
        if study.description:
            told["description"] = study.description
        if study.licence:
            told["license"] = study.licence
        if study.people:
            told["creator"] = [{"@type": "sc:Person", "name": p.name} for p in study.people]
        if study.publisher:
            told["publisher"] = {"@type": "sc:Organization", "name": study.publisher}
        if study.released:
            told["datePublished"] = study.released
        if study.language:
            told["inLanguage"] = study.language
        if study.doi:
            told["url"] = f"https://doi.org/{study.doi}"
        told["rai:personalSensitiveInformation"] = _SENSITIVE
        told["rai:dataManipulationProtocol"] = method(subject.report)
        if study.terms:
            told["rai:dataUseCases"] = study.terms
        told["distribution"] = [_file(resource) for resource in package["resources"]]
        tables = [r for r in package["resources"] if "schema" in r and r["format"] == "csv"]
        if tables:
            told["recordSet"] = [_table(resource) for resource in tables]
        return {"croissant.json": pretty(told)}


def _file(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": resource["name"],
        "name": resource["name"],
        "contentUrl": urllib.parse.quote(
            PAYLOAD + resource["path"], safe="/", errors="surrogateescape"
        ),
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": resource["mediatype"],
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _table(resource: Mapping[str, Any]) -> dict[str, Any]:
    name = f"{resource['name']}/rows"
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{number}",
                "name": column["name"],
                "dataType": "sc:Text",
                "source": {
                    "fileObject": {"@id": resource["name"]},
                    "extract": {"column": column["name"]},
                },
            }
            for number, column in enumerate(resource["schema"]["fields"], start=1)
        ],
    }


PACKAGER = Croissant()
