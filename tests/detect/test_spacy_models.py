from __future__ import annotations

import json
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from anonymize.detect import spacy_models
from anonymize.detect.spacy_models import installed
from anonymize.errors import EngineError
from anonymize.model.policies import Recall

RIGHT = f">={version('spacy')},<99"


def package(folder: Path, name: str, /, **changes: Any) -> Path:
    """Install what looks like spaCy's package of a model and return the model's folder."""
    language, _, rest = name.partition("_")
    meta = {
        "lang": language,
        "name": rest,
        "version": "3.8.0",
        "spacy_version": RIGHT,
        "labels": {"ner": ["LOC", "MISC", "ORG", "PER"]},
        **changes,
    }
    model = folder / name / f"{name}-3.8.0"
    model.mkdir(parents=True)
    # Whoever imports it fails: a package is looked at, never run.
    (folder / name / "__init__.py").write_text("raise AssertionError")
    (folder / name / "meta.json").write_text(json.dumps(meta))
    (model / "weights").write_bytes(b"1")
    return model


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only place models are installed in."""
    path = [entry for entry in sys.path if "site-packages" not in entry]
    found = find_spec

    def only_here(name: str) -> Any:
        if name == "spacy":
            return found(name)
        monkeypatch.setattr(sys, "path", [str(tmp_path), *path])
        return found(name)

    monkeypatch.setattr(spacy_models, "find_spec", only_here)
    return tmp_path


def test_none(site: Path) -> None:
    """Where no model is installed there is none, and nothing to say."""
    assert site.is_dir()
    there = installed(("en", "de", "es", "fr", "nl", "it"))
    assert (dict(there.models), there.refused) == ({}, ())


def test_largest(site: Path) -> None:
    """Of several models of a language the largest is used, each language by its own."""
    for name in ("es_core_news_sm", "es_core_news_lg", "nl_core_news_md"):
        package(site, name)
    there = installed(("en", "es", "nl"))
    assert {code: model.name for code, model in there.models.items()} == {
        "es": "es_core_news_lg",
        "nl": "nl_core_news_md",
    }
    assert there.models["es"].version == "3.8.0"
    assert dict(installed(("fr",)).models) == {}


def test_digest(site: Path) -> None:
    """One byte of a model's files changes what results depend on."""
    model = package(site, "fr_core_news_sm")
    before = installed(("fr",)).models["fr"].digest
    (model / "weights").write_bytes(b"2")
    assert installed(("fr",)).models["fr"].digest != before


@pytest.mark.parametrize("wanted", [">=3.1.0,<3.2.0", "", "what", "3.1.0", ">=99"])
def test_other_spacy(site: Path, wanted: str) -> None:
    """A model made for another spaCy is as if absent, and said to be; a smaller one may serve."""
    package(site, "es_core_news_md", spacy_version=wanted)
    there = installed(("es",))
    assert dict(there.models) == {}
    assert len(there.refused) == 1
    assert there.refused[0].startswith("es_core_news_md 3.8.0 is installed but made for another")
    package(site, "es_core_news_sm")
    assert installed(("es",)).models["es"].name == "es_core_news_sm"


@pytest.mark.parametrize(
    "changes",
    [
        {"lang": "pt"},
        {"name": "core_news_lg"},
        {"version": "999.9.9"},
        {"labels": {}},
        {"labels": {"ner": ["LOC"]}},
        {"labels": None},
    ],
)
def test_not_what_it_says(site: Path, changes: dict[str, object]) -> None:
    """A package that is not the model it is called, or tells no persons, is refused."""
    package(site, "de_core_news_md", **changes)
    there = installed(("de",))
    assert dict(there.models) == {}
    assert there.refused == (
        "de_core_news_md is installed but is no model of that name for persons; it is not used",
    )


@pytest.mark.parametrize("content", [None, "", "[", "[]"])
def test_no_meta(site: Path, content: str | None) -> None:
    """A package with the name of a model and nothing of one is refused, and not run."""
    package(site, "de_core_news_md")
    meta = site / "de_core_news_md" / "meta.json"
    meta.unlink()
    if content is not None:
        meta.write_text(content)
    there = installed(("de",))
    assert dict(there.models) == {}
    assert "holds no meta.json" in there.refused[0]


def test_unloadable(site: Path) -> None:
    """A model whose files cannot be loaded stops with exit code 5: its texts go unread else."""
    package(site, "fr_core_news_sm")
    model = installed(("fr",)).models["fr"]
    with pytest.raises(EngineError, match=r"fr_core_news_sm 3\.8\.0 cannot be loaded") as caught:
        model.entities(["Bonjour"], Recall.HIGH)
    assert caught.value.exit_code == 5


class Pipeline:
    """What spaCy would load: takes the word Anne for a person and Lyon for a work."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def pipe(self, texts: list[str], batch_size: int) -> list[Any]:
        """Return documents with entities."""
        assert batch_size
        self.read += texts
        labels = {"Anne": "PER", "Lyon": "LOC", "Amélie": "MISC", "CGT": "ORG"}
        return [
            SimpleNamespace(
                ents=[
                    SimpleNamespace(
                        start_char=text.index(word),
                        end_char=text.index(word) + len(word),
                        label_=label,
                    )
                    for word, label in labels.items()
                    if word in text
                ]
            )
            for text in texts
        ]


def test_entities(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PER, LOC and ORG become Presidio's types, MISC nothing; equal texts are read once."""
    package(site, "fr_core_news_sm")
    pipeline = Pipeline()
    loads: list[Path] = []

    def load(folder: Path, **_: object) -> Pipeline:
        loads.append(folder)
        return pipeline

    monkeypatch.setattr("spacy.load", load)
    model = installed(("fr",)).models["fr"]
    assert loads == []
    texts = ["Anne de Lyon", "rien", "Anne de Lyon", "la CGT, Amélie"]
    for _ in range(2):
        assert model.entities(texts, Recall.HIGH) == [
            [(0, 4, "PERSON", 0.85), (8, 12, "LOCATION", 0.85)],
            [],
            [(0, 4, "PERSON", 0.85), (8, 12, "LOCATION", 0.85)],
            [(3, 6, "ORGANIZATION", 0.85)],
        ]
    assert loads == [site / "fr_core_news_sm" / "fr_core_news_sm-3.8.0"]
    assert sorted(pipeline.read) == sorted([*set(texts)] * 2)


def test_folder_digest(tmp_path: Path) -> None:
    """One byte or name changes the digest."""
    (tmp_path / "a").write_bytes(b"1")
    one = spacy_models.folder_digest(tmp_path)
    (tmp_path / "a").write_bytes(b"2")
    two = spacy_models.folder_digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({one, two, spacy_models.folder_digest(tmp_path)}) == 3
