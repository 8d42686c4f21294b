from __future__ import annotations

import random
from pathlib import Path

import pytest

from anonymize.detect.training.gold import LABELS, Gold
from anonymize.detect.training.templates import FILE, SLOT_LABELS, Templates, load
from anonymize.errors import RuleError


def _seeded(seed: int) -> random.Random:
    return random.Random(seed)


class Fixed:
    """Names that can be told apart: a counter stands in each."""

    def __init__(self) -> None:
        self.count = 0

    def _next(self, stem: str) -> str:
        self.count += 1
        return stem + "abcdefghij"[self.count % 10]

    def given(self, rng: random.Random) -> str:  # noqa: ARG002, D102
        return self._next("Giv")

    def family(self, rng: random.Random) -> str:  # noqa: ARG002, D102
        return self._next("Fam")

    def city(self, rng: random.Random) -> str:  # noqa: ARG002, D102
        return self._next("Cit")

    def country(self, rng: random.Random) -> str:  # noqa: ARG002, D102
        return self._next("Lan")

    def company(self, rng: random.Random) -> str:  # noqa: ARG002, D102
        return self._next("Fir")

    def address(self, rng: random.Random) -> str:  # noqa: ARG002, D102
        return "1 Road,\nTown\nXX1 1XX"


@pytest.fixture(scope="module")
def shipped() -> Templates:
    """Return the templates of the package."""
    return load()


def _file(tmp_path: Path, template: str, slots: str = "") -> Path:
    path = tmp_path / "t.yaml"
    path.write_text(
        f"slots:\n  JOB: [nurse, editor]\n  CODE: ['X##']\n{slots}"
        f"templates:\n  en:\n    one:\n      - {template}\n",
        "utf-8",
    )
    return path


def _fill(tmp_path: Path, template: str, slots: str = "", seed: int = 1) -> Gold:
    return load(_file(tmp_path, template, slots)).fill(_seeded(seed), Fixed())


def _values(gold: Gold) -> list[tuple[str, str]]:
    return [(gold.text[start:end], label) for start, end, label in gold.spans]


def test_every_shipped_template_fills_with_exact_spans(shipped: Templates) -> None:
    """Spans of every template are in order, apart, trimmed and of a known label."""
    rng, names = _seeded(3), Fixed()
    for language, groups in shipped.patterns.items():
        for patterns in groups.values():
            for pattern in patterns:
                gold = shipped.gold(pattern, language, rng, names)
                end = 0
                for first, last, label in gold.spans:
                    assert end <= first < last <= len(gold.text)
                    value = gold.text[first:last]
                    assert value == value.strip()
                    assert label in LABELS
                    end = last
                assert gold.annotated == LABELS
                assert gold.language == language


def test_there_is_enough_of_every_language(shipped: Templates) -> None:
    """English has at least 450 templates, the other four at least 60, none twice."""
    counts = {}
    for language, groups in shipped.patterns.items():
        found = [pattern for patterns in groups.values() for pattern in patterns]
        counts[language] = len(found)
        assert len(set(found)) == len(found)
    assert counts.pop("en") >= 450
    assert set(counts) == {"es", "fr", "de", "nl"}
    assert min(counts.values()) >= 60


def test_no_shipped_slot_lies_idle(shipped: Templates) -> None:
    """Every slot with a label has words or a source, and every label has a slot."""
    assert set(SLOT_LABELS.values()) == LABELS
    assert len(FILE.read_text("utf-8").splitlines()) < 2500
    made = {"GIVEN", "FAMILY", "NAME", "FULL", "INITIAL_NAME"}
    assert set(SLOT_LABELS) <= set(shipped.words) | made
    for name, words in shipped.words.items():
        assert words, name


def test_one_digit_is_one_person(tmp_path: Path) -> None:
    """Parts and full name with the same digit belong together, those of another digit do not."""
    gold = _fill(tmp_path, "'{NAME1}, {GIVEN1}, {FAMILY1}, {GIVEN2}'")
    name, given, family, other = (value for value, _ in _values(gold))
    assert name == f"{given} {family}"
    assert other != given


def test_joined_slots_are_one_entity(tmp_path: Path) -> None:
    """A plus between slots makes one span with a blank."""
    gold = _fill(tmp_path, "'{GIVEN2+FAMILY1} and {GIVEN1+FAMILY1}'")
    assert len(gold.spans) == 2
    assert all(label == "PERSON" and " " in value for value, label in _values(gold))


def test_case_of_a_slot_is_the_case_of_its_value(tmp_path: Path) -> None:
    """Lower, first capital and capitals are taken from how the slot is written."""
    gold = _fill(tmp_path, "'{given1} {GIVEN1} {GIVEN1^} {Job1}'")
    low, as_is, high, job = (value for value, _ in _values(gold))
    assert (low, high) == (as_is.lower(), as_is.upper())
    assert job in {"Nurse", "Editor"}


def test_words_given_in_the_template_are_labelled(tmp_path: Path) -> None:
    """A slot with words after the colon keeps them, braces written twice are braces."""
    gold = _fill(tmp_path, "'{{ {ORG:the BBC} }} may {AMBIG_PERSON:May}'", "  ORG: [x]\n"
                 "  AMBIG_PERSON: [x]\n")  # fmt: skip
    assert gold.text == "{ the BBC } may May"
    assert _values(gold) == [("the BBC", "ORGANIZATION"), ("May", "PERSON")]


def test_article_fits_the_word_after_it(tmp_path: Path) -> None:
    """`a` before a vowel becomes `an`, and the span moves along."""
    gold = _fill(tmp_path, "'She is a {JOB:editor}, he a {JOB:nurse}.'")
    assert gold.text == "She is an editor, he a nurse."
    assert _values(gold) == [("editor", "JOB_TITLE"), ("nurse", "JOB_TITLE")]


def test_marks_for_digits_become_digits_in_words_only(tmp_path: Path) -> None:
    """`#` is a digit in the words of a slot and a hashtag sign in a template."""
    gold = _fill(tmp_path, "'#tag {CODE}'")
    assert gold.text[:6] == "#tag X"
    assert gold.text[6:].isdecimal()
    assert gold.spans == ()


def test_address_of_several_lines_is_one_line(tmp_path: Path) -> None:
    """An address as Faker gives it is one entity in one line."""
    assert _values(_fill(tmp_path, "'at {ADDRESS}.'")) == [("1 Road, Town, XX1 1XX", "LOCATION")]


def test_words_of_the_language_go_first(tmp_path: Path) -> None:
    """`JOB.en` is taken for `JOB` in English."""
    gold = _fill(tmp_path, "'{JOB}'", "  JOB.en: [baker]\n")
    assert gold.text == "baker"


def test_same_seed_same_text(shipped: Templates) -> None:
    """The generator alone decides what comes out."""
    one = [shipped.fill(_seeded(seed), Fixed()) for seed in range(20)]
    two = [shipped.fill(_seeded(seed), Fixed()) for seed in range(20)]
    assert one == two


def test_only_languages_with_weight_are_drawn(shipped: Templates) -> None:
    """A language without weight never comes."""
    rng = _seeded(5)
    found = {shipped.fill(rng, Fixed(), {"fr": 1, "nl": 2}).language for _ in range(60)}
    assert found == {"fr", "nl"}


def test_small_groups_count_as_much_as_large_ones(tmp_path: Path) -> None:
    """The group is drawn before the template."""
    path = tmp_path / "t.yaml"
    path.write_text(
        "slots: {}\ntemplates:\n  en:\n    few: [x]\n    many: ["
        + ", ".join(f"y{number}" for number in range(50))
        + "]\n",
        "utf-8",
    )
    templates, rng = load(path), _seeded(2)
    drawn = [templates.fill(rng, Fixed()).text for _ in range(200)]
    assert 60 < drawn.count("x") < 140


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("'{NOBODY}'", "nobody fills the slot NOBODY"),
        ("'a { b'", "a brace that is no slot is written twice"),
        ("'{CODE:x}'", "words are given for a slot without a label"),
        ("''", "must not be empty"),
    ],
)
def test_a_faulty_template_is_named(tmp_path: Path, template: str, said: str) -> None:
    """A template nobody can fill stops the load, with its line."""
    with pytest.raises(RuleError, match=said) as error:
        load(_file(tmp_path, template))
    assert str(error.value).startswith("t.yaml:7: ")


def test_the_repr_of_a_gold_holds_no_text() -> None:
    """What somebody wrote never gets into a log by way of a repr."""
    gold = Gold("Jane was here", ((0, 4, "PERSON"),), frozenset({"PERSON"}), "en")
    assert "Jane" not in repr(gold)
