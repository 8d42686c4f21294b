"""Elements, attributes and words of OpenDocument text that are kept, and what leaves by rule.

Sources: OpenDocument 1.3, part 3 (schema), and the extensions LibreOffice 7 writes.  What is in
none of these lists is unknown, and leaves.
"""

from __future__ import annotations

from collections.abc import Mapping

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES: Mapping[str, str] = {
    f"{_ODF}office:1.0": "office",
    f"{_ODF}text:1.0": "text",
    f"{_ODF}table:1.0": "table",
    f"{_ODF}drawing:1.0": "draw",
    f"{_ODF}style:1.0": "style",
    f"{_ODF}datastyle:1.0": "number",
    f"{_ODF}xsl-fo-compatible:1.0": "fo",
    f"{_ODF}svg-compatible:1.0": "svg",
    f"{_ODF}meta:1.0": "meta",
    f"{_ODF}config:1.0": "config",
    f"{_ODF}form:1.0": "form",
    f"{_ODF}script:1.0": "script",
    f"{_ODF}chart:1.0": "chart",
    f"{_ODF}presentation:1.0": "presentation",
    f"{_ODF}dr3d:1.0": "dr3d",
    f"{_ODF}animation:1.0": "anim",
    f"{_ODF}smil-compatible:1.0": "smil",
    f"{_ODF}database:1.0": "db",
    f"{_ODF}of:1.2": "of",
    f"{_ODF}manifest:1.0": "manifest",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.w3.org/2002/xforms": "xforms",
    "http://www.w3.org/2003/g/data-view#": "grddl",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/2001/XMLSchema": "xsd",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://www.w3.org/2001/xml-events": "dom",
    "http://www.w3.org/TR/css3-text/": "css3t",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://openoffice.org/2004/office": "ooo",
    "http://openoffice.org/2004/writer": "ooow",
    "http://openoffice.org/2004/calc": "oooc",
    "http://openoffice.org/2005/report": "rpt",
    "http://openoffice.org/2009/office": "officeooo",
    "http://openoffice.org/2009/table": "tableooo",
    "http://openoffice.org/2010/draw": "drawooo",
    "urn:openoffice:names:experimental:ooxml-odf-interop:xmlns:form:1.0": "formx",
    "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0": "field",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
"""Short names of namespaces by URI; the prefixes programs write are these."""
PREFIXES = frozenset(SPACES.values())


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


ELEMENTS: Mapping[str, frozenset[str]] = {
    "office": words_of(
        """
        document document-content document-styles document-meta document-settings
        font-face-decls automatic-styles styles master-styles body text annotation
        annotation-end meta settings
        """,
    ),
    "text": words_of(
        """
        p h span a s tab line-break soft-page-break note note-citation note-body list list-item
        list-header numbered-paragraph section bookmark bookmark-start bookmark-end
        reference-mark reference-mark-start reference-mark-end bookmark-ref reference-ref
        note-ref sequence sequence-ref sequence-decls sequence-decl page-number page-count
        paragraph-count word-count character-count page-continuation ruby ruby-base ruby-text
        list-style list-level-style-number list-level-style-bullet list-level-style-image
        outline-style outline-level-style notes-configuration note-continuation-notice-forward
        note-continuation-notice-backward linenumbering-configuration linenumbering-separator
        table-of-content table-of-content-source table-of-content-entry-template
        index-title-template index-source-styles index-source-style index-body index-title
        index-entry-chapter index-entry-link-start index-entry-link-end index-entry-text
        index-entry-span index-entry-page-number index-entry-tab-stop illustration-index
        illustration-index-source illustration-index-entry-template table-index
        table-index-source table-index-entry-template object-index object-index-source
        object-index-entry-template user-index user-index-source user-index-entry-template
        alphabetical-index alphabetical-index-source alphabetical-index-entry-template
        bibliography-configuration page-sequence
        """,
    ),
    "table": words_of(
        """
        table table-columns table-column table-column-group table-header-columns table-rows
        table-row table-row-group table-header-rows table-cell covered-table-cell sub-table
        """,
    ),
    "draw": words_of(
        """
        frame image text-box g a rect line polyline polygon regular-polygon path circle ellipse
        custom-shape enhanced-geometry equation handle connector caption measure glue-point
        layer-set layer gradient hatch fill-image marker stroke-dash opacity
        """,
    ),
    "svg": words_of("title desc linearGradient radialGradient stop"),
    "style": words_of(
        """
        style default-style default-page-layout font-face page-layout page-layout-properties
        header-style footer-style header-footer-properties master-page header footer header-left
        footer-left header-first footer-first region-left region-center region-right
        paragraph-properties text-properties section-properties table-properties
        table-column-properties table-row-properties table-cell-properties graphic-properties
        ruby-properties drawing-page-properties list-level-properties list-level-label-alignment
        tab-stops tab-stop drop-cap columns column column-sep footnote-sep background-image map
        """,
    ),
    "number": words_of(
        """
        number-style currency-style percentage-style date-style time-style boolean-style
        text-style number scientific-number fraction currency-symbol day month year era
        day-of-week week-of-year quarter hours minutes seconds am-pm boolean text text-content
        fill-character embedded-text
        """,
    ),
    "dc": words_of("creator date"),
    "loext": words_of("theme theme-colors color table-protection"),
    "config": words_of("config-item-set config-item"),
}
"""Elements that are kept, by namespace."""

BARE = words_of(
    """
    author-name author-initials             sheet-name chapter date time creator
    initial-creator printed-by print-date print-time creation-date creation-time
    modification-date modification-time editing-cycles editing-duration title subject keywords
    description user-defined user-field-get user-field-input variable-get variable-set
    variable-input text-input placeholder conditional-text expression database-display
    database-name database-row-number execute-macro dde-connection measure table-formula
    bibliography-mark meta meta-field page-variable-get table-count image-count object-count
    drop-down
    """,
)
"""Fields whose words stay while the field goes: a program would fill in its user's own name,
path or date."""

RULE: Mapping[str, frozenset[str]] = {
    "office": words_of("scripts forms event-listeners dde-source binary-data change-info"),
    "text": words_of(
        """
        tracked-changes change change-start change-end number hidden-text hidden-paragraph
        script section-source variable-decls variable-decl user-field-decls user-field-decl
        dde-connection-decls dde-connection-decl alphabetical-index-auto-mark-file
        alphabetical-index-mark alphabetical-index-mark-start alphabetical-index-mark-end
        user-index-mark user-index-mark-start user-index-mark-end toc-mark toc-mark-start
        toc-mark-end database-next database-row-select page-variable-set bibliography label
        sort-key sender-firstname sender-lastname sender-initials sender-title
        sender-position sender-email sender-phone-private sender-fax sender-company
        sender-phone-work sender-street sender-city sender-postal-code sender-country
        sender-state-or-province file-name template-name
        """,
    ),
    "table": words_of(
        """
        table-source shapes scenario content-validations calculation-settings named-expressions
        database-ranges dde-links consolidation tracked-changes title desc table-template
        background first-row last-row first-column last-column body even-rows odd-rows
        even-columns odd-columns
        """,
    ),
    "draw": words_of(
        """
        object object-ole plugin applet floating-frame image-map control param contour-polygon
        contour-path page page-thumbnail
        """,
    ),
    "style": words_of("presentation-page-layout handout-master"),
    "meta": words_of(
        """
        creator-initials generator initial-creator creation-date printed-by print-date template
        auto-reload hyperlink-behaviour document-statistic editing-cycles editing-duration
        keyword user-defined
        """,
    ),
    "dc": words_of("title description subject language contributor"),
    "loext": words_of("sender-initials signatureline qrcode content-control p"),
    "config": words_of("config-item-map-indexed config-item-map-named config-item-map-entry"),
}
"""Elements that leave whole by rule: what was deleted or is hidden, who wrote and changed what
when, what leads to other files, programs, persons and devices."""
RULED_SPACES = words_of(
    "form script chart presentation dr3d anim db math xforms rpt of dom smil field"
)

_ANY = """
    adjustment align allow-overlap anchor-page-number anchor-type anchor-x-align automatic-order
    auto-text-indent background-color background-size background-transparency blue border
    border-bottom border-left border-line-width border-line-width-bottom border-line-width-left
    border-line-width-right border-line-width-top border-model border-right border-top
    break-after break-before calendar calcext-value-type caption-angle caption-angle-type
    caption-escape caption-escape-direction caption-fit-line-length caption-gap
    caption-line-length caption-type cell-protect class clip color color-inversion
    color-interpolation-linear color-interpolation-user-defined color-lum-mod color-lum-off
    color-mode color-theme-reference color-type column-count column-gap columns-spanned
    comma-separated condition consecutive-numbering contextual-spacing contrast
    copy-outline-levels corner-radius count-empty-lines count-in-text-boxes country
    country-asian country-complex cx cy d decimal-places decimal-replacement
    default-outline-level denominator-value diagonal-bl-tr diagonal-bl-tr-widths diagonal-tl-br
    diagonal-tl-br-widths direction display display-factor display-levels display-list
    display-outline-level display-equation distance distance-after-sep distance-before-sep dots1
    dots1-length dots2 dots2-length dynamic-spacing editable end end-angle end-char end-column
    end-guide end-indent end-line-spacing-horizontal end-line-spacing-vertical end-row
    enhanced-path extrusion extrusion-allowed family fill fill-color fill-gradient
    fill-hatch-solid fill-image-height fill-image-ref-point fill-image-ref-point-x
    fill-image-ref-point-y fill-image-width fill-rule first-page-number fit-to-contour
    fit-to-size fixed flow-with-text font-charset font-charset-asian font-charset-complex
    font-family-generic font-family-generic-asian font-family-generic-complex
    font-independent-line-spacing font-kerning font-pitch font-pitch-asian font-pitch-complex
    font-relief font-size font-size-asian font-size-complex font-size-rel font-size-rel-asian
    font-size-rel-complex font-stretch font-style font-style-asian font-style-complex
    font-style-name font-style-name-asian font-style-name-complex font-variant font-weight
    font-weight-asian font-weight-complex footnote-max-height footnotes-position format-source
    formula frame-display-border frame-display-scrollbar frame-margin-horizontal
    frame-margin-vertical fx fy gamma glyph-orientation-vertical gradient-angle
    gradientTransform gradientUnits green grouping handle-mirror-horizontal
    handle-mirror-vertical handle-polar handle-position handle-radius-range-maximum
    handle-radius-range-minimum handle-range-x-maximum handle-range-x-minimum
    handle-range-y-maximum handle-range-y-minimum handle-switched height horizontal-pos
    horizontal-rel hyphenate hyphenation-keep hyphenation-keep-line hyphenation-keep-type
    hyphenation-ladder-count hyphenation-no-caps hyphenation-no-last-word
    hyphenation-push-char-count hyphenation-remain-char-count hyphenation-word-char-count
    hyphenation-zone ignore-case image-opacity increment increase index-scope
    is-selection-indicator join-border justify-single-word keep-together keep-with-next kind
    language language-asian language-complex layer layout-grid-base-height
    layout-grid-base-width layout-grid-color layout-grid-display layout-grid-lines
    layout-grid-mode layout-grid-print layout-grid-ruby-below layout-grid-ruby-height
    layout-grid-snap-to layout-grid-standard-mode leader-color leader-style leader-type
    leader-width length letter-kerning letter-spacing level line-break line-height
    line-height-at-least line-number line-skew line-spacing line-style lines link-to-source-data
    list-format list-level-position-and-space-mode list-tab-stop-position locked luminance
    main-sequence margin margin-bottom margin-gutter margin-left margin-right margin-top
    marker-end marker-end-center marker-end-width marker-start marker-start-center
    marker-start-width max-denominator-value max-height max-width may-break-between-rows
    measure-align measure-vertical-align media-type min-decimal-places min-denominator-digits
    min-exponent-digits min-height min-integer-digits min-label-distance min-label-width
    min-numerator-digits min-row-height min-width mime-type mirror mirror-horizontal
    mirror-vertical modifiers moving-protect note-class num-format num-letter-sync
    number-columns-repeated number-columns-spanned number-lines number-position
    number-rows-repeated number-rows-spanned number-wrapped-paragraphs nohref offset opacity
    optimal-column-width optimal-row-height orphans outline-level overlap padding padding-bottom
    padding-left padding-right padding-top page page-adjust page-height page-number page-usage
    page-width paper-tray-name parallel path-stretchpoint-x path-stretchpoint-y placing
    plain-number-format points position possessive-form print print-content print-orientation
    print-page-order print-range protect protected punctuation-wrap r read-only red
    reference-format register-true register-truth-ref-style-name rel-column-width rel-height
    rel-width rel-height-rel rel-width-rel relative-tab-stop-position repeat repeat-content
    repeated resolved restart-numbering restart-on-page rotation rotation-align rotation-angle
    row-height rows-spanned ruby-align ruby-position run-through rx ry scale-to scale-to-X
    scale-to-Y scale-to-pages script script-asian script-complex script-type
    secondary-fill-color select-page shade-hex shadow shadow-blur shadow-color shadow-offset-x
    shadow-offset-y shadow-opacity shadow-transparency show show-details show-logo shrink-to-fit
    size-protect snap-to-layout-grid solid-type space-after space-before spreadMethod start
    start-angle start-char start-column start-guide start-indent start-line-spacing-horizontal
    start-line-spacing-vertical start-new-column start-numbering-at start-row start-value
    stop-color stop-opacity stroke stroke-color stroke-linecap stroke-linejoin stroke-opacity
    stroke-width style symbol-color tab-stop-distance table-centering text-align text-align-last
    text-align-source text-areas text-autospace text-blinking text-combine text-combine-end-char
    text-combine-start-char text-emphasize text-indent text-justify text-line-through-color
    text-line-through-mode text-line-through-style text-line-through-text text-line-through-type
    text-line-through-width text-outline text-overline-color text-overline-mode
    text-overline-style text-overline-type text-overline-width text-path text-path-allowed
    text-path-mode text-path-same-letter-heights text-path-scale text-position
    text-rotation-angle text-rotation-scale text-scale text-shadow text-transform
    text-underline-color text-underline-mode text-underline-style text-underline-type
    text-underline-width textarea-horizontal-align textarea-vertical-align textual
    tile-repeat-offset transform truncate-on-overflow type unformatted-text unit use-caption
    use-chart-objects use-data use-draw-objects use-floating-frames use-graphics use-image-map
    use-index-marks use-index-source-styles use-math-objects use-objects
    use-optimal-column-width use-optimal-row-height use-outline-level use-soft-page-breaks
    use-spreadsheet-objects use-tables use-window-font-color value-type version vertical-align
    vertical-justify vertical-pos vertical-rel viewBox visibility visual-effect white-space
    widows width wrap wrap-contour wrap-contour-mode wrap-dynamic-threshold
    wrap-influence-on-position wrap-option writing-mode writing-mode-automatic x x1 x2 xpos y y1
    y2 z-index c caption-sequence-format concave edge-rounding embedded exponent-interval
    fit-to-height formatting-entry footer-on-first header-on-first intensity is-list-header
    list-id-type continue-numbering label-followed-by actuate space apply-order
"""
ATTRIBUTES = words_of(_ANY)
"""Local names of attributes that are kept where their value is a number or a word of ODF."""

NAMES = words_of(
    """
    name style-name parent-style-name next-style-name list-style-name data-style-name
    master-page-name page-layout-name class-names text-style-name cond-style-name
    default-style-name visited-style-name citation-style-name citation-body-style-name
    apply-style-name fill-gradient-name fill-hatch-name fill-image-name opacity-name stroke-dash
    stroke-dash-names marker-start marker-end percentage-data-style-name default-cell-style-name
    list-style linked-style-name main-entry-style-name next-name id ref-name note-id change-id
    list-id continue-list control-id chain-next-name end-shape start-shape
    register-truth-ref-style-name layer draw-style-name leader-text-style glyph-style-name
    presentation-style-name
    """,
)
"""Attributes that name a style, a place or an object, or refer to one."""

VALUES = words_of(
    """
    true false none auto normal solid dotted dashed dash dot-dash dot-dot-dash double single
    groove ridge inset outset hidden bold italic oblique small-caps start end left right center
    justify top middle bottom baseline automatic inside outside from-left from-inside from-top
    below above page page-content paragraph paragraph-content paragraph-start-margin
    paragraph-end-margin char text line frame frame-content frame-start-margin frame-end-margin
    as-char column page-start-margin page-end-margin document chapter section always avoid
    continuous portrait landscape lr-tb rl-tb tb-rl tb-lr bt-lr lr rl tb rtl ltr both
    always-page even-page odd-page mirrored all odd even transparent current previous next
    visible collapse collapsing separating margins footnote endnote roman swiss modern
    decorative script system variable fixed x-symbol transparency strict hanging font-color
    ideograph-alpha parallel dynamic run-through biggest left-right foreground background
    once-concurrent once-successive iterative no-wrap wrap no-limit standard greyscale mono
    watermark rect clip embed onLoad onRequest simple new replace list extra index html text
    family graphic table table-row table-column table-cell ruby control presentation
    drawing-page paragraph float percentage currency date time boolean string label-alignment
    label-width-and-position listtab space nothing spacelist i I a A 1 direction chapter number
    number-and-name name plain-number number-all-superior page category-and-value caption value
    min number-no-superior short long content linear axial radial ellipsoid square rectangular
    gradient hatch bitmap stretch repeat no-repeat bottom-left bottom-right top-left top-right
    miter round bevel butt gradient-step-count super sub words caps lowercase uppercase
    capitalize letter-line contain skip-white-space continuous embossed engraved thin thick
    medium x-small small large full path name-and-extension area value-and-unit formula nonzero
    evenodd userSpaceOnUse objectBoundingBox pad reflect triple wave long-dash dot letter fast
    lights accent disc circle sheet fit-with break-word alphabetic rectangle round-rectangle
    ellipse isosceles-triangle right-triangle trapezoid diamond parallelogram pentagon hexagon
    octagon cross ring block-arc can cube paper smiley sun moon lightning heart bang cloud
    flower left-arrow right-arrow up-arrow down-arrow left-right-arrow up-down-arrow quad-arrow
    striped-right-arrow notched-right-arrow pentagon-right chevron left-bracket right-bracket
    left-brace right-brace brace-pair bracket-pair rectangular-callout round-rectangular-callout
    round-callout cloud-callout line-callout-1 line-callout-2 line-callout-3 star4 star5 star8
    star12 star24 flowchart-process flowchart-decision flowchart-data flowchart-document
    flowchart-terminator flowchart-preparation non-primitive mso-spt202 ooxml-rect
    ooxml-roundRect ooxml-ellipse ooxml-rightArrow ooxml-leftArrow ooxml-line image/png
    image/jpeg image/gif image/bmp image/tiff image/svg+xml image/x-emf image/x-wmf
    application/vnd.oasis.opendocument.text application/vnd.oasis.opendocument.text-template
    text/xml application/rdf+xml latin asian complex weak ignore exclude latin-and-asian inline
    block run-in fixed-leader-length gregorian language default user-defined ideographic user
    nonum number-wrapped gutter odd-page M L C Z N F S T U A B W V X Y Q m l c z h v s q t H
    width height left top right bottom xstretch ystretch hasstroke hasfill logwidth logheight
    sin cos tan sqrt abs atan atan2 min max if pi preserve id text-content inherit
    consider-shifts ignore-shifts distribute-letter distribute-space
    """,
)
"""Words that values are made of."""

SETTINGS = words_of(
    """
    AddFrameOffsets AddParaLineSpacingToTableCells AddParaSpacingToTableCells
    AddParaTableSpacing AddParaTableSpacingAtStart AddVerticalFrameOffsets AllowPrintJobCancel
    AlignTabStopPosition ApplyParagraphMarkFormatToNumbering ApplyUserData
    BackgroundParaOverDrawings CharacterCompressionType ClippedPictures
    ClipAsCharacterAnchoredWriterFlyFrames CollapseEmptyCellPara ConsiderTextWrapOnObjPos
    ContinuousEndnotes DisableOffPagePositioning DoNotBreakWrappedTables
    DoNotCaptureDrawObjsOnPage DoNotJustifyLinesWithManualBreak DoNotResetParaAttrsForNumFont
    DropCapPunctuation EmptyDbFieldHidesPara FieldAutoUpdate FloattableNomargins
    FootnoteInColumnToPageEnd FrameAutowidthWithMorePara GutterAtTop HeaderSpacingBelowLastPara
    HyphenateURLs IgnoreFirstLineIndentInNumbering IgnoreHiddenCharsForLineCalculation
    IgnoreTabsAndBlanksForLineCalculation ImagePreferredDPI InvertBorderSpacing
    IsKernAsianPunctuation IsLabelDocument JustifyLinesWithShrinking LinkUpdateMode
    MathBaselineAlignment MsWordCompMinLineHeightByFly MsWordCompTrailingBlanks
    MsWordUlTrailSpace NoGapAfterNoteNumber NoNumberingShowFollowBy OutlineLevelYieldsNumbering
    ParaSpaceMaxAtPages ProtectBookmarks ProtectFields ProportionalStyles
    PropLineSpacingShrinksFirstLine SmallCapsPercentage66 StylesNoDefault
    StylisticLeadingSubstitution SubtractFlysAnchoredAtFlys SurroundTextWrapSmall
    TabAtLeftIndentForParagraphsInList TabOverMargin TabOverSpacing TabsRelativeToIndent
    TableRowKeep TabCompat TreatSingleColumnBreakAsPageBreak UnbreakableNumberings
    UnxForceZeroExtLeading UpdateFromTemplate UseFormerLineSpacing UseFormerObjectPositioning
    UseFormerTextWrapping UseOldNumbering UseOldPrinterMetrics UseVariableWidthNBSP
    WordLikeWrapForAsCharFlys WrapAsCharFlysLikeInOOXML
    """,
)
"""Settings that change how lines and pages break; all others leave."""
