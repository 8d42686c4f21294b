"""The two descriptions a shared folder has already, for a package: paths begin with `data/`."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from anonymize.package.datapackage import datapackage
from anonymize.package.packagers import PAYLOAD, Subject
from anonymize.package.rocrate import METADATA, rocrate


class DataPackage:
    """Frictionless Data Package 2.0: `datapackage.json`."""

    asks = ("title", "description", "creators", "licence")

    def files(self, subject: Subject) -> Mapping[str, bytes]:
        """Return the descriptor."""
        package = datapackage(subject.root, subject.study)
        for resource in package["resources"]:
            resource["path"] = PAYLOAD + resource["path"]
        return {"datapackage.json": pretty(package)}


class Crate:
    """RO-Crate: `ro-crate-metadata.json`."""

    asks = ("title", "description", "creators", "licence", "released")

    def files(self, subject: Subject) -> Mapping[str, bytes]:
        """Return the metadata file."""
        crate = rocrate(subject.root, subject.study, subject.report, subject.files(), PAYLOAD)
        return {METADATA: pretty(crate)}


def pretty(value: Mapping[str, object]) -> bytes:
    """Return JSON, indented by two, with a line feed."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n"


DATAPACKAGE, CRATE = DataPackage(), Crate()
