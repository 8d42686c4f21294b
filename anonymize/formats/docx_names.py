"""Names a word-processing document may be made of: namespaces, elements, attributes.

Source: ECMA-376, parts 1, 3 and 4 (schemas `wml`, `dml-main`, `dml-wordprocessingDrawing`,
`dml-picture`, `shared-math`, `vml-*`), strict and transitional; [MS-DOCX] for what Word has
added since 2010; [MS-ODRAWXML] for shapes.  A name that stands here is markup and can say
nothing of a person; any other is unknown.
"""

from __future__ import annotations


def listed(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_MS = "http://schemas.microsoft.com/office/"
_WORD = _MS + "word/"
_VML = "urn:schemas-microsoft-com:"

SPACES: dict[str, str] = {
    _OFFICE + "wordprocessingml/2006/main": "w",
    _STRICT + "wordprocessingml/main": "w",
    _OFFICE + "officeDocument/2006/relationships": "r",
    _STRICT + "officeDocument/relationships": "r",
    _OFFICE + "officeDocument/2006/math": "m",
    _STRICT + "officeDocument/math": "m",
    _OFFICE + "drawingml/2006/main": "a",
    _STRICT + "drawingml/main": "a",
    _OFFICE + "drawingml/2006/wordprocessingDrawing": "wp",
    _STRICT + "drawingml/wordprocessingDrawing": "wp",
    _OFFICE + "drawingml/2006/picture": "pic",
    _STRICT + "drawingml/picture": "pic",
    _OFFICE + "drawingml/2006/lockedCanvas": "lc",
    _OFFICE + "markup-compatibility/2006": "mc",
    _WORD + "2010/wordml": "w14",
    _WORD + "2012/wordml": "w15",
    _WORD + "2010/wordprocessingDrawing": "wp14",
    _WORD + "2010/wordprocessingShape": "wps",
    _WORD + "2010/wordprocessingGroup": "wpg",
    _WORD + "2010/wordprocessingCanvas": "wpc",
    _MS + "drawing/2010/main": "a14",
    _VML + "vml": "v",
    _VML + "office:office": "o",
    _VML + "office:word": "w10",
    "http://www.w3.org/XML/1998/namespace": "xml",
    _OFFICE + "package/2006/relationships": "rel",
    _OFFICE + "package/2006/content-types": "ct",
    _OFFICE + "package/2006/metadata/core-properties": "cp",
    _OFFICE + "officeDocument/2006/extended-properties": "ep",
    _STRICT + "officeDocument/extendedProperties": "ep",
    _OFFICE + "officeDocument/2006/docPropsVTypes": "vt",
    _STRICT + "officeDocument/docPropsVTypes": "vt",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/dc/dcmitype/": "dcmitype",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    # What is in these is left out by rule; their names are known.
    _OFFICE + "drawingml/2006/chart": "c",
    _STRICT + "drawingml/chart": "c",
    _OFFICE + "drawingml/2006/diagram": "dgm",
    _STRICT + "drawingml/diagram": "dgm",
    _OFFICE + "officeDocument/2006/customXml": "ds",
    _OFFICE + "officeDocument/2006/bibliography": "b",
    _OFFICE + "schemaLibrary/2006/main": "sl",
    _MS + "2006/xmlPackage": "pkg",
    _MS + "drawing/2014/main": "a16",
    _MS + "drawing/2012/chart": "c15",
    _MS + "drawing/2014/chart": "c16",
    _MS + "drawing/2017/model3d": "am3d",
    _MS + "drawing/2016/ink": "aink",
    _MS + "drawing/2017/decorative": "adec",
    _MS + "drawing/2016/SVG/main": "asvg",
    _MS + "drawing/2008/diagram": "dsp",
    _MS + "thememl/2012/main": "thm15",
    _WORD + "2006/wordml": "wne",
    _WORD + "2010/wordprocessingInk": "wpi",
    _WORD + "2015/wordml/symex": "w16se",
    _WORD + "2016/wordml/cid": "w16cid",
    _WORD + "2018/wordml": "w16",
    _WORD + "2018/wordml/cex": "w16cex",
    _WORD + "2020/wordml/sdtdatahash": "w16sdtdh",
    _WORD + "2024/wordml/sdtformatlock": "w16sdtfl",
    _WORD + "2023/wordml/word16du": "w16du",
    _VML + "office:excel": "xvml",
    _VML + "mac:vml": "mv",
    _MS + "mac/office/2008/main": "mo",
    _VML + "office:powerpoint": "pvml",
} | {
    _MS + f"drawing/{year}/chartex": f"cx{'' if number < 0 else number}"
    for number, year in (
        (-1, "2014"), (1, "2015/9/8"), (2, "2015/10/21"), (3, "2016/5/9"), (4, "2016/5/10"),
        (5, "2016/5/11"), (6, "2016/5/12"), (7, "2016/5/13"), (8, "2016/5/14"),
    )
}  # fmt: skip
"""Short names of namespaces; the strict ones have those of the transitional ones.

The keys are also the prefixes everybody uses, see `is_prefix`.
"""

RULED_OUT = listed(
    """
    c dgm ds b sl pkg a16 c15 c16 am3d aink adec asvg dsp thm15 wne wpi w16se w16cid w16 w16cex
    w16sdtdh w16sdtfl w16du xvml pvml mv mo cx cx1 cx2 cx3 cx4 cx5 cx6 cx7 cx8
    """,
)
"""Namespaces whose elements and attributes leave by rule."""

_PREFIXES = frozenset(SPACES.values()) | listed(
    "cr oel wvml ve x p s d dsig pr ns wx sl st1 o12 xsd r14 p14 w13 w16sdtl oxml",
)


def is_prefix(prefix: str) -> bool:
    """Whether a prefix is one that programs write, and says nothing else.

    >>> [is_prefix(one) for one in ("", "w14", "ns3", "jane")]
    [True, True, True, False]
    """
    return not prefix or prefix in _PREFIXES or (prefix[:2] == "ns" and prefix[2:].isdecimal())


ELEMENTS: dict[str, frozenset[str]] = {
    "w": listed(
        """
        document body p r t tab br cr noBreakHyphen softHyphen sym ptab pgNum lastRenderedPageBreak
        dayShort monthShort yearShort dayLong monthLong yearLong separator continuationSeparator
        footnoteRef endnoteRef annotationRef footnoteReference endnoteReference commentReference
        commentRangeStart commentRangeEnd bookmarkStart bookmarkEnd proofErr hyperlink fldSimple
        fldChar instrText ffData name enabled calcOnExit checkBox ddList textInput size sizeAuto
        default checked result listEntry type maxLength format label tabIndex statusText helpText
        ruby rubyPr rubyAlign hps hpsRaise hpsBaseText lid rt rubyBase dirty drawing pict object
        background bgPict pPr rPr sectPr tblPr tblPrEx trPr tcPr tblGrid gridCol tbl tr tc pStyle
        keepNext keepLines pageBreakBefore framePr widowControl numPr ilvl numId
        suppressLineNumbers pBdr top left start bottom right end between bar insideH insideV tl2br
        tr2bl shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE
        autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents
        suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle
        rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
        noProof vanish webHidden color w kern position sz szCs highlight u effect bdr fitText
        vertAlign rtl cs em lang eastAsianLayout specVanish oMath tblStyle tblpPr tblOverlap
        bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW tblCellSpacing tblInd tblBorders
        tblLayout tblCellMar tblLook tblCaption tblDescription dir bdo gridBefore gridAfter wBefore
        wAfter cantSplit trHeight tblHeader hidden tcW gridSpan hMerge vMerge tcBorders noWrap
        tcMar tcFitText vAlign hideMark headers header headerReference footerReference footnotePr
        endnotePr numFmt numStart numRestart pos paperSrc pgSz pgMar pgBorders lnNumType pgNumType
        cols col formProt noEndnote titlePg rtlGutter docGrid sdt sdtPr sdtEndPr sdtContent id lock
        temporary showingPlcHdr equation comboBox date dateFormat storeMappedDataAs calendar
        docPartObj docPartList docPartGallery docPartCategory docPartUnique dropDownList listItem
        picture richText text citation group bibliography hdr ftr footnotes footnote endnotes
        endnote comments comment glossaryDocument docParts docPart docPartPr docPartBody category
        gallery types behaviors behavior description guid style styles docDefaults rPrDefault
        pPrDefault latentStyles lsdException aliases basedOn next link autoRedefine uiPriority
        semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply tblStylePr
        numbering abstractNum num abstractNumId multiLevelType styleLink numStyleLink lvl lvlText
        lvlRestart isLgl suff lvlPicBulletId legacy lvlJc lvlOverride startOverride numPicBullet
        fonts font altName panose1 charset family notTrueType pitch sig webSettings
        optimizeForBrowser relyOnVML allowPNG doNotRelyOnCSS doNotSaveAsSingleFile
        doNotOrganizeInFolder doNotUseLongFileNames pixelsPerInch targetScreenSz divs div
        blockQuote bodyDiv marLeft marRight marTop marBottom divBdr divsChild settings view zoom
        removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
        displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData
        embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins
        alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop
        hideSpellingErrors hideGrammaticalErrors proofState formsDesign stylePaneFormatFilter
        stylePaneSortMethod documentType revisionView trackRevisions doNotTrackMoves
        doNotTrackFormatting autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop
        autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope
        summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders bookFoldRevPrinting
        bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing
        drawingGridVerticalSpacing displayHorizontalDrawingGridEvery
        displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin
        drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData
        noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars
        noLineBreaksAfter noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema
        saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText doNotDemarcateInvalidXml
        saveXmlDataOnly showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults compat
        compatSetting themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats
        doNotAutoCompressPictures forceUpgrade readModeInkLockDown shapeDefaults
        doNotEmbedSmartTags decimalSymbol listSeparator uiCompat97To2003
        useSingleBorderforContiguousCells wpJustification noTabHangInd noLeading spaceForUL
        noColumnBalance balanceSingleByteDoubleByteWidth noExtraLineSpacing
        doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn spacingInWholePoints
        lineWrapLikeWord6 printBodyTextBeforeHeader printColBlack wpSpaceWidth showBreaksInFrames
        subFontBySize suppressBottomSpacing suppressTopSpacing suppressSpacingAtTopOfPage
        suppressTopSpacingWP suppressSpBfAfterPgBrk swapBordersFacingPages convMailMergeEsc
        truncateFontHeightsLikeWP6 mwSmallCaps usePrinterMetrics doNotSuppressParagraphBorders
        wrapTrailSpaces footnoteLayoutLikeWW8 shapeLayoutLikeWW8 alignTablesRowByRow
        forgetLastTabAlignment doNotUseHTMLParagraphAutoSpacing autoSpaceLikeWord95
        layoutRawTableWidth layoutTableRowsApart useWord97LineBreakRules doNotBreakWrappedTables
        doNotSnapToGridInCell selectFldWithFirstOrLastChar applyBreakingRules
        doNotWrapTextWithPunct doNotUseEastAsianBreakRules useWord2002TableStyleRules growAutofit
        useFELayout useNormalStyleForList doNotUseIndentAsNumberingTabStop
        useAltKinsokuLineBreakRules allowSpaceOfSameStyleInTable doNotSuppressIndentation
        doNotAutofitConstrainedTables autofitToFirstFixedWidthCell underlineTabInNumList
        displayHangulFixedWidth splitPgBreakAndParaMark doNotVertAlignCellWithSp
        doNotBreakConstrainedForcedTable doNotVertAlignInTxbx useAnsiKerningPairs cachedColBalance
        txbxContent
        """,
    ),
    "w14": listed(
        """
        glow shadow reflection textOutline textFill scene3d props3d ligatures numForm numSpacing
        stylisticSets styleSet cntxtAlts noFill solidFill gradFill gsLst gs lin path fillToRect
        srgbClr schemeClr tint shade alpha hueMod sat satOff satMod lum lumOff lumMod prstDash
        round bevel miter camera lightRig rot bevelT bevelB extrusionClr contourClr checkbox
        checked checkedState uncheckedState entityPicker conflictMode discardImageEditingData
        defaultImageDpi
        """,
    ),
    "w15": listed(
        """
        people person appearance color collapsed repeatingSection repeatingSectionItem
        doNotAllowInsertDeleteSection footnoteColumns chartTrackingRefBased
        """,
    ),
    "wp": listed(
        """
        inline anchor extent effectExtent docPr cNvGraphicFramePr simplePos positionH positionV
        posOffset align wrapNone wrapSquare wrapTight wrapThrough wrapTopAndBottom wrapPolygon
        start lineTo
        """,
    ),
    "wp14": listed("sizeRelH sizeRelV pctWidth pctHeight pctPosHOffset pctPosVOffset"),
    "wps": listed("wsp cNvPr cNvSpPr cNvCnPr spPr style txbx linkedTxbx bodyPr extLst"),
    "wpg": listed("wgp grpSp grpSpPr cNvPr cNvGrpSpPr cNvFrPr graphicFrame xfrm"),
    "wpc": listed("wpc bg whole"),
    "lc": listed("lockedCanvas"),
    "pic": listed("pic nvPicPr cNvPr cNvPicPr blipFill spPr"),
    "mc": listed("AlternateContent Choice Fallback"),
    "a": listed(
        """
        graphic graphicData graphicFrameLocks picLocks spLocks grpSpLocks cxnSpLocks blip stretch
        fillRect tile srcRect xfrm off ext chOff chExt prstGeom custGeom avLst gd gdLst ahLst ahXY
        ahPolar pos cxnLst cxn rect pathLst path moveTo lnTo arcTo quadBezTo cubicBezTo close pt
        noFill solidFill gradFill blipFill pattFill grpFill gsLst gs lin fillToRect tileRect fgClr
        bgClr srgbClr schemeClr sysClr prstClr hslClr scrgbClr tint shade comp inv gray alpha
        alphaOff alphaMod hue hueOff hueMod sat satOff satMod lum lumOff lumMod red redOff redMod
        green greenOff greenMod blue blueOff blueMod gamma invGamma ln prstDash custDash ds round
        bevel miter headEnd tailEnd effectLst effectDag cont blur fillOverlay glow innerShdw
        outerShdw prstShdw reflection softEdge scene3d camera lightRig rot backdrop anchor norm up
        sp3d bevelT bevelB extrusionClr contourClr flatTx alphaBiLevel alphaCeiling alphaFloor
        alphaInv alphaModFix alphaRepl biLevel clrChange clrFrom clrTo clrRepl duotone grayscl hsl
        theme themeElements clrScheme dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5
        accent6 hlink folHlink fontScheme majorFont minorFont latin ea cs sym font fmtScheme
        fillStyleLst lnStyleLst effectStyleLst effectStyle bgFillStyleLst objectDefaults spDef
        lnDef txDef extraClrSchemeLst extraClrScheme clrMap custClrLst custClr lnRef fillRef
        effectRef fontRef bodyPr lstStyle style spPr noAutofit normAutofit spAutoFit prstTxWarp
        defPPr lvl1pPr lvl2pPr lvl3pPr lvl4pPr lvl5pPr lvl6pPr lvl7pPr lvl8pPr lvl9pPr lnSpc spcBef
        spcAft spcPct spcPts buClrTx buClr buSzTx buSzPct buSzPts buFontTx buFont buNone buAutoNum
        buChar tabLst tab defRPr p pPr r rPr t br endParaRPr uLnTx uLn uFillTx uFill highlight
        txBody txSp useSpRect sp nvSpPr cNvPr cNvSpPr grpSp nvGrpSpPr cNvGrpSpPr grpSpPr cxnSp
        nvCxnSpPr cNvCxnSpPr pic nvPicPr cNvPicPr graphicFrame nvGraphicFramePr cNvGraphicFramePr
        stCxn endCxn
        """,
    ),
    "a14": listed("useLocalDpi"),
    "m": listed(
        """
        oMathPara oMathParaPr oMath r rPr t f fPr type num den fName e sub sup deg lim acc accPr
        chr bar barPr pos box boxPr opEmu noBreak diff brk aln borderBox borderBoxPr hideTop
        hideBot hideLeft hideRight strikeH strikeV strikeBLTR strikeTLBR d dPr begChr sepChr endChr
        grow shp eqArr eqArrPr baseJc maxDist objDist rSpRule rSp func funcPr groupChr groupChrPr
        vertJc limLow limLowPr limUpp limUppPr m mPr plcHide cGpRule cGp cSp mcs mc mcPr count mcJc
        mr nary naryPr limLoc subHide supHide phant phantPr show zeroWid zeroAsc zeroDesc transp
        rad radPr degHide sPre sPrePr sSub sSubPr sSubSup sSubSupPr alnScr sSup sSupPr ctrlPr lit
        nor scr sty jc mathPr mathFont brkBin brkBinSub smallFrac dispDef lMargin rMargin defJc
        preSp postSp interSp intraSp wrapIndent wrapRight intLim naryLim argPr argSz
        """,
    ),
    "v": listed(
        """
        shape shapetype group background arc curve image line oval polyline rect roundrect path
        formulas f handles h fill stroke shadow textbox textpath imagedata
        """,
    ),
    "o": listed(
        """
        lock shapedefaults shapelayout idmap extrusion callout skew fill clippath regrouptable
        entry rules r colormru colormenu top left bottom right column signatureline complex diagram
        relationtable proxy ink
        """,
    ),
    "w10": listed("wrap anchorlock bordertop borderleft borderbottom borderright"),
    "rel": listed("Relationships Relationship"),
    "ct": listed("Types Default Override"),
    "cp": listed("coreProperties lastModifiedBy"),
    "ep": listed("Properties"),
    "dc": listed("creator language"),
}  # fmt: skip
"""Elements by short name of their namespace; those that leave by rule are not among them."""

ATTRIBUTES: frozenset[str] = listed(
    """
    val color fill themeColor themeTint themeShade themeFill themeFillTint themeFillShade sz space
    frame shadow type w h code orient top right bottom left header footer gutter num equalWidth sep
    count restart start distance countBy fmt chapStyle chapSep offsetFrom zOrder display linePitch
    charSpace before beforeLines beforeAutospacing after afterLines afterAutospacing line lineRule
    firstLine firstLineChars hanging hangingChars startChars endChars leftChars rightChars end pos
    leader ascii hAnsi eastAsia cs asciiTheme hAnsiTheme eastAsiaTheme cstheme hint bidi id combine
    combineBrackets vert vertCompress dropCap lines hSpace vSpace wrap hAnchor vAnchor x xAlign y
    yAlign hRule anchorLock leftFromText rightFromText topFromText bottomFromText vertAnchor
    horzAnchor tblpX tblpXSpec tblpY tblpYSpec firstRow lastRow firstColumn lastColumn noHBand
    noVBand oddVBand evenVBand oddHBand evenHBand firstRowFirstColumn firstRowLastColumn
    lastRowFirstColumn lastRowLastColumn clear alignment relativeTo char font fldCharType fldLock
    dirty customMarkFollows displacedByCustomXml colFirst colLast history percent spelling grammar
    name uri ilvl numId abstractNumId restartNumberingAfterBreak hybrid numPicBulletId tentative
    legacy legacySpace legacyIndent styleId default customStyle defLockedState defUIPriority
    defSemiHidden defUnhideWhenUsed defQFormat locked uiPriority semiHidden unhideWhenUsed qFormat
    allStyles customStyles latentStyles stylesInUse headingStyles numberingStyles tableStyles
    directFormattingOnRuns directFormattingOnParagraphs directFormattingOnNumbering
    directFormattingOnTables clearFormatting top3HeadingStyles visibleStyles alternateStyleNames
    usb0 usb1 usb2 usb3 csb0 csb1 characterSet bg1 t1 bg2 t2 tx1 tx2 accent1 accent2 accent3
    accent4 accent5 accent6 hyperlink followedHyperlink hlink folHlink markup comments insDel
    formatting inkAnnotations dxaOrig dyaOrig anchor author date initials displayText value
    fullDate instr element docPartGallery salt shapeID distT distB distL distR simplePos
    relativeHeight behindDoc layoutInCell allowOverlap hidden cx cy l t r b relativeFrom wrapText
    edited noChangeAspect noGrp noSelect noRot noMove noResize noEditPoints noAdjustHandles
    noChangeArrowheads noChangeShapeType noCrop noDrilldown noTextEdit noUngrp preferRelativeResize
    descr title txBox normalEastAsianFlow rot flipH flipV prst adj fmla ang cap cmpd algn lim len
    noEndCnd lastClr scaled path flip blurRad dist dir rotWithShape sx sy kx ky rad grow stA stPos
    endA endPos fadeDir amt hue sat lum vertOverflow horzOverflow vertOverflow numCol spcCol rtlCol
    fromWordArt anchorCtr forceAA upright compatLnSpc lIns tIns rIns bIns spcFirstLastPara fov zoom
    lat lon rev rig prstMaterial extrusionH contourW z bwMode cstate dpi tx ty rotWithShape idx
    typeface panose pitchFamily charset script stroke extrusionOk stAng swAng hR wR ref gdRefX
    gdRefY gdRefR gdRefAng minX maxX minY maxY minR maxR minAng maxAng thresh bright contrast useA
    scene macro textlink lang altLang u i b strike kern spc baseline normalizeH noProof err
    smtClean smtId dirty marL marR lvl indent defTabSz rtl eaLnBrk fontAlgn latinLnBrk hangingPunct
    fontScale lnSpcReduction bmk kumimoji Requires Ignorable ProcessContent MustUnderstand
    PreserveElements PreserveAttributes conformance embed link style class coordsize coordorigin
    spt path adj stroked filled fillcolor strokecolor strokeweight strokeok fillok gradientshapeok
    connecttype connectlocs connectangles textboxrect opacity opacity2 color2 angle focus
    focusposition focussize method rotate recolor on joinstyle endcap startarrow endarrow
    startarrowwidth startarrowlength endarrowwidth endarrowlength dashstyle miterlimit inset
    insetmode allowincell allowoverlap hr hralign hrnoshade hrpct hrstd bullet button bwmode bwpure
    bwnormal connectortype arcsize from to control1 control2 points startangle endangle eqn
    position offset origin matrix obscured polar radiusrange switch xrange yrange invx invy map
    cropleft croptop cropright cropbottom gain blacklevel gamma grayscale bilevel chromakey
    aspectratio verticies wrapcoords bordertopcolor borderleftcolor borderbottomcolor
    borderrightcolor
    cliptowrap clip cliptext fitpath fitshape trim xscale string ext data v
    spidmax aspect verticies shapetype text ungrouping grouping selection v-text-anchor lock render
    viewpointorigin viewpoint skewangle skewamt facet backdepth foredepth edge diffusity shininess
    specularity lightposition lightposition2 lightlevel lightlevel2 lightface lightharsh
    lightharsh2 brightness metal plane orientation orientationangle rotationangle
    lockrotationcenter autorotationcenter rotationcenter colormode extrusionok shadowok oned
    preferrelative userdrawn singleclick ole oleicon spid gfxdata side anchorx anchory shadowcolor
    accentbar accentborder minusx minusy textborder drop dropauto gap length lengthspecified
    dgmlayout dgmnodekind dgmlayoutmru cliptowrap new old Id Type Target TargetMode Extension
    ContentType PartName standalone detectmouseclick weight evenAndOddHeaders numForm tableHeader
    """,
)
"""Local names of attributes, of whatever element: their values are what is looked at."""
