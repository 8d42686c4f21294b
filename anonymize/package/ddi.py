"""ddi.xml: DDI-Codebook 2.5, the form data archives of the social sciences take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from anonymize.package.datapackage import datapackage
from anonymize.package.packagers import PAYLOAD, Subject, method

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "ddi:codebook:2_5"
# XML 1.0 §2.2: what no document can hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Ddi:
    """Study, files and the variables of tables."""

    asks = ("title", "description", "creators", "released", "ethics", "consent", "terms")

    def files(self, subject: Subject) -> Mapping[str, bytes]:
        """Return the codebook; an element nobody can fill is left out."""
        from lxml import etree

        book = etree.Element(f"{{{_SPACE}}}codeBook", {"version": "2.5"}, nsmap={None: _SPACE})
        _study(_under(book, "stdyDscr"), subject)
        resources = datapackage(subject.root, subject.study)["resources"]
        tables: list[tuple[str, str]] = []
        for number, resource in enumerate(resources, start=1):
            about = _under(book, "fileDscr", ID=f"F{number}")
            text = _under(about, "fileTxt")
            _under(text, "fileName", PAYLOAD + resource["path"])
            _under(text, "fileType", resource["mediatype"])
            fields = resource.get("schema", {}).get("fields", ())
            tables += ((f"F{number}", column["name"]) for column in fields)
        if tables:
            columns = _under(book, "dataDscr")
            for number, (file, name) in enumerate(tables, start=1):
                variable = _under(columns, "var", ID=f"V{number}", name=name, files=file)
                _under(variable, "labl", name)
                _under(variable, "varFormat", type="character")
        content: bytes = etree.tostring(
            book, encoding="UTF-8", xml_declaration=True, pretty_print=True
        )
        return {"ddi.xml": content}


def _study(about: _Element, subject: Subject) -> None:
    """Fill `stdyDscr`; the order of its parts is that of the schema."""
    study = subject.study
    citation = _under(about, "citation")
    titles = _under(citation, "titlStmt")
    # The schema asks for the element; an empty one invents nothing.
    _under(titles, "titl", study.title)
    if study.doi:
        _under(titles, "IDNo", study.doi, agency="DOI")
    if study.people:
        responsible = _under(citation, "rspStmt")
        for person in study.people:
            place = {"affiliation": person.affiliation} if person.affiliation else {}
            _under(responsible, "AuthEnty", person.name, **place)
    if study.licence or study.funders:
        production = _under(citation, "prodStmt")
        if study.licence:
            _under(production, "copyright", study.licence)
        for funder in study.funders:
            _under(production, "fundAg", funder)
    if study.publisher or study.released:
        distribution = _under(citation, "distStmt")
        if study.publisher:
            _under(distribution, "distrbtr", study.publisher)
        if study.released:
            _under(distribution, "distDate", study.released, date=study.released)
    if study.ethics:
        _under(_under(about, "studyAuthorization"), "authorizationStatement", study.ethics)
    if study.description:
        _under(_under(about, "stdyInfo"), "abstract", study.description)
    collection = _under(_under(about, "method"), "dataColl")
    _under(collection, "cleanOps", method(subject.report))
    if study.consent or study.terms:
        use = _under(_under(about, "dataAccs"), "useStmt")
        if study.consent:
            _under(use, "specPerm", study.consent)
        if study.terms:
            _under(use, "conditions", study.terms)


def _under(parent: _Element, tag: str, text: str = "", /, **attributes: str) -> _Element:
    from lxml import etree

    clean = {key: _FORBIDDEN.sub("\ufffd", value) for key, value in attributes.items()}
    child = etree.SubElement(parent, f"{{{_SPACE}}}{tag}", clean)
    if text:
        child.text = _FORBIDDEN.sub("\ufffd", text)
    return child


PACKAGER = Ddi()
