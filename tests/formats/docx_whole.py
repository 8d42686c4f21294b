"""A document written by hand that has one of everything, and a place for a string in every leaf."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

from tests.formats.docx_cases import HEAD, SPACES, pack, para, png, rels, root, run, types

Fill = Callable[[str, str], str]
"""Gives what stands in a leaf: where it is, and what stands there in an ordinary document."""

ASKS, TELLS = "Quentella Ravensmoor", "Tamsyn Oakshard"
UNDERLINED = '<w:u w:val="single"/>'
MAIL = "quentella.ravensmoor@college.example"
NAMES = ("Quentella", "Ravensmoor", "Tamsyn", "Oakshard", "quentella.ravensmoor", "college.example")
_OFFICE = "http://schemas.openxmlformats.org/"
_MS = "http://schemas.microsoft.com/office/"
_OFFICIAL = "application/vnd.openxmlformats-officedocument."
_WML = _OFFICIAL + "wordprocessingml."


def _changed(fill: Fill, where: str) -> str:
    author, when = fill(f"{where} author", ASKS), fill(f"{where} date", "2021-05-04T10:30:00Z")
    return f'w:id="901" w:author="{author}" w:date="{when}"'


def _field(instruction: str, shown: str) -> str:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    told = f"<w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>"
    return f"{char('begin')}{told}{char('separate')}{run(shown)}{char('end')}"


def _split(name: str, mark: str = "<w:b/>") -> str:
    """Return a name cut into runs, as editing cuts it, the first one bold."""
    rest = f'<w:r w:rsidR="00A12B34"><w:t>{escape(name[3:])}</w:t></w:r>'
    return f'{run(name[:3], mark)}<w:proofErr w:type="spellStart"/>{rest}'


def _box(fill: Fill, text: str) -> str:
    """Return a text box in both forms."""
    inner = f"<w:txbxContent>{para(text)}</w:txbxContent>"
    shape = (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="2400000" cy="500000"/><wp:docPr id="7" '
        f'name="{fill("docPr name", "C:&#92;Home&#92;quentella")}" '
        f'descr="{fill("docPr descr", "A note by Tamsyn Oakshard")}"/>'
        f'<a:graphic><a:graphicData uri="{SPACES["wps"]}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2400000" cy="500000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill>'
        '<a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr>'
        f"<wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing>"
    )
    old = (
        f'<w:pict><v:shape id="{fill("shape id", "Box of Tamsyn")}" '
        f'style="width:189pt;height:39pt" alt="{fill("shape alt", "By Tamsyn")}">'
        f"<v:textbox>{inner}</v:textbox></v:shape></w:pict>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _picture(fill: Fill) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/>'
        f'<wp:docPr id="8" name="{fill("picture name", "tamsyn.jpg")}" '
        f'title="{fill("picture title", "Tamsyn.png")}"/><a:graphic>'
        f'<a:graphicData uri="{SPACES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" '
        f'name="{fill("pic name", "tamsyn.jpg")}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rId20" r:link="rId21"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _body(fill: Fill, asks: str, tells: str) -> str:
    first = tells.partition(" ")[0]
    asked = asks.partition(" ")[0]
    bookmark, style = fill("bookmark", "talk_with_Tamsyn"), fill("style id", "TamsynStyle")
    control = (
        f'<w:sdtPr><w:alias w:val="{fill("alias", "Tamsyn")}"/><w:tag w:val="{fill("tag", "t1")}"/>'
        f'<w:id w:val="12345"/><w:dataBinding w:xpath="{fill("xpath", "/a/b")}" w:storeItemID="'
        f'{fill("store item", "{1B2A3C4D-0000-4000-8000-000000000001}")}"/><w:text/></w:sdtPr>'
    )
    table = "".join(
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{para(who)}</w:tc>'
        f'<w:tc><w:tcPr><w:tcW w:w="6000" w:type="dxa"/></w:tcPr>{para(said)}</w:tc></w:tr>'
        for who, said in (
            (asks, f"One more, {first}?"),
            (tells, "Yes, of course."),
            (asks, "Where do you live?"),
            (tells, "Near the harbour."),
        )
    )
    grid = '<w:tblPr><w:tblW w:w="8000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid>'
    gone, moved = _changed(fill, "del"), _changed(fill, "moveFrom")
    return "".join(
        (
            f"<!-- {fill('comment node', 'by Tamsyn')} --><?mso {fill('instruction', 'Tamsyn')}?>",
            para(
                f"Interview with {tells}",
                properties=f'<w:pStyle w:val="{style}"/><w:pPrChange {_changed(fill, "pPrChange")}>'
                f'<w:pPr><w:jc w:val="center"/></w:pPr></w:pPrChange>',
            ),
            para(run(f"{asks}:", "<w:b/>"), " Where did you begin", "<w:r><w:tab/></w:r>", "then?"),
            para(
                _split(f"{tells}:"),
                " In the old school, Ms ",
                _split(asks.partition(" ")[2]),
                ". My name is ",
                _split(tells, '<w:i/><w:color w:val="1F3864"/>'),
                f"<w:ins {_changed(fill, 'ins')}>{run(' and I am glad, ' + asked)}</w:ins>",
                f"<w:del {gone}><w:r><w:delText>{fill('deleted', 'Tamsyn lied')}</w:delText>"
                f"</w:r></w:del>",
                '<w:r><w:footnoteReference w:id="2"/></w:r>',
            ),
            para(
                f"{asks}: Write to ",
                f'<w:hyperlink r:id="rId22" w:tooltip="{fill("tooltip", "Mail Quentella")}">'
                f"{run(fill('link text', MAIL), UNDERLINED)}</w:hyperlink>",
                " or see ",
                f'<w:hyperlink w:anchor="{bookmark}">{run("above")}</w:hyperlink>',
                ", page ",
                _field(f" PAGEREF {bookmark} \\h ", "1"),
                " of ",
                _field(" NUMPAGES ", "2"),
                ". ",
                _field(f' HYPERLINK "mailto:{fill("field mail", MAIL)}" ', "this link"),
                _field(f' ADDIN ZOTERO_ITEM {{"a":"{fill("addin", "Oakshard")}"}} ', "(2019)"),
                f'<w:fldSimple w:instr=" AUTHOR {fill("author field", "Quentella")}'
                f' ">{run("me")}</w:fldSimple>',
            ),
            para(
                f"<w:moveFrom {moved}>{run(fill('moved from', 'Tamsyn moved'))}</w:moveFrom>",
                properties=f"<w:rPr><w:del {gone}/></w:rPr>",
            ),
            para(
                f"{tells}: ",
                f'<w:bookmarkStart w:id="1" w:name="{bookmark}"/>',
                '<w:commentRangeStart w:id="3"/>',
                "Thank you.",
                '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>',
                '<w:bookmarkEnd w:id="1"/>',
                f'<w:permStart w:id="5" w:ed="{fill("permission", MAIL)}"/><w:permEnd w:id="5"/>',
                _box(fill, f"{first} said this too"),
            ),
            (
                f"<w:sdt>{control}<w:sdtContent>{para(f'{asks}: Thanks, {first}.')}</w:sdtContent>"
                f"</w:sdt>"
            ),
            f"<w:tbl>{grid}{table}</w:tbl>",
            para(_picture(fill)),
            para(
                '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr '
                f'id="9" name="Chart 1"/><a:graphic><a:graphicData uri="{SPACES["c"]}">'
                '<c:chart r:id="rId23"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
                '<w:r><w:object w:dxaOrig="900" w:dyaOrig="900"><v:shape'
                ' style="width:45pt;height:45pt">'
                '<v:imagedata r:id="rId20" '
                f'o:title="{fill("imagedata title", "Tamsyn")}"/></v:shape><o:OLEObject'
                f' Type="Embed" '
                f'ProgID="Excel.Sheet.12" ObjectID="{fill("object id", "_1")}" r:id="rId24"/>'
                f"</w:object></w:r>",
            ),
            para(
                f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden for {first}</w:t></w:r>",
                f'<x:mark xmlns:x="{fill("foreign namespace", "urn:tamsyn")}"'
                f' x:by="{fill("foreign", "T")}">'
                f"{fill('foreign text', 'Tamsyn')}</x:mark>",
                properties=f'<w:zzUnknown w:val="{fill("unknown element", "Tamsyn")}"/>',
            ),
            (
                '<w:sectPr><w:headerReference w:type="default" r:id="rId25"/>'
                '<w:footerReference w:type="default" r:id="rId26"/>'
                '<w:pgSz w:w="11906" w:h="16838"/>'
                '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" '
                'w:footer="708" w:gutter="0"/></w:sectPr>'
            ),
        ),
    )


_WORD_PARTS = {
    "document": "document.main", "styles": "styles", "settings": "settings",
    "fontTable": "fontTable", "numbering": "numbering", "footnotes": "footnotes",
    "comments": "comments", "commentsExtended": "commentsExtended", "people": "people",
    "header1": "header", "footer1": "footer", "webSettings": "webSettings",
    "glossary/document": "document.glossary",
}  # fmt: skip


def parts(fill: Fill, asks: str = ASKS, tells: str = TELLS) -> dict[str, str | bytes]:
    """Return the parts of a document that has one of everything.

    Args:
        fill: Gives what stands in its leaves.
        asks: Who interviews, and wrote the comment.
        tells: Who is interviewed.
    """
    first = tells.partition(" ")[0]
    style = fill("style id", "TamsynStyle")
    overrides = {f"word/{name}.xml": f"{_WML}{said}+xml" for name, said in _WORD_PARTS.items()} | {
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "docProps/custom.xml": _OFFICIAL + "custom-properties+xml",
        "word/charts/chart1.xml": _OFFICIAL + "drawingml.chart+xml",
    }
    mailed = f"mailto:{fill('link mail', MAIL)}?subject={fill('subject', 'Tamsyn')}"
    own = [
        (f"rId{n}", name.rstrip("1"), f"{name}.xml", False)
        for n, name in enumerate(("styles", "settings", "fontTable", "numbering", "footnotes",
                                  "comments", "people", "webSettings"), 1)
    ] + [
        ("rId20", "image", "media/image1.png", False),
        ("rId21", "image", f"file:///C:/Home/{fill('linked picture', 'tamsyn')}.png", True),
        ("rId22", "hyperlink", mailed, True),
        ("rId23", "chart", "charts/chart1.xml", False),
        ("rId24", "oleObject", "embeddings/oleObject1.bin", False),
        ("rId25", "header", "header1.xml", False),
        ("rId26", "footer", "footer1.xml", False),
        ("rId27", "attachedTemplate", f"file:///C:/{fill('template', 'quentella')}.dotx", True),
        ("rId28", "customXml", "../customXml/item1.xml", False),
        ("rId29", "hyperlink", f"https://college.example/{fill('page', 'tamsyn')}", True),
        ("rId30", "glossaryDocument", "glossary/document.xml", False),
        ("rId31", _MS + "2011/relationships/commentsExtended", "commentsExtended.xml", False),
    ]  # fmt: skip
    core = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    mark = "<w:r><w:footnoteRef/></w:r>"
    made = fill("created", "2021-05-04T10:30:00Z")
    made = f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
    return {
        "[Content_Types].xml": types(overrides),
        "_rels/.rels": rels(
            ("rId1", "officeDocument", "word/document.xml", False),
            (
                "rId2",
                _OFFICE + "package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
                False,
            ),
            ("rId3", "extended-properties", "docProps/app.xml", False),
            ("rId4", "custom-properties", "docProps/custom.xml", False),
            (
                "rId5",
                _OFFICE + "package/2006/relationships/metadata/thumbnail",
                "docProps/thumbnail.jpeg",
                False,
            ),
        ),
        "docProps/core.xml": f"{HEAD}<cp:coreProperties {core}>"
        f"<dc:title>{fill('title', 'Talk with Tamsyn')}</dc:title>"
        f"<dc:creator>{asks}</dc:creator><cp:keywords>{fill('keywords', 'Oakshard')}</cp:keywords>"
        f"<cp:lastModifiedBy>{asks}</cp:lastModifiedBy>{made}</cp:coreProperties>",
        "docProps/app.xml": f'{HEAD}<Properties xmlns="{_OFFICE}officeDocument/2006/'
        f'extended-properties"><Template>{fill("app template", "quentella.dotm")}</Template>'
        f"<Company>{fill('company', 'Ravensmoor College')}</Company></Properties>",
        "docProps/custom.xml": f'{HEAD}<Properties xmlns="{_OFFICE}officeDocument/2006/'
        f'custom-properties"><property name="{fill("property", "Interviewee")}">'
        f"{fill('property value', 'Tamsyn')}</property></Properties>",
        "docProps/thumbnail.jpeg": b"\xff\xd8" + fill("thumbnail", "Tamsyn").encode(),
        "word/document.xml": root(
            "w:document", f"<w:body>{_body(fill, asks, tells)}</w:body>"
        ).replace(
            "<w:p><w:pPr><w:pStyle",
            '<w:p w14:paraId="1A2B3C4D" w:rsidR="00AB12CD"><w:pPr><w:pStyle',
        ),
        "word/_rels/document.xml.rels": rels(*own),
        "word/styles.xml": root(
            "w:styles",
            '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="'
            f'{fill("font", "Tamsyn Sans")}"/><w:sz w:val="24"/></w:rPr></w:rPrDefault>'
            f"</w:docDefaults>"
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name'
            ' w:val="Normal"/></w:style>'
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style}"><w:name'
            f' w:val="{style}"/>'
            f'<w:aliases w:val="{fill("style alias", "Tamsyn")}"/><w:basedOn w:val="Normal"/>'
            '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>',
        ),
        "word/settings.xml": root(
            "w:settings",
            '<w:zoom w:percent="100"/><w:attachedTemplate r:id="rId27"/><w:trackRevisions/>'
            f'<w:rsids><w:rsidRoot w:val="{fill("rsid", "00AB12CD")}"/></w:rsids>'
            f'<w:docVars><w:docVar w:name="{fill("variable", "who")}"'
            f' w:val="{fill("value", "T")}"/></w:docVars>'
            f'<w15:docId w15:val="{fill("document id", "{0F0E}")}"/>',
        ),
        "word/fontTable.xml": root(
            "w:fonts",
            f'<w:font w:name="Calibri"/><w:font w:name="{fill("font name", "Tamsyn Sans")}">'
            f'<w:altName w:val="{fill("font alias", "Tamsyn")}"/></w:font>',
        ),
        "word/numbering.xml": root(
            "w:numbering",
            '<w:abstractNum w:abstractNumId="0"><w:nsid w:val="'
            f'{fill("nsid", "7A1B2C3D")}"/><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
            '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        ),
        "word/webSettings.xml": root("w:webSettings", "<w:optimizeForBrowser/>"),
        "word/footnotes.xml": root(
            "w:footnotes",
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
            "</w:footnote>"
            f'<w:footnote w:id="2">{para(mark, f" {tells} taught there.")}</w:footnote>',
        ),
        "word/comments.xml": root(
            "w:comments",
            f'<w:comment w:id="3" w:author="{asks}"'
            f' w:date="{fill("comment date", "2021-05-04T10:30:00Z")}" '
            f'w:initials="{fill("initials", "QR")}">{para(f"Ask {first} again.")}</w:comment>',
        ),
        "word/commentsExtended.xml": root(
            "w15:commentsEx",
            f'<w15:commentEx w15:paraId="{fill("comment paraId", "5E6F7A8B")}" w15:done="0"/>',
        ),
        "word/people.xml": root(
            "w15:people",
            f'<w15:person w15:author="{asks}"><w15:presenceInfo w15:providerId="AD" '
            f'w15:userId="{fill("user id", "S::" + MAIL)}"/></w15:person>',
        ),
        "word/header1.xml": root("w:hdr", para(f"Interview {tells}")),
        "word/footer1.xml": root("w:ftr", para("Page ", _field(" PAGE ", "1"))),
        "word/glossary/document.xml": root(
            "w:glossaryDocument", f"<w:docParts>{fill('building block', 'Tamsyn')}</w:docParts>"
        ),
        "word/media/image1.png": png(fill("picture text", "Tamsyn")),
        "word/charts/chart1.xml": f'{HEAD}<c:chartSpace xmlns:c="{SPACES["c"]}">'
        f"<c:v>{fill('chart', 'Tamsyn')}</c:v></c:chartSpace>",
        "word/embeddings/oleObject1.bin": fill("embedded", "Tamsyn").encode("utf-16-le"),
        "customXml/item1.xml": f"<a>{fill('custom XML', 'Tamsyn')}</a>",
        "customXml/_rels/item1.xml.rels": rels(("rId1", "customXmlProps", "itemProps1.xml", False)),
        "customXml/itemProps1.xml": f"<a>{fill('custom XML properties', 'T')}</a>",
    }


def usual(_where: str, value: str) -> str:
    """Fill a leaf with what stands there in an ordinary document."""
    return value


def everything(fill: Fill = usual, asks: str = ASKS, tells: str = TELLS) -> bytes:
    """Return the document of `parts`."""
    return pack(parts(fill, asks, tells))
