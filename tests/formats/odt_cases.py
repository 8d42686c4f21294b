"""OpenDocument text made by hand: what a word processor writes, and what hides in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from anonymize.formats.odt_names import SPACES
from tests.formats.docx_cases import png

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_USED = (
    "office", "text", "table", "draw", "style", "fo", "svg", "xlink", "dc", "meta", "config",
    "number", "loext", "officeooo",
)  # fmt: skip
NAMESPACES = " ".join(f'xmlns:{short}="{uri}"' for uri, short in SPACES.items() if short in _USED)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MIMETYPE = "application/vnd.oasis.opendocument.text"

STYLES = (
    '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
    '<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"'
    ' style:parent-style-name="Standard" style:default-outline-level="1"/>'
    '<style:style style:name="Jane_20_quote" style:display-name="Jane quote"'
    ' style:family="paragraph" style:parent-style-name="Standard"><style:text-properties'
    ' fo:font-weight="bold" fo:color="#800000" style:font-name="Liberation Serif"'
    ' fo:language="en" fo:country="GB"/></style:style>'
)
AUTOMATIC = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard">'
    '<style:paragraph-properties fo:margin-left="0.5in" fo:text-align="start"'
    ' style:adjustment="left"/></style:style>'
    '<style:style style:name="T1" style:family="text"><style:text-properties'
    ' fo:font-style="italic" officeooo:rsid="0018de08"/></style:style>'
)
BODY = (
    '<text:tracked-changes><text:changed-region xml:id="ct1" text:id="ct1"><text:deletion>'
    "<office:change-info><dc:creator>Jane Smith</dc:creator><dc:date>2016-11-22T09:00:00"
    "</dc:date></office:change-info><text:p>Jane Smith was here first.</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes>"
    '<text:h text:style-name="Heading_20_1" text:outline-level="1">Interview with Jane Smith'
    "</text:h>"
    '<text:p text:style-name="P1">Int: Who <text:change text:change-id="ct1"/>taught you?</text:p>'
    '<text:p text:style-name="Jane_20_quote">Jane: Mrs <text:span text:style-name="T1">Mar'
    '</text:span>sh<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1'
    "</text:note-citation><text:note-body><text:p>Emily Marsh of Ashby.</text:p></text:note-body>"
    '</text:note>. Write<text:s text:c="2"/>to <text:a xlink:type="simple"'
    ' xlink:href="mailto:jane.smith@college.example?subject=Jane">Jane</text:a>, see'
    ' <text:a xlink:type="simple" xlink:href="https://college.example/staff/jsmith">her page'
    '</text:a> or <text:a xlink:type="simple" xlink:href="#About Jane|outline">above</text:a>.'
    '<office:annotation office:name="note Jane" loext:resolved="false"><dc:creator>Jane Smith'
    "</dc:creator><dc:date>2016-11-22T09:00:00</dc:date><meta:creator-initials>JS"
    "</meta:creator-initials><text:p>Ask Jane again.</text:p></office:annotation>"
    '<text:line-break/>Then<text:tab/>she left.<office:annotation-end office:name="note Jane"/>'
    "</text:p>"
    '<text:p text:style-name="P1">Int: See <text:bookmark-start text:name="JaneMark"/>Jane'
    '<text:bookmark-end text:name="JaneMark"/>, <text:bookmark-ref'
    ' text:reference-format="text" text:ref-name="JaneMark">Jane</text:bookmark-ref>, said'
    ' <text:author-name text:fixed="true">Jane Smith</text:author-name> in '
    '<text:file-name text:display="full">/srv/jsmith/Jane Smith.odt</text:file-name>'
    '<text:hidden-text text:condition="ooow:1" text:string-value="Jane Smith" text:is-hidden='
    '"true"/><text:user-defined text:name="Jane">her words</text:user-defined>.</text:p>'
    '<table:table table:name="Talk with Jane" table:style-name="Table1"><table:table-column'
    ' table:number-columns-repeated="2"/><table:table-row><table:table-cell'
    ' office:value-type="string"><text:p>Jane</text:p></table:table-cell><table:table-cell'
    ' office:value-type="string"><text:p>I like it here.</text:p></table:table-cell>'
    "</table:table-row></table:table>"
    '<text:list text:style-name="L1"><text:list-item><text:p text:style-name="P1">Jane: First, a'
    " list.</text:p></text:list-item></text:list>"
    '<text:p text:style-name="P1">Jane: Look:<draw:frame draw:name="Photo of Jane"'
    ' text:anchor-type="as-char" svg:width="2cm" svg:height="2cm" draw:z-index="0"><draw:image'
    ' xlink:href="Pictures/jane-smith.png" xlink:type="simple" xlink:show="embed"'
    ' xlink:actuate="onLoad" draw:mime-type="image/png"/><svg:title>Jane Smith</svg:title>'
    '<svg:desc>Jane at school</svg:desc></draw:frame><draw:frame draw:name="F2"'
    ' text:anchor-type="paragraph" svg:width="5cm"><draw:text-box><text:p>Jane in a box</text:p>'
    "</draw:text-box></draw:frame></text:p>"
    '<text:section text:name="Part Jane" text:style-name="Sect1"><text:section-source'
    ' xlink:href="file:///srv/jsmith/part.odt"/><text:p text:style-name="P1">Int: Thank you.'
    "</text:p></text:section>"
)
META = (
    "<meta:generator>Writer of Jane Smith</meta:generator><meta:initial-creator>Jane Smith"
    "</meta:initial-creator><dc:creator>Jane Smith</dc:creator><dc:title>Jane Smith</dc:title>"
    '<meta:user-defined meta:name="Jane">Jane Smith</meta:user-defined>'
    '<meta:template xlink:href="file:///srv/jsmith/t.ott" xlink:title="Jane"/>'
)
SETTINGS = (
    '<config:config-item-set config:name="ooo:configuration-settings"><config:config-item'
    ' config:name="TabOverMargin" config:type="boolean">false</config:config-item>'
    '<config:config-item config:name="PrinterName" config:type="string">Jane Smith'
    "</config:config-item></config:config-item-set>"
)


def page(element: str, content: str) -> str:
    """Return a file of a package."""
    return f'{HEAD}<office:{element} {NAMESPACES} office:version="1.3">{content}</office:{element}>'


def manifest(names: Mapping[str, str], more: str = "") -> str:
    """Return the list of the files of a package, by path and media type."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in names.items()
    )
    return (
        f'{HEAD}<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0" manifest:version="1.3">'
        f"{entries}{more}</manifest:manifest>"
    )


def parts(body: str = BODY, **more: str) -> dict[str, str | bytes]:
    """Return the files of a document, by path.

    Args:
        body: What stands in its text.
        **more: Content of `styles`, `automatic`, `meta` or `settings` instead of this module's.
    """
    header = (
        '<style:master-page style:name="Standard" style:page-layout-name="pm1"><style:header>'
        "<text:p>Jane Smith, Ashby</text:p></style:header><style:footer><text:p>Page "
        '<text:page-number text:select-page="current">1</text:page-number></text:p>'
        "</style:footer></style:master-page>"
    )
    found: dict[str, str | bytes] = {
        "mimetype": MIMETYPE,
        "content.xml": page(
            "document-content",
            f"<office:scripts/><office:automatic-styles>{more.get('automatic', AUTOMATIC)}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body>",
        ),
        "styles.xml": page(
            "document-styles",
            f"<office:styles>{more.get('styles', STYLES)}</office:styles><office:automatic-styles>"
            '<style:page-layout style:name="pm1"><style:page-layout-properties'
            ' fo:page-width="21.001cm" fo:page-height="29.7cm"/></style:page-layout>'
            f"</office:automatic-styles><office:master-styles>{header}</office:master-styles>",
        ),
        "meta.xml": page("document-meta", f"<office:meta>{more.get('meta', META)}</office:meta>"),
        "settings.xml": page(
            "document-settings",
            f"<office:settings>{more.get('settings', SETTINGS)}</office:settings>",
        ),
        "Thumbnails/thumbnail.png": png("Jane Smith"),
        "Pictures/jane-smith.png": png("Jane Smith"),
        "Configurations2/accelerator/current.xml": "<jane/>",
        "manifest.rdf": "<rdf>Jane Smith</rdf>",
    }
    names = {"/": MIMETYPE} | {
        name: "image/png" if name.endswith("png") else "text/xml"
        for name in found
        if name != "mimetype"
    }
    return found | {"META-INF/manifest.xml": manifest(names)}


def pack(files: Mapping[str, str | bytes]) -> bytes:
    """Return a package, its type first and stored."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2016, 11, 22, 9, 0, 0)), data, kind)
    return out.getvalue()


def flat(body: str = BODY) -> bytes:
    """Return the document as one file."""
    picture = "<office:binary-data>SmFuZSBTbWl0aA==</office:binary-data>"
    body = body.replace(
        '<draw:image xlink:href="Pictures/jane-smith.png" xlink:type="simple" xlink:show="embed"'
        ' xlink:actuate="onLoad" draw:mime-type="image/png"/>',
        f'<draw:image draw:mime-type="image/png">{picture}</draw:image>',
    )
    return (
        f'{HEAD}<office:document {NAMESPACES} office:version="1.3" office:mimetype="{MIMETYPE}">'
        f"<office:meta>{META}</office:meta><office:settings>{SETTINGS}</office:settings>"
        f"<office:styles>{STYLES}</office:styles><office:automatic-styles>{AUTOMATIC}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document>"
    ).encode()
