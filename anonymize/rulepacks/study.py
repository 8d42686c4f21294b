"""The project file, `project.yaml`: what is released, and the settings of its runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from anonymize.rulepacks.reading import Entry, Faults, read_yaml

PACKS = ("core", "social", "interview", "indirect", "en", "gb", "us")
"""Rule packs used where nothing is said."""

TEMPLATE = """\
# What the shared folder says of itself.  Keep names of participants out of it.
title: Untitled study
description: ""
# creators:
#   - name: A. Researcher
#     orcid: 0000-0000-0000-0000
#     affiliation: University of Example
creators: []
licence: ""           # such as CC-BY-4.0
released: ""          # such as 2026-01-31; no other date is ever shown
publisher: ""         # repository or institution that releases the data
doi: ""               # such as 10.1234/abcd
ethics: ""            # who approved the study, under which number
funders: []
consent: ""           # on what basis the data is shared
terms: ""             # what whoever receives it may do with it

# How runs work; the command line overrides each.
language: en          # or auto
policy: safeguarded   # internal, controlled, safeguarded, open, or a file
packs: [core, social, interview, indirect, en, gb, us]

# Tables whose header is not recognised: what their columns hold.
# columns:
#   text: [body]
#   handle: [author]
#   id: [post_id, author_id]
#   date: [created]
columns: {}

# What of a takeout is converted that is left out unless asked for; it holds what others wrote.
# include: [direct-messages, direct-messages-group, likes, followers, following, lists, media]
include: []

shard_bytes: 4194304  # size of a unit of work
"""
"""What a new project's `project.yaml` holds."""

_KEYS = (
    "title",
    "description",
    "creators",
    "licence",
    "released",
    "publisher",
    "doi",
    "ethics",
    "funders",
    "consent",
    "terms",
    "language",
    "policy",
    "packs",
    "columns",
    "include",
    "shard_bytes",
)
_COLUMNS = (
    "text",
    "name",
    "handle",
    "id",
    "date",
    "place",
    "url",
    "count",
    "email",
    "phone",
    "code",
    "drop",
)
# ISO 26324: prefix of a registrant and a suffix.
_DOI = re.compile(r"10\.[0-9.]+/[^\s]+")
_LANGUAGE = re.compile(r"auto|[a-z]{2}")
# ISO 7064 MOD 11-2 ends an ORCID with a digit or X.
_ORCID = re.compile(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]")


@dataclass(frozen=True, slots=True)
class Creator:
    """Who releases the data."""

    name: str
    orcid: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """A project's settings.

    Attributes:
        title: Title of the release.
        description: Of the release.
        creators: Who releases it.
        licence: Identifier or URL of the licence; empty while undecided.
        released: Date of the release, `YYYY-MM-DD`; the only date shown; empty for none.
        publisher: Repository or institution that releases the data.
        doi: Digital object identifier, such as `10.1234/abcd`.
        ethics: Who approved the study, under which number.
        funders: Names.
        consent: On what basis the data is shared.
        terms: What whoever receives it may do with it.
        language: ISO 639-1 code, or `auto`.
        policy: Name or file of the policy.
        packs: Names or files of the rule packs.
        columns: Names of table columns by what they hold.
        shard_bytes: Size of a unit of work.
        include: What of takeouts is converted that else is left out.
    """

    title: str = "Untitled study"
    description: str = ""
    creators: tuple[Creator, ...] = ()
    licence: str = ""
    released: str = ""
    language: str = "en"
    policy: str = "safeguarded"
    packs: tuple[str, ...] = PACKS
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shard_bytes: int = 4 * 2**20
    include: tuple[str, ...] = ()
    publisher: str = ""
    doi: str = ""
    ethics: str = ""
    funders: tuple[str, ...] = ()
    consent: str = ""
    terms: str = ""


def _creator(entry: Entry) -> Creator:
    if entry.is_text:
        return Creator(entry.text(empty=False))
    keys = entry.keys(("name", "orcid", "affiliation"), ("name",))
    orcid = keys["orcid"].text() if "orcid" in keys else ""
    if orcid and _ORCID.fullmatch(orcid) is None:
        keys["orcid"].fault("must be like 0000-0000-0000-0000")
    return Creator(
        name=keys["name"].text(empty=False) if "name" in keys else "",
        orcid=orcid,
        affiliation=keys["affiliation"].text() if "affiliation" in keys else "",
    )


def _released(entry: Entry) -> str:
    text = entry.text()
    if text:
        try:
            if date.fromisoformat(text).isoformat() == text:
                return text
        except ValueError:
            pass
        entry.fault("must be a date like 2026-01-31")
    return ""


def _doi(entry: Entry) -> str:
    text = entry.text().strip().removeprefix("https://doi.org/")
    if text and _DOI.fullmatch(text) is None:
        entry.fault("must be like 10.1234/abcd")
    return text


def _columns(entry: Entry) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for role, value in entry.keys(_COLUMNS).items():
        # One name may hold blanks, so a plain text is not split here.
        names = (value.text(empty=False),) if value.is_text else value.texts()
        if taken.intersection(names) or len(set(names)) < len(names):
            value.fault("a column stands there twice")
        taken.update(names)
        out[role] = names
    return out


def load_study(path: Path) -> Study:
    """Return the settings of a project file.

    Raises:
        RuleError: With every fault of the file.
    """
    faults = Faults(f"project {path.name}")
    root, _ = read_yaml(path, faults)
    keys = root.keys(_KEYS)
    usual = Study()

    def text(key: str, default: str) -> str:
        return keys[key].text().strip() or default if key in keys else default

    language = text("language", usual.language)
    if _LANGUAGE.fullmatch(language) is None:
        keys["language"].fault("must be a code of two letters, or auto")
    packs = keys["packs"].texts() if "packs" in keys else usual.packs
    if len(set(packs)) < len(packs):
        keys["packs"].fault("a pack stands there twice")
    study = Study(
        title=text("title", usual.title),
        description=text("description", ""),
        creators=tuple(map(_creator, keys["creators"].sequence())) if "creators" in keys else (),
        licence=text("licence", ""),
        released=_released(keys["released"]) if "released" in keys else "",
        publisher=text("publisher", ""),
        doi=_doi(keys["doi"]) if "doi" in keys else "",
        ethics=text("ethics", ""),
        funders=tuple(one.text(empty=False) for one in keys["funders"].sequence())
        if "funders" in keys
        else (),
        consent=text("consent", ""),
        terms=text("terms", ""),
        language=language,
        policy=text("policy", usual.policy),
        packs=packs or usual.packs,
        columns=_columns(keys["columns"]) if "columns" in keys else {},
        shard_bytes=keys["shard_bytes"].whole(2**12, 2**40)
        if "shard_bytes" in keys
        else usual.shard_bytes,
        include=keys["include"].texts() if "include" in keys else usual.include,
    )
    faults.raise_any()
    return study
