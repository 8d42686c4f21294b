"""What leaves a document by rule, whatever it says.

It is what was deleted, who changed what when, what binds the document to other files, programs,
persons and devices, and what programs remember of the work on it.
"""

from __future__ import annotations

from anonymize.formats.docx_names import listed

PROGRAMS = frozenset(
    """
    python-docx|apache poi|libreoffice|microsoft office user|microsoft office|un-named|docx4j|user
    |windows user|author|unknown|google docs|pandoc|aspose|openoffice.org|admin|administrator
    """.replace("\n    ", "")
    .strip()
    .split("|"),
)
"""What programs write for the name of who made a document."""

ELEMENTS_OUT = {
    "w": listed(
        """
        del moveFrom moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd rPrChange
        pPrChange sectPrChange tblPrChange tblGridChange trPrChange tcPrChange tblPrExChange
        numberingChange cellIns cellDel cellMerge delText delInstrText customXmlInsRangeStart
        customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd
        customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart
        customXmlMoveToRangeEnd customXmlPr smartTagPr alias tag dataBinding placeholder permStart
        permEnd rsids rsid docVars attachedTemplate mailMerge writeProtection documentProtection
        linkStyles saveThroughXslt useXSLTWhenSaving activeWritingStyle captions attachedSchema
        smartTagType movie control contentPart subDoc fldData entryMacro exitMacro embedRegular
        embedBold embedItalic embedBoldItalic frameset encoding nsid tmpl noLineBreaksAfter
        noLineBreaksBefore printerSettings aliases framesetSplitbar sourceFileName webHidden2
        docPartCategory removePersonalInformation removeDateAndTime trackRevisions forceUpgrade
        guid description
        """,
    ),
    "w14": frozenset(("docId", "contentPart", "conflictIns", "conflictDel")),
    "w15": listed(
        """
        docId presenceInfo dataBinding webExtensionLinked webExtensionCreated chartTrackingRefBased
        doNotAllowInsertDeleteSection
        """,
    ),
    "a": listed(
        """
        hlinkClick hlinkHover hlinkMouseOver snd audioFile videoFile wavAudioFile quickTimeFile
        audioCd extLst objectDefaults
        """,
    ),
    "o": frozenset(("OLEObject", "signatureline", "ink", "diagram")),
    "wps": frozenset(("extLst",)),
    "wpg": frozenset(("extLst",)),
    "wpc": frozenset(("extLst",)),
    "pic": frozenset(("extLst",)),
    "cp": listed(
        """
        category contentStatus keywords lastPrinted revision version
        """,
    ),
    "dc": frozenset(("description", "identifier", "subject", "title")),
    "dcterms": frozenset(("created", "modified")),
    "ep": listed(
        """
        Template Manager Company Pages Words Characters PresentationFormat Lines Paragraphs Slides
        Notes TotalTime HiddenSlides MMClips ScaleCrop HeadingPairs TitlesOfParts LinksUpToDate
        CharactersWithSpaces SharedDoc HyperlinkBase HLinks HyperlinksChanged DigSig Application
        AppVersion DocSecurity
        """,
    ),
}
"""Elements that leave whole, by short name of their namespace."""

ATTRIBUTES_OUT = listed(
    """
        w:tooltip w:docLocation w:tgtFrame w14:paraId w14:textId wp14:anchorId wp14:editId
        w14:anchorId w14:editId w:tplc w:salt w:hash w:cryptProviderType w:lastValue w:shapeID
        w:edGrp w:ed o:gfxdata o:title o:href o:relid o:ole o:oleicon o:singleclick v:href v:target
        v:title v:src v:ID a:macro a:textlink a:bmk a:action wps:macro wps:textlink w:author w:date
        w:initials
        """,
)
"""Attributes that leave, with the short name of their namespace or else of their element's."""
