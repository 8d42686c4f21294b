"""`package`: every form by its community's own validator, the folder untouched, nothing invented.

RO-Crate has no validator that works offline, DDI none that is a package: for these the rules are
written down here.  `mlcroissant` brings rdflib and pandas' plotting; run it by hand.
"""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import pytest
from lxml import etree  # noqa: TID253 - a test needs no fast start

from anonymize.errors import LeakError, UsageError
from anonymize.package.catalogue import PACKAGERS
from anonymize.package.packing import Packed, pack
from anonymize.verify import fixity

STUDY: dict[str, Any] = {
    "title": "Voices of a media department",
    "description": "Tweets & interviews.",
    "creators": [{"name": "Ada Example", "orcid": "0000-0002-1825-0097", "affiliation": "U"}],
    "licence": "CC-BY-NC-4.0",
    "released": "2026-01-15",
    "language": "en",
    "publisher": "Archive of Example",
    "doi": "10.1234/abcd",
    "ethics": "Board of Example, 12/3",
    "funders": ["Fund of Example"],
    "consent": "Signed consent",
    "terms": "Research only",
}
ALL = ("bagit", "croissant", "datacite", "datapackage", "ddi", "ro-crate")
DDI = "{ddi:codebook:2_5}"


def _allow(_: Path) -> None:
    """Find nothing."""


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """Return a folder like a shared one."""
    root = tmp_path / "share"
    (root / "data").mkdir(parents=True)
    (root / "audit").mkdir()
    (root / "data" / "a b.csv").write_text('id,"a ""text"""\n1,x\n', newline="")
    (root / "data" / "talk ä.txt").write_text("Mira: hello\n", encoding="utf-8")
    (root / "withheld.jsonl").write_text("")
    (root / "audit" / "head.json").write_text("{}")
    report = {"software": {"name": "anonymize", "version": "0.1.0"}, "policy": {"name": "open"}}
    (root / "report.json").write_text(json.dumps(report))
    fixity.write_manifest(root)
    return root


@pytest.fixture
def packed(share: Path) -> Packed:
    """Return a package of every form."""
    return pack(share, ALL, share.with_name("package"), STUDY, _allow)


def _bytes(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_every_packager_is_in_the_registry() -> None:
    """The registry lists the six forms, and says so to whoever asks for another."""
    assert tuple(PACKAGERS) == ALL
    with pytest.raises(UsageError, match="bagit, croissant"):
        PACKAGERS["zip"]


def test_the_shared_folder_stands_whole_in_the_package(share: Path, packed: Packed) -> None:
    """`data/` is the folder byte for byte, so that what was signed still verifies."""
    assert _bytes(packed.out / "data") == _bytes(share)
    assert not fixity.check_manifest(packed.out / "data")
    assert packed.missing == {}
    listed = {name for files in packed.files.values() for name in files}
    assert {p.name for p in packed.out.iterdir()} == listed | {"data"}


def test_two_packages_are_equal(share: Path, packed: Packed) -> None:
    """Order of names, place and time change no byte."""
    elsewhere = share.parent / "other" / "share"
    shutil.copytree(share, elsewhere, copy_function=shutil.copyfile)
    again = pack(elsewhere, ALL[::-1], share.with_name("again"), STUDY, _allow)
    assert _bytes(again.out) == _bytes(packed.out)


def test_bagit(packed: Packed) -> None:
    """The Library of Congress's own library takes the bag, and refuses it after a change."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bagit = pytest.importorskip("bagit")
        bag = bagit.Bag(str(packed.out))
        bag.validate()
        assert "Bagging-Date" not in bag.info
        assert set(bag.tagfile_entries()) >= {"ddi.xml", "datacite.json", "bag-info.txt"}
        (packed.out / "data" / "data" / "talk ä.txt").write_text("Mira: hullo\n")
        with pytest.raises(bagit.BagValidationError):
            bagit.Bag(str(packed.out)).validate()


def test_a_bag_encodes_what_would_end_a_line(share: Path) -> None:
    """A percent sign in a path is encoded, as RFC 8493 asks (bagit.py 1.9 reads none back)."""
    (share / "data" / "50%.txt").write_text("x")
    bag = pack(share, ["bagit"], share.with_name("bag"), STUDY, _allow)
    lines = (bag.out / "manifest-sha256.txt").read_text("utf-8").splitlines()
    assert [line[66:] for line in lines] == sorted(line[66:] for line in lines)
    assert "data/data/50%25.txt" in {line[66:] for line in lines}


def test_datapackage(packed: Packed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frictionless reads the descriptor and finds files, digests and columns as told."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frictionless = pytest.importorskip("frictionless")
        monkeypatch.chdir(packed.out)
        told = json.loads((packed.out / "datapackage.json").read_bytes())
        tables = {**told, "resources": [r for r in told["resources"] if "schema" in r]}
        assert len(tables["resources"]) == 1
        report = frictionless.Package.from_descriptor(tables).validate()
        assert report.valid, report.flatten(["type", "message"])
        assert frictionless.Package.from_descriptor(told).resource_names == [
            r["name"] for r in told["resources"]
        ]


def test_datacite(packed: Packed, share: Path) -> None:
    """The schema in DataCite's own library takes what is told, and not what lacks something."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = pytest.importorskip("datacite.schema45")
        told = json.loads((packed.out / "datacite.json").read_bytes())
        assert list(schema.validator.iter_errors(told)) == []
        bare = pack(share, ["datacite"], share.with_name("bare"), {}, _allow)
        told = json.loads((bare.out / "datacite.json").read_bytes())
        assert list(schema.validator.iter_errors(told))
    assert bare.missing == {"datacite": ("title", "creators", "publisher", "released")}


def test_ddi_keeps_the_order_of_the_schema(packed: Packed) -> None:
    """Parts stand in the order of DDI-Codebook 2.5, ids are unique, references lead somewhere."""
    root = etree.parse(packed.out / "ddi.xml").getroot()
    order = {
        "codeBook": ["stdyDscr", "fileDscr", "dataDscr"],
        "stdyDscr": ["citation", "studyAuthorization", "stdyInfo", "method", "dataAccs"],
        "citation": ["titlStmt", "rspStmt", "prodStmt", "distStmt"],
        "prodStmt": ["copyright", "fundAg"],
        "distStmt": ["distrbtr", "distDate"],
        "useStmt": ["specPerm", "conditions"],
    }
    for name, parts in order.items():
        element = next(root.iter(DDI + name))
        there = [str(child.tag).removeprefix(DDI) for child in element]
        assert list(dict.fromkeys(there)) == parts
    ids = [e.get("ID") for e in root.iter() if e.get("ID")]
    assert len(ids) == len(set(ids))
    assert {v.get("files") for v in root.iter(DDI + "var")} <= set(ids)
    assert [v.get("name") for v in root.iter(DDI + "var")] == ["id", 'a "text"']


def test_croissant_describes_files_and_columns(packed: Packed, share: Path) -> None:
    """Every file has its digest, every column its file; the fields of responsible AI are there."""
    told = json.loads((packed.out / "croissant.json").read_bytes())
    assert told["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert told["rai:personalSensitiveInformation"]
    assert "under the policy open" in told["rai:dataManipulationProtocol"]
    files = {one["@id"]: one for one in told["distribution"]}
    assert files["a-b.csv"]["contentUrl"] == "data/data/a%20b.csv"
    digests = fixity._digests(share)
    assert files["a-b.csv"]["sha256"] == digests["data/a b.csv"]
    (table,) = told["recordSet"]
    assert [one["source"]["extract"]["column"] for one in table["field"]] == ["id", 'a "text"']
    assert {one["source"]["fileObject"]["@id"] for one in table["field"]} == {"a-b.csv"}


def test_crate_lists_what_the_package_holds(packed: Packed) -> None:
    """Every part of the crate exists, the seals too, and every reference is resolved."""
    crate = json.loads((packed.out / "ro-crate-metadata.json").read_bytes())
    by_id = {entity["@id"]: entity for entity in crate["@graph"]}
    parts = {one["@id"] for one in by_id["./"]["hasPart"]}
    assert parts <= set(by_id)
    names = {by_id[part]["name"] for part in parts}
    assert names == {f"data/{path}" for path in _bytes(packed.out / "data")}


def test_invents_nothing(share: Path) -> None:
    """Of a project that states nothing nothing is told; all is asked for."""
    bare = pack(share, ALL, share.with_name("bare"), {"title": "Untitled study"}, _allow)
    texts = b"".join(
        (bare.out / name).read_bytes() for files in bare.files.values() for name in files
    )
    for word in (b"Untitled study", b"datePublished", b"publicationYear", b'"license"', b":unav"):
        assert word not in texts
    assert bare.missing["ddi"][-3:] == ("ethics", "consent", "terms")
    assert bare.missing["croissant"] == (
        "title", "description", "creators", "licence", "released",
    )  # fmt: skip


def test_nothing_is_left_when_the_check_refuses(share: Path) -> None:
    """A leak in a description stops the package before it has its name."""

    def refuse(folder: Path) -> None:
        assert (folder / "ddi.xml").is_file()
        raise LeakError("found")

    with pytest.raises(LeakError):
        pack(share, ["ddi"], share.with_name("p"), STUDY, refuse)
    assert [path.name for path in share.parent.iterdir()] == ["share"]


@pytest.mark.parametrize("place", ["share", "share/inside"])
def test_refuses_a_place_that_is_taken(share: Path, place: str) -> None:
    """Nothing is overwritten, and nothing written into the shared folder."""
    before = _bytes(share)
    with pytest.raises(UsageError):
        pack(share, ["ddi"], share.parent / place, STUDY, _allow)
    assert _bytes(share) == before
