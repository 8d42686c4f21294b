from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.errors import AnonymizeError, RuleError
from anonymize.model.folding import words
from anonymize.model.names import PARTICLES
from anonymize.rulepacks import nicknames
from anonymize.rulepacks.location import names, shipped
from anonymize.rulepacks.nicknames import NameList, Nicknames, combine, load, read
from anonymize.rulepacks.reading import Faults, read_yaml

LANGUAGES = names("names")
LISTED = sorted(load().formal_of)


def file(language: str) -> Path:
    """Return the shipped list of a language."""
    return shipped("rules") / "names" / f"{language}.yaml"


def faults(folder: Path, text: str) -> list[str]:
    """Return the faults of a list of that text."""
    path = folder / "xx.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        read(path)
    return list(caught.value.errors)


SHORT = """
    elizabeth liz  elizabeth lizzie  elizabeth beth  elizabeth betty  elizabeth betsy
    elizabeth eliza  elizabeth libby  elizabeth lisbeth  elisabeth liz  elizabeth lizzy
    william will  william bill  william billy  william willie  william liam
    jane janey  jane janie  thomas tommy  margaret peggy  richard dick  edward ted
    catherine kate  kathryn kate  katharine katie  geoffrey jeff  jeffrey geoff  stephen steve
    jonathan jon  john johnny  john jack  james jim  robert bob  robert bobby  theresa tess
    johannes jan  johannes hans  johannes johan  johannes joop  cornelis kees  cornelis cees
    cornelis cor  wilhelmina mien  wilhelmina willemijn  wilhelmina mina  jacobus koos
    johannes hannes  josef sepp  ulrike uli  ursula uschi  joachim jochen  friedrich fritz
    jose pepe  francisco paco  francisco pancho  francisco fran  francisco kiko  dolores lola
    ignacio nacho  concepcion conchi  enrique quique  jesus chus  jose maria chema
    frederic fred  emmanuel manu  sebastien seb  elisabeth babeth  nathalie nath
    giuseppe beppe  vincenzo enzo  katarzyna kasia  lukasz lukasz  stanislaw staszek
    yevgeny zhenya  alexander sasha  ekaterina katya  mohammed mo  georgios yiorgos
"""
"""Formal name and short form; of names of two words the last is the short form."""


def told(text: str) -> list[tuple[str, str]]:
    """Return the pairs of a table: between two blanks or at an end of line."""
    cells = [cell for line in text.splitlines() for cell in line.strip().split("  ") if cell]
    pairs = [tuple(cell.rsplit(" ", 1)) for cell in cells]
    return [(one, other) for one, other in pairs if one != other]


@pytest.mark.parametrize(("formal", "short"), told(SHORT))
def test_short_forms(formal: str, short: str) -> None:
    """A usual short form leads to the formal name in any spelling, and back."""
    assert formal in load().formal(short)
    assert short in load().short(formal)
    assert formal not in load().short(short)
    assert load().related(formal, short)
    assert load().related(short, formal)
    assert not load().siblings(formal, short)


VARIANTS = """
    catherine katherine  katherine kathryn  catherine katharine  yevgeny evgeny
    mohammed muhammad  mohammed mohamed  sean shaun  sean shawn  steven stephen  geoff jeff
    geoffrey jeffrey  jane jayne  sarah sara  isabel isobel  lizzie lizzy  zac zak
    jurgen juergen  gunter guenther  mathieu matthieu  dmitri dmitry  youssef yusuf
"""


@pytest.mark.parametrize(("one", "other"), told(VARIANTS))
def test_variants(one: str, other: str) -> None:
    """Spellings of one name are related, both ways, and neither is short for the other."""
    assert load().related(one, other)
    assert load().related(other, one)
    assert other in load().short(one)
    assert one not in load().formal(other)


APART = """
    maria marie  jon john  anna hanna  anna hannah  joan jane  joan jean  erik erika  carl carly
    alexander alexandra  samuel samantha  christopher christina  patrick patricia  emil emily
    bethan bethany  joel joely  bill billie  mary molly  sarah sally  ann nancy  marc marcus
    mario maria  daniel daniela  julia julie  dan dean  geert gert  geert geertje  ben benito
    nicola nicole  diana diane  lisa elisabeth  karl karla  leon leonie  angel angelita
    gerald gerard  ellen helen  michael michelle  harry barry  tim tom
"""


@pytest.mark.parametrize(("one", "other"), told(APART))
def test_look_alikes_are_names_of_their_own(one: str, other: str) -> None:
    """Names that look or sound alike, or share a short form, are neither related nor siblings."""
    for pair in ((one, other), (other, one)):
        assert not load().related(*pair)
        assert not load().siblings(*pair)


@pytest.mark.parametrize(
    ("short", "formal"),
    [
        ("alex", {"alexander", "alexandra", "alexandre", "alejandro"}),
        ("sam", {"samuel", "samantha"}),
        ("chris", {"christopher", "christine", "christina", "christian"}),
        ("pat", {"patrick", "patricia"}),
        ("charlie", {"charles", "charlotte"}),
        ("jo", {"joanna", "joanne", "josephine", "johanna"}),
        ("beto", {"alberto", "roberto", "humberto"}),
    ],
)
def test_ambiguous(short: str, formal: set[str]) -> None:
    """A short form of several names has all of them, and they stay apart from one another."""
    assert formal <= load().formal(short)
    for one, other in pairwise(sorted(formal)):
        assert not load().siblings(one, other)
    assert not load().related("alexander", "alexandra")


@pytest.mark.parametrize(
    "pair", [("liz", "beth"), ("bill", "will"), ("paco", "kiko"), ("jan", "joop")]
)
def test_siblings(pair: tuple[str, str]) -> None:
    """Two short forms of one name are siblings, which is less than related."""
    one, other = pair
    assert load().siblings(one, other)
    assert load().siblings(other, one)
    assert not load().related(one, other)


@pytest.mark.parametrize(
    ("pet", "base"),
    [
        ("tommy", "tom"),  # listed for Thomas, by rule of Tom as well
        ("lizzie", "liz"),
        ("kevvy", "kevin"),
        ("craigie", "craig"),
        ("seanie", "sean"),
        ("brucie", "bruce"),
        ("markie", "marc"),
        ("keesje", "kees"),
        ("keesje", "cornelis"),
        ("jantje", "johannes"),
        ("juanito", "juan"),
        ("pablito", "pablo"),
        ("jorgito", "jorge"),
        ("paquito", "paco"),
        ("dieguito", "diego"),
        ("pepito", "jose"),
        ("rosita", "rosa"),
        ("lolita", "dolores"),
    ],
)
def test_regular_pet_names(pet: str, base: str) -> None:
    """A pet name made by rule is related to what it is made of, and to the name in full."""
    assert base in load().formal(pet)
    assert load().related(base, pet)


@pytest.mark.parametrize(
    "word",
    ["carly", "emily", "bethany", "kelly", "benito", "hendrikje", "party", "exito", "tje", "y", ""],
)
def test_no_pet_names(word: str) -> None:
    """Names of their own and ordinary words are no pet names, though they end like one."""
    assert load().formal(word) == frozenset()


def test_unknown_names() -> None:
    """A name on no list is only related to itself."""
    assert load().formal("zyx") == load().short("zyx") == frozenset()
    assert load().related("zyx", "zyx")
    assert not load().related("zyx", "jane")
    assert not load().siblings("zyx", "zyx")
    assert {"liz", "pepe"} <= set(load().names()) <= set(LISTED)
    assert not {"carly", "zyx"} & set(load().names())


@given(st.sampled_from(LISTED), st.sampled_from(LISTED))
def test_symmetry(one: str, other: str) -> None:
    """Being related or siblings goes both ways and excludes one another."""
    assert load().related(one, other) == load().related(other, one)
    assert load().siblings(one, other) == load().siblings(other, one)
    assert not (load().related(one, other) and load().siblings(one, other))


@given(st.sampled_from(LISTED))
def test_listed_names(name: str) -> None:
    """Every name of the lists is folded, no form of itself, and known from both sides."""
    assert words(name) == name
    assert name not in load().formal(name) | load().short(name)
    assert all(name in load().short(formal) for formal in load().formal(name))
    assert all(load().related(form, name) for form in load().short(name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_are_the_projects_own(language: str) -> None:
    """Each list says whose it is, is in order, and holds no word of family names."""
    lines = file(language).read_text("utf-8").splitlines()
    head = " ".join(line.lstrip("# ") for line in lines[: lines.index("short:")])
    assert "The project's own list, from general knowledge." in head
    one = read(file(language))
    forms = {form for forms in one.short.values() for form in forms}
    assert one.own.isdisjoint({*one.short, *forms, *one.spellings()})
    assert PARTICLES.isdisjoint({*one.own, *one.short, *forms, *one.spellings()})
    # Spellings share one entry.
    assert [spelt for spelt in one.variants if len(spelt & set(one.short)) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_are_yaml(language: str) -> None:
    """What is read by lines is what a reader of YAML sees."""
    found = Faults(language)
    root = read_yaml(file(language), found)[0].keys(("short", "variants", "names"))
    one = read(file(language))
    short = {words(name): entry.texts() for name, entry in root["short"].mapping().items()}
    assert {name: tuple(map(words, forms)) for name, forms in short.items()} == one.short
    sets = root["variants"].sequence() if "variants" in root else []
    assert tuple(frozenset(map(words, entry.texts())) for entry in sets) == one.variants
    rows = root["names"].sequence() if "names" in root else []
    assert {words(name) for row in rows for name in row.texts()} == one.own
    found.raise_any()


def test_sizes() -> None:
    """The lists cover what studies in these languages meet."""
    assert {"de", "en", "es", "fr", "nl"} <= set(LANGUAGES)
    assert len(read(file("en")).short) > 350
    assert all(len(read(file(language)).short) > 60 for language in LANGUAGES)


def test_faults(tmp_path: Path) -> None:
    """All that is wrong is told at once, with file and line."""
    text = """# a list
other:
short
short:
  tom thomas
  - tom thomas
  thomas: tom
  # a note
  thomas: tommy
  ann: annie Annié
  sam: Säm
  !!: jon
  jon: j2
variants:
  - carl
  - karl carl
  sean: shaun
names:
  - eve eve
 - eve
"""
    form = "must be `name: forms` under short, else `- names`, indented by two"
    pair = "must be two spellings or more, of which no other entry has one"
    assert faults(tmp_path, text) == [
        "names xx.yaml:2: must be one of short:, variants:, names:",
        "names xx.yaml:3: must be one of short:, variants:, names:",
        f"names xx.yaml:5: {form}",
        f"names xx.yaml:6: {form}",
        "names xx.yaml:9: thomas: another entry has this name",
        "names xx.yaml:10: a name stands there twice",
        "names xx.yaml:11: a name stands there twice",
        "names xx.yaml:12: a name must be words of letters",
        "names xx.yaml:13: a form must be one word of letters",
        f"names xx.yaml:15: {pair}",
        f"names xx.yaml:16: {pair}",
        f"names xx.yaml:17: {form}",
        "names xx.yaml:19: a name stands there twice",
        f"names xx.yaml:20: {form}",
    ]
    assert faults(tmp_path, "  tom: thomas\n")[0].startswith("names xx.yaml:1: ")


def test_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its lists the program would miss who is who; it says so instead."""
    monkeypatch.setattr(nicknames, "names", lambda _: ())
    with pytest.raises(AnonymizeError, match="lists of names"):
        load.__wrapped__()
    with pytest.raises(RuleError, match=r"names xx\.yaml: cannot be read"):
        read(tmp_path / "xx.yaml")


def test_languages_do_not_chain() -> None:
    """Spellings of one language are not handed on through another."""
    one = NameList("a", {"carl": ("cal",)}, (frozenset({"carl", "karl"}),))
    other = NameList("b", {}, (frozenset({"karl", "karol"}),))
    both: Nicknames = combine([one, other])
    assert both.related("karl", "karol")
    assert both.related("karl", "cal")
    assert not both.related("carl", "karol")
    assert not both.related("karol", "cal")
    assert "carl" not in repr(both) + repr(one)
