from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymize.errors import RuleError
from anonymize.rulepacks.location import names, shipped
from anonymize.rulepacks.packs import load_pack
from anonymize.rulepacks.policies import load_policy
from anonymize.rulepacks.recognizers import example
from anonymize.rulepacks.study import PACKS, load_study

BROKEN = """\
name: gb
regions: [gb]
colour: red
rules:
  - name: one
    entity: person
    source: x
    patterns:
      - {name: a, regex: "(", score: 0.5}
      - {name: a, regex: "x*", score: 1.5}
  - name: two
    entity: PERSON
    check: nonsense
    role: nobody
    presidio: "not a class"
    words: [a]
    examples:
      match: ["⟦open"]
      maybe: []
  - name: two
    entity: PERSON
  - entity: PERSON
    words: [b]
places:
  Nowhere:
    North: [Town]
    South: [Town]
"""

PRESIDIO = """\
recognizers:
  - name: "Zip code Recognizer"
    supported_language: "en"
    supported_entity: ZIP
    patterns:
      - name: "zip code (weak)"
        regex: "(\\\\b\\\\d{5}(?:\\\\-\\\\d{4})?\\\\b)"
        score: 0.01
    context: [zip, code]
  - name: titles
    supported_languages: [en]
    supported_entity: TITLE
    deny_list: [Mr., Mrs.]
    deny_list_score: 1
"""


def faults(path: Path) -> list[str]:
    """Return the faults of a pack."""
    with pytest.raises(RuleError) as caught:
        load_pack(path)
    return list(caught.value.errors)


@pytest.mark.parametrize("name", names("packs"))
def test_shipped_packs_are_sound(name: str) -> None:
    """What is not tried out in a pack asked for by name is sound, for by its path it is."""
    assert load_pack(shipped("rules") / "packs" / f"{name}.yaml") == load_pack(name)


def test_shipped_names() -> None:
    """The packs the program promises are shipped."""
    expected = "core de en es fr gb indirect interview nl public social us"
    assert " ".join(names("packs")) == expected
    assert (shipped("rules") / "packs" / "core.yaml").is_file()


@pytest.mark.parametrize("name", names("packs"))
def test_shipped_packs(name: str) -> None:
    """Every shipped pack loads, bears its file's name, a summary and sorted rules."""
    pack = load_pack(name)
    assert pack.name == name
    assert pack.summary
    assert len(pack.digest) == 64
    assert [rule.id for rule in pack.rules] == sorted(rule.id for rule in pack.rules)
    assert all(rule.id.startswith(f"{name}/") for rule in pack.rules)


def test_contents() -> None:
    """Gazetteer, titles, words and fictional numbers arrive in the model's form."""
    gb = load_pack("gb")
    leeds = next(place for place in gb.places if place.name == "Leeds")
    assert (leeds.town, leeds.region, leeds.country) == (
        "Leeds",
        "Yorkshire and the Humber",
        "United Kingdom",
    )
    assert gb.fictional_phones == {"GB": ("+44 7700 900", 3)}
    assert load_pack("us").fictional_phones == {"US": ("+1 202 555 01", 2)}
    assert load_pack("nl").fictional_phones == {}
    en = load_pack("en")
    assert en.titles["ms"] == "f"
    assert {"will", "rose", "young"} <= en.ordinary_words
    assert {"bbc", "house of commons"} <= en.allow
    core = {place.name: place for place in load_pack("core").places}
    assert core["Norway"].country == "Norway"
    assert core["UK"].country == "United Kingdom"
    assert not any(place.town for place in core.values())


def test_names_are_not_allowed_through() -> None:
    """No name that a person may bear is on an allow list."""
    allowed = {word for name in names("packs") for word in load_pack(name).allow}
    assert not allowed & {
        "may",
        "april",
        "june",
        "august",
        "sky",
        "jesus",
        "mac",
        "pearson",
        "rose",
    }


def test_public_figures() -> None:
    """The opt-in pack keeps full names only, and no default pack keeps a person's."""
    public = load_pack("public")
    assert {"stuart hall", "bell hooks", "claude levi strauss", "william shakespeare"} <= (
        public.figures
    )
    assert 200 <= len(public.figures) <= 300
    assert all(len(name.split()) > 1 for name in public.figures)
    assert not public.rules
    assert "public" not in PACKS
    assert not any(load_pack(name).figures for name in PACKS)
    assert not public.figures & public.allow
    assert not {name for name in public.allow if name in load_pack("en").ordinary_words}


def test_a_figure_needs_a_full_name(tmp_path: Path) -> None:
    """A lone family name would keep everybody who bears it, and is a fault."""
    path = tmp_path / "own.yaml"
    path.write_text("name: own\nfigures: [Orla Quennell, Quennell]\n", encoding="utf-8")
    assert faults(path) == ["pack own.yaml:2: figures: a public figure needs a full name"]


def test_common_names_are_not_ordinary() -> None:
    """Common family names that are hardly words are searched for everywhere."""
    words = {word for name in names("packs") for word in load_pack(name).ordinary_words}
    assert not words & {"smith", "jones", "kelly", "john", "sam", "tom", "jane", "harris", "evans"}


def test_ambiguous_towns_are_not_marked() -> None:
    """Towns that are words as well are in the gazetteer and not in the town rule."""
    gb = load_pack("gb")
    town = next(rule for rule in gb.rules if rule.id == "gb/town")
    assert "Reading" not in town.words
    assert "Chester" not in town.words
    assert "Leeds" in town.words
    assert any(place.name == "Reading" for place in gb.places)


def test_every_fault_is_reported(tmp_path: Path) -> None:
    """All faults of a file come at once, each with file, line and entry."""
    path = tmp_path / "gb.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    found = faults(path)
    expected = [
        "pack gb.yaml:2: regions: a region",
        "pack gb.yaml:3: colour: unknown key",
        "pack gb.yaml:5: rules/one: entity must",
        "pack gb.yaml:9: rules/one/patterns/1/regex: not a regular expression",
        "pack gb.yaml:10: rules/one/patterns/2/regex: matches the empty text",
        "pack gb.yaml:10: rules/one/patterns/2/score: must be a number from 0 to 1",
        "pack gb.yaml:10: rules/one/patterns/2: another pattern",
        "pack gb.yaml:13: rules/two/check: no such check",
        "pack gb.yaml:14: rules/two/role: must be one of",
        "pack gb.yaml:15: rules/two/presidio: must be the name of a class",
        "pack gb.yaml:18: rules/two/examples/match/1: ⟦ and ⟧",
        "pack gb.yaml:19: rules/two/examples/maybe: unknown key",
        "pack gb.yaml:20: rules/gb/two: another rule",
        "pack gb.yaml:20: rules/two: has neither",
        "pack gb.yaml:22: rules/4: lacks the key name",
        "pack gb.yaml:27: places/Nowhere/South: a town stands in two regions",
    ]
    missing = [start for start in expected if not any(one.startswith(start) for one in found)]
    assert missing == []
    assert len(found) == len(expected)


def test_presidio_form(tmp_path: Path) -> None:
    """A recognizer file of Presidio loads as it is."""
    path = tmp_path / "own.yaml"
    path.write_text(PRESIDIO, encoding="utf-8")
    pack = load_pack(path)
    assert pack.name == "own"
    assert [rule.id for rule in pack.rules] == ["own/titles", "own/zip-code-recognizer"]
    assert pack.rules[0].words == ("Mr.", "Mrs.")
    assert pack.rules[1].entity_type == "ZIP"
    assert pack.rules[1].patterns[0].score == pytest.approx(0.01)


def test_terms(tmp_path: Path) -> None:
    """Terms are filled in, may build on one another, and an unknown one is a fault."""
    path = tmp_path / "own.yaml"
    path.write_text(
        "terms: {a: x, b: '{{a}}y'}\n"
        "rules: [{name: r, entity: T, patterns: [{regex: ['{{b}}', z], score: 1}]}]\n",
        encoding="utf-8",
    )
    assert load_pack(path).rules[0].patterns[0].regex == "(?:(?:x)y)z"
    path.write_text("rules: [{name: r, entity: T, patterns: [{regex: 'a{{b}}', score: 1}]}]\n")
    assert faults(path) == ["pack own.yaml:1: rules/r/patterns/1/regex: no term 'b'"]


def test_digest_is_of_the_bytes(tmp_path: Path) -> None:
    """Any change of the file changes the digest."""
    path = tmp_path / "own.yaml"
    path.write_text("name: own\n")
    first = load_pack(path).digest
    path.write_text("name: own\n# changed\n")
    assert load_pack(path).digest != first


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"# nothing\n",
        b"a: [",
        b"- - - x",
        b"\xff\xfe",
        b"a: \x00",
        b"just text",
        b"&a [*a]",
        b"[" * 5000,
        b"name: x\nname: y\n",
        b"? [a]\n: b\n",
        b"<<: {a: 1}\n",
        b"name: !!python/object:os.system x\nrules: !!binary x\n",
    ],
)
def test_bad_files(tmp_path: Path, raw: bytes) -> None:
    """A file that is no rule pack is a rule error and nothing else."""
    path = tmp_path / "bad.yaml"
    path.write_bytes(raw)
    assert faults(path)[0].startswith("pack bad.yaml")


def test_unknown_name(tmp_path: Path) -> None:
    """A name that is neither shipped nor a file lists those there are."""
    with pytest.raises(RuleError, match="no rule pack 'xx'; there are: core, de, en"):
        load_pack("xx")
    with pytest.raises(RuleError, match="no rule pack 'none'"):
        load_pack(tmp_path / "none.yaml")


@pytest.mark.parametrize("name", ["x" * 5000, "", ".", "x" * 99, "a/b", "\0", "core.yaml"])
def test_odd_names(name: str) -> None:
    """Whatever is given as a name, the answer is a rule error."""
    with pytest.raises(RuleError):
        load_pack(name)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(("name", "rules", "places", "terms", "entity", "patterns", "x")),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_shape(tmp_path: Path, value: object) -> None:
    """A file of any shape is a pack, a policy, a study, or a rule error."""
    path = tmp_path / "any.yaml"
    path.write_text(json.dumps(value), encoding="utf-8")
    for load in (load_pack, load_policy, load_study):
        with contextlib.suppress(RuleError):
            load(path)


def test_example_marks() -> None:
    """Marks show the expected spans; without marks the whole text is meant."""
    assert example("a ⟦b⟧ c ⟦d⟧").spans == ("b", "d")
    assert example("a ⟦b⟧ c").text == "a b c"
    assert example("abc").spans == ("abc",)
