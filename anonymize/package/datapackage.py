"""datapackage.json: the data files for programs (Data Package standard 2.0)."""

from __future__ import annotations

import csv
import pathlib
import re
from typing import Any

from anonymize.package.inventory import Item, digest, items
from anonymize.package.study import Study, is_url

_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
_DELIMITERS = {"csv": ",", "tsv": "\t"}
_LONGEST_HEADER = 1 << 20


def datapackage(root: pathlib.Path, study: Study) -> dict[str, Any]:
    """Return the descriptor of the files below `data/` and the list of withheld records.

    Facts the project does not state are left out.

    Args:
        root: The shared folder, its data written.
        study: What the project states.
    """
    names: dict[str, int] = {}
    listed = [*items(root, "data/"), *(i for i in items(root) if i.path == "withheld.jsonl")]
    package: dict[str, Any] = {"$schema": _SCHEMA, "name": _slug(study.title) or "data"}
    if study.title:
        package["title"] = study.title
    if study.description:
        package["description"] = study.description
    if study.licence:
        package["licenses"] = [{"path" if is_url(study.licence) else "name": study.licence}]
    if study.creators:
        package["contributors"] = [{"title": n, "roles": ["creator"]} for n in study.creators]
    package["resources"] = [_resource(root, item, names) for item in listed]
    return package


def _resource(root: pathlib.Path, item: Item, names: dict[str, int]) -> dict[str, Any]:
    path = root / item.path
    resource: dict[str, Any] = {
        "name": _name(item.path, names),
        "path": item.path,
        "format": item.format or "bin",
        "mediatype": item.mediatype,
    }
    if item.text:
        resource["encoding"] = "utf-8"
    resource["bytes"] = path.stat().st_size
    resource["hash"] = f"sha256:{digest(path)}"
    delimiter = _DELIMITERS.get(item.format)
    header = _header(path, delimiter) if delimiter else []
    if delimiter and header:
        resource["type"] = "table"
        if delimiter != ",":
            resource["dialect"] = {"delimiter": delimiter}
        # Ids are strings, and everything was read as such.
        resource["schema"] = {"fields": [{"name": name, "type": "string"} for name in header]}
    return resource


def _header(path: pathlib.Path, delimiter: str) -> list[str]:
    """Return the column names; none if they are not unique and not empty, as a schema asks."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        lines = iter(stream.readline(_LONGEST_HEADER).splitlines(keepends=True))
        try:
            header = next(csv.reader(lines, delimiter=delimiter), [])
        except csv.Error:
            return []
    return header if all(header) and len(set(header)) == len(header) else []


def _name(path: str, names: dict[str, int]) -> str:
    name = _slug(path.removeprefix("data/")) or "file"
    names[name] = names.get(name, 0) + 1
    while names[name] > 1:
        name = f"{name}-{names[name]}"
        names[name] = names.get(name, 0) + 1
    return name


def _slug(text: str) -> str:
    """Return a name of the letters the standard allows.

    >>> _slug("Voices: a study/2")
    'voices-a-study-2'
    """
    return re.sub(r"[^a-z0-9._]+", "-", text.lower()).strip("-._")
