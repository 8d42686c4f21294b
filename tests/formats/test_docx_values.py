"""Tests of what counts as markup in a word-processing document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anonymize.formats import docx_values as values
from anonymize.formats.docx_grammar import Context, slot
from anonymize.formats.docx_names import ATTRIBUTES, ELEMENTS, SPACES, is_prefix
from anonymize.formats.docx_styles import is_font, is_style, is_theme
from anonymize.formats.xml_text import Token, read_xml, tokens

NAMES = ("Jane", "Mira Keller", "jane_roe", "JR", "@jane", "447700900123", "jane@a.example", "Ab1x")
VML = "position:absolute;margin-left:12.5pt;mso-wrap-style:square;z-index:-2"


def test_names_are_no_markup() -> None:
    """No check takes a name, handle, address or number of a telephone for markup."""
    checks = (
        *(values.is_plain, values.is_language, values.is_style_sheet, values.is_outline),
        *(values.is_shape, values.is_list_mark, values.is_compatibility, values.is_bookmark),
        *(values.is_relation, values.is_object_name, values.is_formula, values.is_guide),
        *(values.is_date_format, values.is_script, is_font, is_style, is_theme, is_prefix),
    )
    assert [(check.__name__, one) for check in checks for one in NAMES if check(one)] == []


@pytest.mark.parametrize(
    ("check", "known"),
    [
        (values.is_plain, "240 -1.5 12pt 4472C4 auto thinThickSmallGap 0432FF 21600,21600 100%"),
        (values.is_outline, "m@4@5l@4@11@9@11@9@5xe"),
        (values.is_shape, "_x0000_s1026 #_x0000_t75 _x0000_i1025"),
        (values.is_list_mark, "%1. %1.%2) \uf0b7 o • (%3)"),
        (values.is_bookmark, "_GoBack _Toc12345678 _Ref1 OLE_LINK1 _heading=h.30j0zll"),
        (values.is_relation, "rId1 R0a1b2c3d4e5f6071"),
        (values.is_formula, "val_50000 */_w_adj_100000 pin_0_adj1_50000 +-_r_0_x1"),
        (values.is_date_format, "dd/MM/yyyy d_MMMM_yyyy h:mm_am/pm"),
        (is_style, "Heading1 heading_1 Heading1Char Grid_Table_4_Accent_1 ListParagraph Standard"),
        (is_font, "Calibri Times_New_Roman ＭＳ_明朝 Liberation_Serif Liberation_Sans_Unicode_MS"),
    ],
)
def test_what_programs_write_is_markup(check: object, known: str) -> None:
    """Numbers, words, formulas and names that programs write are known; `_` is a blank here."""
    assert callable(check)
    keep = check in {values.is_shape, values.is_bookmark}
    words = [one if keep else one.replace("_", " ") for one in known.split()]
    assert [one for one in words if not check(one)] == []


def test_styles_of_shapes() -> None:
    """Properties and numbers are markup; a word among them that is no property is not."""
    assert values.is_style_sheet(VML)
    assert values.is_style_sheet("if lineDrawn pixelLineWidth 0")
    assert not values.is_style_sheet(VML + ";jane:roe")
    assert not values.is_style_sheet("left:447700900123")


def _tag(uri: str) -> Token:
    """Return the tag of an element that has every attribute, with a name in each."""
    every = "".join(f' {one}="Zq7K Jane"' for one in sorted(ATTRIBUTES))
    own = every.replace(" ", " x:").replace("x:Jane", "Jane")
    text = read_xml(f'<x:a xmlns:x="{uri}"{own}{every}/>'.encode(), "a")
    return next(tokens(text, "a"))


@pytest.mark.parametrize("key", ["w", "wp", "a", "pic", "v", "o", "wps", "w14", "mc"])
def test_no_attribute_lets_a_name_through(key: str) -> None:
    """Of any element that is kept no attribute with a name in it is markup."""
    context = Context(frozenset({"rId1"}))
    tag = _tag(next(uri for uri, short in SPACES.items() if short == key))
    for name in sorted(ELEMENTS[key]):
        trail = [replace(tag, name=f"x:{name}", local=name)]
        for one in tag.attributes:
            if not one.name.startswith("xmlns") and not _by_element(name, one.local):
                assert slot(trail, one, context) is not None, (name, one.name)


def _by_element(name: str, local: str) -> bool:
    """Whether the element as a whole leaves with such a value."""
    return (name, local) in {
        ("compatSetting", "name"),
        ("font", "script"),
        ("docPartGallery", "val"),
    }
