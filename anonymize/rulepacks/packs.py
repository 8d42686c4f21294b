"""Rule packs from YAML files."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from anonymize.model.folding import words as folded
from anonymize.model.identities import Gender
from anonymize.model.rules import Place, Rule, RulePack
from anonymize.rulepacks.location import shipped
from anonymize.rulepacks.reading import Entry, Faults, folder_file, read_yaml
from anonymize.rulepacks.recognizers import rule, terms

_KEYS = (
    "name",
    "version",
    "summary",
    "regions",
    "fictional_phones",
    "allow",
    "figures",
    "ordinary_words",
    "titles",
    "places",
    "place_names",
    "terms",
    "rules",
    "recognizers",
)
_REGION = re.compile(r"[A-Z]{2}")
_PACK = re.compile(r"[a-z][a-z0-9_-]*")


def _folded(entry: Entry | None) -> frozenset[str]:
    if entry is None:
        return frozenset()
    return frozenset(folded(word) for word in entry.texts()) - {""}


def _figures(entry: Entry | None) -> frozenset[str]:
    """Return full names; a lone family name would keep everybody who bears it."""
    found = _folded(entry)
    if entry is not None and any(len(name.split()) < 2 for name in found):
        entry.fault("a public figure needs a full name")
    return found


def _places(entry: Entry | None, names: Entry | None) -> tuple[Place, ...]:
    """Return the gazetteer: `{country: {region: [town, …]}}`, then other names of entries."""
    out: dict[str, Place] = {}
    ladder = entry.mapping() if entry is not None else {}
    for country, regions in ladder.items():
        out.setdefault(country, Place(country, country=country))
        for region, towns in regions.mapping().items():
            out.setdefault(region, Place(region, region=region, country=country))
            for town in towns.texts():
                place = Place(town, town, region, country)
                # A town named like its region (London, Utrecht) is the finer entry.
                if out.get(town, place).town and out.get(town, place) != place:
                    towns.fault("a town stands in two regions")
                out[town] = place
    for name, target in (names.mapping() if names is not None else {}).items():
        meant = out.get(target.text(empty=False))
        if meant is None:
            target.fault("no such place in this pack")
        else:
            out[name] = Place(name, meant.town, meant.region, meant.country)
    return tuple(sorted(out.values(), key=lambda place: place.name))


def _titles(entry: Entry | None) -> dict[str, str]:
    out: dict[str, str] = {}
    for title, gender in (entry.mapping() if entry is not None else {}).items():
        out[folded(title)] = gender.choice(Gender, Gender.UNKNOWN).value
    return out


def _fictional(entry: Entry | None) -> dict[str, tuple[str, int]]:
    out: dict[str, tuple[str, int]] = {}
    for region, value in (entry.mapping() if entry is not None else {}).items():
        keys = value.keys(("prefix", "digits", "source"), ("prefix", "digits", "source"))
        if _REGION.fullmatch(region) is None:
            value.fault("a region is two capital letters")
        if "prefix" in keys and "digits" in keys:
            prefix = keys["prefix"].text(empty=False)
            if prefix and re.fullmatch(r"\+[0-9][0-9 -]+", prefix) is None:
                keys["prefix"].fault("must be digits after +")
            out[region] = (prefix, keys["digits"].whole(1, 8))
    return out


def _rules(
    entries: list[Entry],
    pack: str,
    keys: dict[str, Entry],
    towns: tuple[str, ...],
    *,
    checked: bool,
) -> list[Rule]:
    known = terms(keys["terms"]) if "terms" in keys else {}
    out: dict[str, Rule] = {}
    for entry in entries:
        one = rule(entry, pack, known, {"places": towns}, checked=checked)
        if one.id in out:
            entry.at(f"rules/{one.id}").fault("another rule has this name")
        out[one.id] = one
    return [out[name] for name in sorted(out)]


def load_pack(name_or_path: str | Path) -> RulePack:
    """Return a rule pack, checked throughout.

    The regular expressions of a shipped pack, asked for by its name, are not tried out: the tests
    do that, and it takes a second for all of them.

    Args:
        name_or_path: Name of a shipped pack, or a YAML file: one of ours, or Presidio's
            recognizer file (a mapping with `recognizers`, or the list alone).

    Raises:
        RuleError: With every fault of the file.
    """
    folder = shipped("rules") / "packs"
    path = folder_file(name_or_path, folder, "rule pack")
    checked = path != folder / f"{name_or_path}.yaml"
    faults = Faults(f"pack {path.name}")
    root, raw = read_yaml(path, faults)
    if root.is_list:
        keys, entries = {}, root.sequence()
    else:
        keys = root.keys(_KEYS)
        entries = [
            item for key in ("rules", "recognizers") if key in keys for item in keys[key].sequence()
        ]
    name = keys["name"].text(empty=False) if "name" in keys else path.stem.lower()
    if _PACK.fullmatch(name) is None:
        faults.add(keys["name"].line if "name" in keys else 0, "name: lower-case letters, - and _")
    places = _places(keys.get("places"), keys.get("place_names"))
    ordinary = _folded(keys.get("ordinary_words"))
    towns = tuple(p.name for p in places if p.town and folded(p.name) not in ordinary)
    regions = keys["regions"].texts() if "regions" in keys else ()
    if any(_REGION.fullmatch(region) is None for region in regions):
        keys["regions"].fault("a region is two capital letters")
    pack = RulePack(
        name=name,
        version=keys["version"].text(empty=False) if "version" in keys else "1",
        digest=hashlib.sha256(raw).hexdigest(),
        summary=keys["summary"].text().strip() if "summary" in keys else "",
        regions=regions,
        rules=tuple(_rules(entries, name, keys, towns, checked=checked)),
        allow=_folded(keys.get("allow")),
        figures=_figures(keys.get("figures")),
        ordinary_words=ordinary,
        titles=_titles(keys.get("titles")),
        places=places,
        fictional_phones=_fictional(keys.get("fictional_phones")),
    )
    faults.raise_any()
    return pack
