"""Words of enumerations, of VML's styles and of formulas: markup, whatever attribute has them.

Sources: the simple types of the schemas `docx_names` speaks of.
"""

from __future__ import annotations

from anonymize.formats.docx_names import listed

ENUMERATED = listed(
    """
    true false on off t f yes no auto none nil single double dotted dashed dashSmallGap dash
    dotDash dotDotDash triple thinThickSmallGap thickThinSmallGap thinThickThinSmallGap
    thinThickMediumGap thickThinMediumGap thinThickThinMediumGap thinThickLargeGap
    thickThinLargeGap thinThickThinLargeGap wave doubleWave dashDotStroked dashDotDotHeavy
    dashDotHeavy dashLong dashLongHeavy dashedHeavy dottedHeavy dotDotDashHeavy wavyDouble
    wavyHeavy words thick threeDEmboss threeDEngrave outset inset clear solid horzStripe vertStripe
    reverseDiagStripe diagStripe horzCross diagCross thinHorzStripe thinVertStripe
    thinReverseDiagStripe thinDiagStripe thinHorzCross thinDiagCross pct5 pct10 pct12 pct15 pct20
    pct25 pct30 pct35 pct37 pct40 pct45 pct50 pct55 pct60 pct62 pct65 pct70 pct75 pct80 pct85 pct87
    pct90 pct95 dark1 light1 dark2 light2 accent1 accent2 accent3 accent4 accent5 accent6 hyperlink
    followedHyperlink background1 text1 background2 text2 bg1 tx1 bg2 tx2 hlink folHlink phClr dk1
    lt1 dk2 lt2 window windowText majorEastAsia majorBidi majorAscii majorHAnsi minorEastAsia
    minorBidi minorAscii minorHAnsi major minor left right center centre both start end distribute
    mediumKashida highKashida lowKashida thaiDistribute numTab num bar decimal hyphen underscore
    heavy middleDot list continue exact atLeast dxa pct top bottom baseline superscript subscript
    subscriptAuto page column textWrapping all continuous nextPage nextColumn evenPage oddPage
    default first even odd portrait landscape text margin char line snapToChars linesAndChars lines
    restart inline leftMargin rightMargin topMargin bottomMargin insideMargin outsideMargin
    paragraph character inside outside around through tight notBeside wrap nothing tab space ignore
    begin separate separator continuationSeparator continuationNotice table numbering bullet
    lowerLetter upperLetter lowerRoman upperRoman ordinal ordinalText cardinalText hex chicago
    ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal
    japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth
    irohaFullWidth decimalZero ganada chosung decimalEnclosedFullstop decimalEnclosedParen
    decimalEnclosedCircleChinese ideographEnclosedCircle ideographTraditional ideographZodiac
    ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional
    taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified
    chineseCountingThousand koreanDigital koreanCounting koreanLegal koreanDigital2
    vietnameseCounting russianLower russianUpper numberInDash hebrew1 hebrew2 arabicAlpha
    arabicAbjad hindiVowels hindiConsonants hindiNumbers hindiCounting thaiLetters thaiNumbers
    thaiCounting bahtText dollarText custom singleLevel multilevel hybridMultilevel wholeTable
    firstRow lastRow firstCol lastCol band1Vert band2Vert band1Horz band2Horz neCell nwCell seCell
    swCell fixed autofit never overlap tblHeader tableHeader nextTo spellStart spellEnd gramStart
    gramEnd clean dirty next prev eachPage eachSect sectEnd docEnd beneathText pageBottom belowText
    front back behind newPage black blue cyan green magenta red yellow white darkBlue darkCyan
    darkGreen darkMagenta darkRed darkYellow darkGray lightGray gray silver maroon purple fuchsia
    lime olive navy teal aqua dot comma circle underDot blackAndWhite antsBlack antsRed
    blinkBackground lights shimmer sparkle lrTb tbRl btLr lrTbV tbRlV tbLrV lr tb lrV tbV rl rlV
    rtl ltr ltrTB drop nearby bestFit fullPage textFit hybrid lMargin doNotCompress
    compressPunctuation compressPunctuationAndJapaneseKana normal outline print web masterPages
    letter eMail notSpecified nonHTML preserve roman modern script decorative swiss variable
    sdtLocked contentLocked unlocked sdtContentLocked boundingBox hidden tags dateTime gregorian
    hijri umalqura hebrew taiwan japan thai korea saka gregorianXlitEnglish gregorianXlitFrench
    gregorianUs gregorianMeFrench gregorianArabic content regular number date currentTime
    currentDate calculated everyone bidi beforeAutospacing allPages firstPage notFirstPage square
    bothSides largest leftAndRight insideV insideH aboveLine belowLine roundRect ellipse round rnd
    sq flat bevel miter sng dbl thickThin thinThick tri ctr in out sysDash sysDot sysDashDot
    sysDashDotDot lgDash lgDashDot lgDashDotDot dashDot triangle stealth diamond oval arrow block
    classic open sm med lg narrow medium wide short long tl tr bl br l r b just justLow dist
    thaiDist overflow clip ellipsis horz vert vert270 wordArtVert eaVert mongolianVert
    wordArtVertRtl base xy x y tile norm lighten lightenLess darken darkenLess shape rect path
    linear pattern frame gradient gradientCenter gradientUnscaled gradientRadial sibling atop wh
    hwh email screen hqprint noStrike sngStrike dblStrike small caps heavyweight balanced sunset
    sunrise morning chilly freezing flood contrasting glow brightRoom soft harsh threePt twoPt
    legacyFlat1 legacyFlat2 legacyFlat3 legacyFlat4 legacyNormal1 legacyNormal2 legacyNormal3
    legacyNormal4 legacyHarsh1 legacyHarsh2 legacyHarsh3 legacyHarsh4 orthographicFront
    perspectiveFront perspectiveRelaxed perspectiveRelaxedModerately perspectiveAbove
    perspectiveBelow perspectiveLeft perspectiveRight isometricTopUp obliqueTopLeft obliqueTopRight
    legacyObliqueTopLeft legacyObliqueTopRight legacyObliqueFront warmMatte matte plastic metal
    dkEdge softEdge powder translucentPowder flatness relaxedInset slope cross angle softRound
    convex coolSlant divot riblet hardEdge artDeco legacyMatte legacyPlastic legacyMetal
    legacyWireframe textNoShape textPlain textStop textTriangle textWave1 textWave2 textArchUp
    textArchDown textCircle textButton textDeflate textInflate textFadeUp textFadeDown textSlantUp
    mult add noStretch stretch view edit backwardCompatible any segments rectangle lines2 winAnsi
    parallel perspective emulation wireframe boundingCube embedded skw lin noBar undOvr subSup p i
    bi fraktur double-struck sans-serif monospace before after repeat -- -+ +- centerGroup inter
    textFill shapes proportional standard tabular lining oldStyle standardContextual historical
    ContextualDiscretional rtlCol Internal External default1 tableList masked para sect tableBottom
    plain 1 0 utf-8 UTF-8 windows-1252 iso-8859-1 shift_jis ~ drawingml gray5 inkAnnotations
    above below aboveleft mixed
    lrtb infinite absolute relative static rightAngle elbow curved straight straightConnector1
    bentConnector2 bentConnector3 bentConnector4 bentConnector5 curvedConnector2 curvedConnector3
    curvedConnector4 curvedConnector5 lineInv rtTriangle parallelogram trapezoid
    nonIsoscelesTrapezoid pentagon hexagon heptagon octagon decagon dodecagon star4 star5 star6
    star7 star8 star10 star12 star16 star24 star32 round1Rect round2SameRect round2DiagRect
    snipRoundRect snip1Rect snip2SameRect snip2DiagRect plaque teardrop homePlate chevron pieWedge
    pie blockArc donut noSmoking rightArrow leftArrow upArrow downArrow stripedRightArrow
    notchedRightArrow bentUpArrow leftRightArrow upDownArrow leftUpArrow leftRightUpArrow quadArrow
    leftArrowCallout rightArrowCallout upArrowCallout downArrowCallout leftRightArrowCallout
    upDownArrowCallout quadArrowCallout bentArrow uturnArrow circularArrow leftCircularArrow
    leftRightCircularArrow curvedRightArrow curvedLeftArrow curvedUpArrow curvedDownArrow
    swooshArrow cube can lightningBolt heart sun moon smileyFace irregularSeal1 irregularSeal2
    foldedCorner halfFrame corner chord arc leftBracket rightBracket leftBrace rightBrace
    bracketPair bracePair callout1 callout2 callout3 accentCallout1 accentCallout2 accentCallout3
    borderCallout1 borderCallout2 borderCallout3 accentBorderCallout1 accentBorderCallout2
    accentBorderCallout3 wedgeRectCallout wedgeRoundRectCallout wedgeEllipseCallout cloudCallout
    cloud ribbon ribbon2 ellipseRibbon ellipseRibbon2 leftRightRibbon verticalScroll
    horizontalScroll plus flowChartProcess flowChartDecision flowChartInputOutput
    flowChartPredefinedProcess flowChartInternalStorage flowChartDocument flowChartMultidocument
    flowChartTerminator flowChartPreparation flowChartManualInput flowChartManualOperation
    flowChartConnector flowChartPunchedCard flowChartPunchedTape flowChartSummingJunction
    flowChartOr flowChartCollate flowChartSort flowChartExtract flowChartMerge
    flowChartOfflineStorage flowChartOnlineStorage flowChartMagneticTape flowChartMagneticDisk
    flowChartMagneticDrum flowChartDisplay flowChartDelay flowChartAlternateProcess
    flowChartOffpageConnector actionButtonBlank gear6 gear9 funnel mathPlus mathMinus mathMultiply
    mathDivide mathEqual mathNotEqual cornerTabs squareTabs plaqueTabs chartX chartStar chartPlus
    *COS *CIRCLE @DEFAULT
    """,
)
STYLE_SHEET = listed(
    """
    position absolute relative static margin left top right bottom width height z index rotation
    flip visibility hidden visible mso wrap style distance horizontal vertical char column page
    line percent area text layout flow alt shadow fit shape to anchor middle center centre none
    auto tb rl lr bt ideographic direction next textbox font family size weight bold italic normal
    color x y inherit true false t f inner outer edited through square tight behind both largest v
    kern rotate letters same spacing track align justify letter word stretch heights xscale padding
    border collapse background pt in cm mm px em pc emu baseline context inside outside _x vml
    block inline elbow if lineDrawn pixelLineWidth pixelWidth pixelHeight emuWidth emuHeight
    emuWidth2 emuHeight2 logWidth logHeight sum product prod mid abs min max sqrt mod atan2 sin cos
    cosatan2 sinatan2 sumangle ellipse tan gap Width Height xcenter ycenter xlimo ylimo hasstroke
    hasfill pin val wd2 hd2
    """,
)
"""Properties and values of `style`, and operations of `v:f`."""
COMPATIBILITY = listed(
    """
    compatibilityMode overrideTableStyleFontSizeAndJustification enableOpenTypeFeatures
    doNotFlipMirrorIndents differentiateMultirowTableHeaders useWord2013TrackBottomHyphenation
    allowHyphenationAtTrackBottom allowTextAfterFloatingTableBreak
    """,
)
SCRIPTS = listed(
    """
    Jpan Hang Hans Hant Arab Hebr Thai Ethi Beng Gujr Khmr Knda Guru Cans Cher Yiii Tibt Thaa Deva
    Telu Taml Syrc Orya Mlym Laoo Sinh Mong Viet Uigh Geor Armn Bugi Bopo Java Lisu Mymr Nkoo Olck
    Osma Phag Syre Syrj Syrn Sora Tale Talu Tfng
    """,
)
"""Codes of ISO 15924 that themes have fonts for."""
FORMULA = listed("val abs at2 cat2 cos max min mod pin sat2 sin sqrt tan +- +/ */ ?:")
"""Operations of the guides of shapes (ECMA-376, part 1, section 20.1.9.11)."""
