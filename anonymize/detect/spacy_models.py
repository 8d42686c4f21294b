"""spaCy models of other languages, where the user has installed them; nothing is downloaded.

Names and labels are those of spaCy's own pipelines (https://spacy.io/models): `xx_core_news_lg`,
`_md`, `_sm`.  Those for German, Spanish and French tell PER, LOC, ORG and MISC (WikiNER), that for
Dutch the labels of OntoNotes.  MISC (works, events, products) is not used: it is no person, place
or organisation.

A model is pinned by the digest of its files, which is part of every fingerprint; one made for
another spaCy than that installed is refused, since spaCy would load it and read nonsense.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from anonymize.detect.masking import mask
from anonymize.detect.ner import Entity
from anonymize.errors import EngineError
from anonymize.model.policies import Recall

LANGUAGES = ("de", "es", "fr", "nl")
"""Languages for which a model is looked for."""

_SIZES = ("lg", "md", "sm")
"""Of the names of spaCy's pipelines, the best first."""

_LABELS: Mapping[str, str] = {
    "PER": "PERSON",
    "PERSON": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "ORG": "ORGANIZATION",
    "NORP": "NRP",
}
"""Presidio's type for each label used; the others are not personal data by themselves."""

_UNUSED = ["parser", "tagger", "morphologizer", "lemmatizer", "attribute_ruler", "senter"]
# Presidio's constant for spaCy models, which give no score (NerModelConfiguration.default_score).
_SCORE = 0.85
_BATCH = 64
# What spaCy raises for files that are not those of a model it can load.
_UNLOADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError)


def folder_digest(folder: Path) -> str:
    """Return a SHA-256 over the names and contents of all files below a folder, hex."""
    whole = hashlib.sha256()
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*")}
    for name in sorted(files):
        if files[name].is_file():
            content = hashlib.sha256(files[name].read_bytes()).digest()
            whole.update(name.encode() + b"\0" + content)
    return whole.hexdigest()


class InstalledModel:
    """A spaCy model in a folder, loaded when it is first asked.

    Args:
        name: Of its package.
        version: Of its package.
        folder: Its files.
    """

    __slots__ = ("_folder", "_nlp", "digest", "name", "version")

    def __init__(self, name: str, version: str, folder: Path) -> None:
        self.name = name
        self.version = version
        self.digest = folder_digest(folder)
        self._folder = folder
        self._nlp: Any = None

    def _loaded(self) -> Any:
        if self._nlp is None:
            import spacy

            try:
                self._nlp = spacy.load(self._folder, exclude=_UNUSED)
            except _UNLOADABLE:
                raise EngineError(
                    f"the named-entity model {self.name} {self.version} cannot be loaded; "
                    "install it again, or take it away",
                ) from None
        return self._nlp

    def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:  # noqa: ARG002
        """Return the entities of each text, read masked and once.  There is no dial.

        Raises:
            EngineError: If the model cannot be loaded.
        """
        # Texts of like length make even batches; the order is that of the texts alone.
        masked = list(map(mask, texts))
        distinct = sorted(set(masked), key=lambda text: (len(text), text))
        read = self._loaded().pipe(distinct, batch_size=_BATCH)
        found: dict[str, list[Entity]] = {
            text: [
                (entity.start_char, entity.end_char, _LABELS[entity.label_], _SCORE)
                for entity in doc.ents
                if entity.label_ in _LABELS
            ]
            for text, doc in zip(distinct, read, strict=True)
        }
        return [found[text] for text in masked]


@dataclass(frozen=True, slots=True)
class Installed:
    """What there is.

    Attributes:
        models: By language, the largest that fits.
        refused: One line for each model that is there and cannot be used.
    """

    models: Mapping[str, InstalledModel]
    refused: tuple[str, ...] = ()


def installed(languages: Sequence[str]) -> Installed:
    """Return the models installed for these languages; other languages have none."""
    models: dict[str, InstalledModel] = {}
    refused: list[str] = []
    for language in languages:
        if language not in LANGUAGES:
            continue
        for size in _SIZES:
            name = f"{language}_core_news_{size}"
            package = package_folder(name)
            if package is None:
                continue
            found = _checked(name, package)
            if isinstance(found, str):
                refused.append(found)
            else:
                models[language] = found
                break
    return Installed(models, tuple(refused))


def package_folder(name: str) -> Path | None:
    """Return the folder of an installed package; it is not imported, so nothing of it runs."""
    try:
        spec = find_spec(name)
    except ValueError:
        return None
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def _checked(name: str, package: Path) -> InstalledModel | str:
    """Return the model of a package, or in a line why it is not used."""
    try:
        meta = json.loads((package / "meta.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        meta = None
    if not isinstance(meta, dict):
        return f"{name} is installed but holds no meta.json of a spaCy model; it is not used"
    version, wanted = str(meta.get("version", "")), str(meta.get("spacy_version", ""))
    folder = package / f"{name}-{version}"
    labels = meta.get("labels")
    told = labels.get("ner") if isinstance(labels, dict) else None
    if (
        f"{meta.get('lang')}_{meta.get('name')}" != name
        or not folder.is_dir()
        or not isinstance(told, list)
        or not {"PER", "PERSON"} & set(map(str, told))
    ):
        return f"{name} is installed but is no model of that name for persons; it is not used"
    if find_spec("spacy") is None:
        return f"{name} is installed without spaCy; it is not used"
    from spacy.about import __version__ as there
    from spacy.util import is_compatible_version

    # spaCy's own check, which only warns: None for a constraint nobody can read.
    if not wanted or is_compatible_version(there, wanted) is not True:
        return (
            f"{name} {version} is installed but made for another spaCy than {there}; it is not used"
        )
    return InstalledModel(name, version, folder)
