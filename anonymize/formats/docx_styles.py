"""Fonts, themes and styles that come with programs: their names say nothing of a person.

Styles are those of `w:latentStyles` and of LibreOffice, as names and as identifiers, in English
and, where Word translates them, in Dutch, French, German and Spanish.
"""

from __future__ import annotations

import regex

_THEMES = """
    Office|Office Theme|Office 2007 - 2010|Office 2013 - 2022 Theme|Office 2013 - 2022
    |Office Classic|Office Classic 2|Larissa|LibreOffice|Custom|Thème Office|Tema de Office
    |Kantoorthema|dark1
"""
_FONTS = """
    Times New Roman|Arial|Calibri|Calibri Light|Cambria|Cambria Math|Courier New|Symbol
    |Wingdings|Wingdings 2|Wingdings 3|Webdings|Verdana|Tahoma|Georgia|Garamond|Century
    |Century Gothic|Aptos|Aptos Display|Segoe UI|Segoe UI Symbol|Segoe UI Emoji|Segoe UI Light
    |Segoe UI Semibold|Candara|Consolas|Constantia|Corbel|Trebuchet MS|Comic Sans MS|Impact
    |Lucida Console|Lucida Sans|Lucida Sans Unicode|Book Antiqua|Bookman Old Style
    |Palatino Linotype|Franklin Gothic Book|Franklin Gothic Medium|Gill Sans MT|Rockwell
    |Arial Narrow|Arial Black|Arial Unicode MS|Courier|Helvetica|Helvetica Neue|Times|Palatino
    |MS Mincho|MS Gothic|MS PGothic|MS UI Gothic|Yu Mincho|Yu Gothic|Yu Gothic Light|SimSun
    |SimHei|NSimSun|Microsoft YaHei|DengXian|DengXian Light|PMingLiU|Microsoft JhengHei
    |Droid Sans Fallback|Lohit Hindi|MingLiU|Batang|BatangChe|Gulim|Malgun Gothic|Angsana New
    |Cordia New|Mangal|Latha|Shruti|Sylfaen|Raavi|Kartika|Tunga|Vrinda|Kalinga|Gautami
    |Iskoola Pota|Nyala|DaunPenh|MoolBoran|DokChampa|Plantagenet Cherokee|Euphemia
    |Microsoft Yi Baiti|Microsoft Himalaya|MV Boli|Estrangelo Edessa|Mongolian Baiti
    |Microsoft Uighur|Myanmar Text|Leelawadee UI|Nirmala UI|Ebrima|Gadugi|Arabic
    |Traditional Arabic|Simplified Arabic|Arabic Typesetting|Majalla UI|Sakkal Majalla|David
    |Miriam|Javanese Text|Phagspa|Microsoft PhagsPa|Microsoft Tai Le|Microsoft New Tai Lue
    |Myanmar MN|Liberation Serif|Liberation Sans|Liberation Mono|Liberation Sans Narrow
    |DejaVu Sans|DejaVu Serif|DejaVu Sans Mono|OpenSymbol|Noto Sans|Noto Serif|Noto Sans CJK SC
    |Noto Serif CJK SC|Noto Color Emoji|Noto Sans Mono CJK SC|Noto Sans Devanagari
    |Noto Sans Symbols|Lohit Devanagari|FreeSans|FreeSerif|FreeMono|Carlito|Caladea
    |Linux Libertine G|Linux Biolinum G|Nimbus Roman No9 L|Source Sans Pro|Source Code Pro
    |Open Sans|Roboto|Roboto Mono|Lato|Montserrat|Merriweather|Raleway|Oswald|Ubuntu|PT Sans
    |PT Serif|Nunito|Playfair Display|EB Garamond|Proxima Nova|Work Sans|Inter|Gungsuh
    |Quattrocento Sans|ＭＳ 明朝|ＭＳ ゴシック|ＭＳ Ｐゴシック|ＭＳ Ｐ明朝|맑은 고딕|宋体
    |新細明體|游ゴシック|游ゴシック Light|游明朝|等线|等线 Light|Tms Rmn|Helv|New York|System
    |Marlett|Fixedsys|Bahnschrift|Sitka Text|Gabriola|Ink Free|Script MT|Bradley Hand ITC
    |Baskerville Old Face|Perpetua|Bembo|Didot|Optima|Futura|Hoefler Text|Menlo|Monaco|Geneva
    |Lucida Grande|Avenir|Avenir Next|Univers|Frutiger|Tw Cen MT|Akzidenz-Grotesk|+mn-lt|+mj-lt
    |+mn-ea|+mj-ea|+mn-cs|+mj-cs|Times New Roman (Body CS)|Times New Roman (Headings CS)
    |Calibri (Body)|Tahoma Bold|Mangal1|Thorndale|Albany|Cumberland|Uroob|Khmer UI|Lao UI
    |Raanana|Sendnya|Jomolhari|Grotesque|Sans Serif|Serif|Monospace
"""
_STYLES = """
    normal|default paragraph font|table normal|normal table|no list|heading|title|subtitle
    |caption|toc|toc heading|header|footer|index|index heading|footnote text|footnote reference
    |endnote text|endnote reference|annotation text|annotation reference|annotation subject
    |comment text|comment reference|comment subject|comment text char|comment subject char
    |balloon text|balloon text char|page number|line number|hyperlink|followed hyperlink
    |followedhyperlink|strong|emphasis|list|list bullet|list number|list continue|list paragraph
    |list table|grid table|plain table|table grid|table grid light|tablegrid|body text
    |body text indent|body text char|body text first indent|block text|quote|intense quote
    |intense emphasis|subtle emphasis|subtle reference|intense reference|book title|no spacing
    |date|signature|salutation|closing|document map|plain text|e-mail signature|normal (web)
    |html acronym|html address|html cite|html code|html definition|html keyboard
    |html preformatted|html sample|html typewriter|html variable|outline list|table simple
    |table classic|table colorful|table columns|table list|table d effects|table contemporary
    |table elegant|table professional|table subtle|table web|table theme|placeholder text
    |light shading|light list|light grid|medium shading|medium list|medium grid|dark list
    |colorful shading|colorful list|colorful grid|envelope address|envelope return|macro
    |macro text|message header|normal indent|note heading|table of figures|table of authorities
    |toa heading|bibliography|revision|unresolved mention|mention|smart hyperlink|hashtag
    |smart link|grid table light|grid table dark|list table dark|grid table colorful
    |list table colorful|footer char|header char|heading char|title char|subtitle char
    |footnote text char|endnote text char|quote char|intense quote char|plain text char
    |html preformatted char|internet link|visited internet link|footnote characters
    |endnote characters|footnote anchor|endnote anchor|numbering symbols|bullets
    |preformatted text|table contents|table heading|frame contents|header and footer|text body
    |textbody|standard|horizontal line|list contents|list heading|line numbering|source text
    |visited hyperlink|user index|contents heading|contents|article section
    |standaardalinea-lettertype|default|style|absatz-standardschriftart|listenabsatz
    |tabellenraster|keineliste|normaletabelle|berschrift|kopfzeile|fuzeile|textkrper|titel
    |untertitel|standaard|kop|lijstalinea|tabelraster|geenlijst|standaardtabel|koptekst
    |voettekst|titre|paragraphedeliste|grilledutableau|aucuneliste|tableaunormal|policepardfaut
    |en-tte|pieddepage|ttulo|prrafodelista|fuentedeprrafopredeter|sinlista|tablanormal
    |tablaconcuadrcula|footnote|endnote|a|table style|tablenormal|nolist|quotations|definition term
    |definition list|sender|addressee|first line indent|hanging indent|list indent|marginalia
    |complimentary close|illustration|drawing|figure|table|text|authorship heading
    |interviewer|interviewee|respondent|participant|speaker|timestamp|transcript|question|answer
    |moderator|first paragraph|compact|source code|verbatim|author|abstract|image caption
    |table caption|captioned figure|definition|section number|html bottom of form|html top of form
"""


def _names(text: str) -> frozenset[str]:
    return frozenset(name for line in text.splitlines() for name in line.strip().split("|"))


_SIGNS = regex.compile(r"_20_|_28_|_29_|[\W\d_]+")
_LONG = regex.compile(r"\d{5}")
_ENDS = regex.compile(r"(?:accent|char|carattere|zchn|car|teken)+$")


def _style_key(name: str) -> str:
    """Return a name or identifier of a style in the form in which they are compared."""
    return _ENDS.sub("", _SIGNS.sub("", name.lower()))


_KNOWN_THEMES = _names(_THEMES)
_KNOWN_FONTS = frozenset(map(str.lower, _names(_FONTS)))
_CUTS = """
bold|italic|light|medium|semibold|demi|thin|extra|black|heavy|regular|condensed|narrow|wide|pro|std
|display|caption|text|mono|serif|sans|ui|unicode|cyr|ce|greek|tur|baltic|western|slab|neue|next|lt|ps
"""
_FONT_WORDS = frozenset(word for name in _KNOWN_FONTS | _names(_CUTS) for word in name.split())
_KNOWN_STYLES = frozenset(map(_style_key, _names(_STYLES)))


def is_font(value: str) -> bool:
    """Whether a value is the name of a font that many have or a cut of one, or empty."""
    return value.lower() in _KNOWN_FONTS or all(
        # LibreOffice numbers fonts of one name: `Mangal1`.
        word.rstrip("0123456789") in _FONT_WORDS and len(word) < 20
        for word in value.lower().split()
    )


def is_theme(value: str) -> bool:
    """Whether a value is the name of a theme that comes with a program, or empty."""
    return value in _KNOWN_THEMES


def is_style(value: str) -> bool:
    """Whether a value is a name or identifier of a style that comes with a program.

    >>> [is_style(one) for one in ("heading 1", "Heading1Char", "TableGrid", "JaneSmith")]
    [True, True, True, False]
    """
    key = _style_key(value)
    if not key:
        return len(value) <= 3
    return key in _KNOWN_STYLES and _LONG.search(value) is None
