from __future__ import annotations

import json
import pathlib
import shutil
import zipfile
from typing import Any

import jsonschema
import pytest

from anonymize.errors import IntegrityError
from anonymize.package.contents import write_all

STUDY = {
    "title": "Voices of a media department",
    "description": "Tweets and interviews.",
    "creators": ["Ada Example", "Bo Example"],
    "licence": "CC-BY-NC-4.0",
    "released": "2026-01-15",
    "language": "en",
}
REPORT = {
    "policy": {"name": "safeguarded"},
    "software": {"name": "anonymize", "version": "0.1.0"},
    "audit": {"last": "ab" * 32},
}

# What Data Package 2.0 asks of the properties used here.
_DATAPACKAGE: dict[str, Any] = {
    "type": "object",
    "required": ["$schema", "name", "resources"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"type": "string", "pattern": r"^[a-z0-9._-]+$"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string", "minLength": 1},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
        },
        "contributors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["title"],
                "properties": {"roles": {"type": "array", "minItems": 1}},
            },
        },
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path", "bytes", "hash", "format", "mediatype"],
                "properties": {
                    "name": {"type": "string", "pattern": r"^[a-z0-9._-]+$"},
                    "path": {"type": "string", "pattern": r"^(?!/)(?!\.\./)(?!.*/\.\./).+$"},
                    "bytes": {"type": "integer", "minimum": 0},
                    "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                    "mediatype": {"type": "string", "pattern": "^[^/]+/[^/]+$"},
                    "encoding": {"const": "utf-8"},
                    "type": {"const": "table"},
                    "schema": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "type": "array",
                                "minItems": 1,
                                "uniqueItems": True,
                                "items": {
                                    "required": ["name"],
                                    "properties": {"type": {"const": "string"}},
                                },
                            },
                        },
                    },
                },
                "dependentRequired": {"schema": ["type"]},
            },
        },
    },
}


@pytest.fixture
def share(tmp_path: pathlib.Path) -> pathlib.Path:
    """Return a shared folder as it is before it is described."""
    root = tmp_path / "share"
    (root / "data" / "talks").mkdir(parents=True)
    (root / "audit").mkdir()
    (root / "data" / "a b.csv").write_bytes(b'\xef\xbb\xbfid,"the ""text""",author\r\n1,x,y\r\n')
    (root / "data" / "table.tsv").write_text("id\ttext\n1\tx\n")
    (root / "data" / "twice.csv").write_text("id,id\n1,2\n")
    (root / "data" / "empty.csv").write_text("")
    (root / "data" / "tweets.jsonl").write_text("{}\n")
    (root / "data" / "talks" / "Ä1.vtt").write_text("WEBVTT\n")
    (root / "data" / "talks.Ä1.vtt").write_text("WEBVTT\n")
    with zipfile.ZipFile(root / "data" / "takeout.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("data/tweets.js"), "[]")
    for name in ("withheld.jsonl", "report.html", "report.json", "audit/audit.jsonl"):
        (root / name).write_text("")
    return root


def _read(root: pathlib.Path, name: str) -> Any:
    return json.loads((root / name).read_text("utf-8"))


@pytest.mark.parametrize("study", [STUDY, {}])
def test_datapackage_keeps_the_rules(share: pathlib.Path, study: dict[str, Any]) -> None:
    """The descriptor has what the standard asks, with unique names and existing paths."""
    write_all(share, study, REPORT)
    package = _read(share, "datapackage.json")
    jsonschema.Draft202012Validator(_DATAPACKAGE).validate(package)
    names = [resource["name"] for resource in package["resources"]]

    assert len(names) == len(set(names))
    assert all((share / resource["path"]).is_file() for resource in package["resources"])
    assert ("title" in package) is bool(study)


def test_datapackage_describes_tables(share: pathlib.Path) -> None:
    """Tables have string fields by their header; those without a usable one have none."""
    write_all(share, STUDY, REPORT)
    by_path = {r["path"]: r for r in _read(share, "datapackage.json")["resources"]}

    assert [f["name"] for f in by_path["data/a b.csv"]["schema"]["fields"]] == [
        "id",
        'the "text"',
        "author",
    ]
    assert by_path["data/table.tsv"]["dialect"] == {"delimiter": "\t"}
    assert "schema" not in by_path["data/twice.csv"]
    assert "schema" not in by_path["data/empty.csv"]
    assert "encoding" not in by_path["data/takeout.zip"]
    assert by_path["data/tweets.jsonl"]["mediatype"] == "application/jsonl"


@pytest.mark.parametrize("study", [STUDY, {}, {**STUDY, "licence": "https://example.org/l"}])
def test_crate_keeps_the_rules(share: pathlib.Path, study: dict[str, Any]) -> None:
    """The crate is flat JSON-LD with descriptor, root, and every reference resolved."""
    write_all(share, study, REPORT)
    crate = _read(share, "ro-crate-metadata.json")
    graph = crate["@graph"]
    by_id = {entity["@id"]: entity for entity in graph}

    assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
    assert len(by_id) == len(graph)
    assert all({"@id", "@type"} <= set(entity) for entity in graph)
    assert graph[0]["@id"] == "ro-crate-metadata.json"
    assert graph[0]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = by_id[graph[0]["about"]["@id"]]
    assert root["@type"] == "Dataset"
    assert {"name", "description", "hasPart"} <= set(root)
    for entity in graph[1:]:
        for value in entity.values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    assert set(one) == {"@id"}
                    assert one["@id"] in by_id
    files = {entity["@id"] for entity in graph if entity["@type"] == "File"}
    assert {part["@id"] for part in root["hasPart"]} == files
    assert "data/talks/%C3%841.vtt" in files
    assert not files & {"ro-crate-metadata.json", "manifest-sha256.txt", "audit/head.json"}
    action = by_id["#pseudonymisation"]
    assert by_id[action["instrument"]["@id"]]["@type"] == "SoftwareApplication"


def test_invents_nothing(share: pathlib.Path) -> None:
    """What the project does not state is said to be missing and stands nowhere."""
    write_all(share, {}, {})
    crate = _read(share, "ro-crate-metadata.json")
    root = crate["@graph"][1]
    readme = (share / "README.md").read_text("utf-8")

    assert not {"license", "datePublished", "creator", "inLanguage"} & set(root)
    assert "Not stated by the project: title, description, creators, licence" in root["description"]
    assert readme.startswith("# Untitled data set\n")
    assert readme.count("not stated by the project") == 4 + 11


def test_readme_tells_what_a_reader_needs(share: pathlib.Path) -> None:
    """The README names facts, files, pseudonyms, the check, the terms, and what happened."""
    study = {**STUDY, "title": "A *bold* <b>study</b>\n# with lines", "creators": "Ada Example"}
    write_all(share, study, REPORT, summary="* 3 records read\n")
    readme = (share / "README.md").read_text("utf-8")

    assert readme.startswith(r"# A \*bold\* \<b\>study\</b\> \# with lines" + "\n")
    assert "* Licence: CC-BY-NC-4.0" in readme
    assert "* Creators: Ada Example" in readme
    assert "* 3 records read" in readme
    assert "* `data/tweets.jsonl`" in readme
    assert "anonymize verify" in readme
    assert "Pseudonymised is not anonymous" in readme
    assert "ab" * 32 in readme


def test_readme_holds_a_datasheet(share: pathlib.Path) -> None:
    """Seven questions are answered from the run and the project, each unstated fact said to be."""
    study = {**STUDY, "ethics": "Board 12/3", "consent": "Signed forms"}
    write_all(share, study, {**REPORT, "records": {"written": 3, "withheld": 1}})
    sheet = (share / "README.md").read_text("utf-8").split("## Datasheet\n")[1].split("\n## ")[0]

    assert sheet.count("\n### ") == 7
    assert "* Records: 3 written, 1 withheld" in sheet
    assert "* Ethics approval: Board 12/3" in sheet
    assert "* Terms: not stated by the project" in sheet
    assert "application/jsonl" in sheet


def test_gives_the_same_bytes_again(share: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """Writing anew, elsewhere or after the seals gives the same bytes."""
    write_all(share, STUDY, REPORT)
    names = ("README.md", "datapackage.json", "ro-crate-metadata.json")
    before = [(share / name).read_bytes() for name in names]
    other = tmp_path / "elsewhere" / "copy"
    shutil.copytree(share, other)
    (other / "audit" / "head.json").write_text("{}")
    (other / "manifest-sha256.txt").write_text("")
    write_all(other, dict(reversed(STUDY.items())), REPORT)

    assert [(other / name).read_bytes() for name in names] == before


def test_refuses_links(share: pathlib.Path) -> None:
    """A link in the folder is not described but refused."""
    (share / "data" / "link").symlink_to(share / "report.json")

    with pytest.raises(IntegrityError, match="link"):
        write_all(share, STUDY, REPORT)


def test_lists_many_files_briefly(share: pathlib.Path) -> None:
    """The README lists forty files and counts the others."""
    for number in range(50):
        (share / "data" / f"t{number}.txt").write_text("")
    write_all(share, STUDY, REPORT)

    assert "* and 18 more, see `datapackage.json`" in (share / "README.md").read_text("utf-8")


def test_survives_a_folder_without_data(tmp_path: pathlib.Path) -> None:
    """A folder whose every record was withheld is described all the same."""
    (tmp_path / "withheld.jsonl").write_text("{}\n")
    write_all(tmp_path, {}, {})

    assert "There are no data files." in (tmp_path / "README.md").read_text("utf-8")
