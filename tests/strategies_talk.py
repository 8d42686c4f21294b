"""Hypothesis strategies for transcripts of linguists' programs."""

from __future__ import annotations

from hypothesis import strategies as st

_WORD = st.sampled_from(
    ["Anna", "anna", "Ruth's", "dog", "I", "went", "xxx", "[//]", "<the", "the>", "&=laughs",
     "Anna_Kowal", "+Zoë", "[WORD]", "\x151_20\x15", "&*MOT:mhm", "é", "🐶", "Leeds"],
)  # fmt: skip
_HEADERS = st.sampled_from(
    [
        "@PID:\t1/c-1",
        "@Languages:\teng, spa",
        "@Languages:\tAnna",
        "@ID:\teng|Leeds|ANN|2;06.|female|TD|MC|Target_Child||x|",
        "@ID:\teng|c|MOT",
        "@Birth of ANN:\t01-JAN-2001",
        "@Birthplace of ANN:\tLeeds",
        "@L1 of ANN:\teng",
        "@Media:\tanna, audio",
        "@Media:\tanna in Leeds",
        "@Date:\t01-JUL-2003",
        "@Transcriber:\tRuth Oakley and Ben",
        "@Transcriber:\tsomebody who was there",
        "@Comment:\tabout Anna\n\tand Ruth",
        "@Foo:\tAnna",
        "@New Episode",
        "@Begin:\tAnna",
        "@Window:\t1_2_3",
        "@Time Start:\t10:20",
        "@Number:\t3",
        "@Number:\tAnna",
        "@Options:\tmulti",
        "@Bg",
        "@Comment:",
        "",
        "no line of CHAT",
        "%mor:\tn|dog",
    ],
)
_PARTICIPANTS = st.sampled_from(
    [
        "ANN Anna_Kowal Target_Child, MOT Ruth Mother",
        "ANN Target_Child,\n\tMOT Ruth Mother , BEN Ben Friend",
        "ANN Anna Kowal Child, X",
        "MOT Mother, ANN Anna Chief_of_Leeds, INV1 Investigator",
        ", ANN",
        "",
    ],
)


@st.composite
def chats(draw: st.DrawFn) -> str:
    """Return a CHAT transcript with tiers beside its words, and odd lines between."""
    eol = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    lines = ["@UTF8", "@Begin", f"@Participants:\t{draw(_PARTICIPANTS)}"]
    lines += draw(st.lists(_HEADERS, max_size=6))
    for _ in range(draw(st.integers(0, 5))):
        said = draw(st.lists(_WORD, max_size=6))
        gap = draw(st.sampled_from([" ", " ", "  ", "\n\t"]))
        code = draw(st.sampled_from(["ANN", "MOT", "BEN", "CHI", "X1"]))
        lines.append(f"*{code}:\t{gap.join([*said, '.'])} \x15100_200\x15")
        words = [word for word in said if word[0].isalpha()]
        tiers = [
            "%mor:\t" + " ".join([*(f"n:prop|{word}" for word in words), "."]),
            "%gra:\t" + " ".join(f"{n}|0|ROOT" for n in range(1, len(words) + 2)),
            "%wor:\t" + " ".join(f"{word} \x151_2\x15" for word in words) + " .",
            "%com:\tabout Anna",
            "%add:\tMOT, ANN",
            "%add:\tMOT or Anna",
            "%pho:\t" + " ".join(words),
            "%xown:\tAnna",
            "%gra:\tAnna",
            "%snd:\tAnna",
        ]
        lines += draw(st.lists(st.sampled_from(tiers), max_size=5, unique=True))
        lines += draw(st.lists(_HEADERS, max_size=1))
    lines.append("@End")
    return "\n".join(lines).replace("\n", eol) + draw(st.sampled_from(["", eol]))


@st.composite
def text_grids(draw: st.DrawFn) -> str:
    """Return a TextGrid in the long or the short form, with comments."""
    long = draw(st.booleans())
    eol = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    label = st.text(alphabet=st.sampled_from("aZé\" '<>!5\n[]="), max_size=8) | st.sampled_from(
        ["Anna", "said", "", " ", 'the "Oak" of Anna', "5", "Leeds"]
    )
    out: list[str] = ['File type = "ooTextFile"', 'Object class = "TextGrid"', ""]

    def put(name: str, value: str) -> None:
        out.append(f"{name} = {value}" if long else value)

    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    put("xmin", "0")
    put("xmax", "9.5")
    out.append("tiers? <exists>" if long else "<exists>")
    tiers = draw(st.integers(0, 3))
    put("size", str(tiers))
    for tier in range(tiers):
        points = draw(st.booleans())
        out += [f"item [{tier + 1}]:"] if long else []
        put("class", '"TextTier"' if points else '"IntervalTier"')
        names = ["Anna", "Anna Kowal - words", "phones", "", "utterance@Ben", 'B"n', "Speaker 1"]
        put("name", quoted(draw(st.sampled_from(names))))
        put("xmin", "0")
        put("xmax", "9.5")
        texts = draw(st.lists(label, max_size=7))
        kind = "points" if points else "intervals"
        put(f"{kind}: size" if long else "size", str(len(texts)))
        for n, text in enumerate(texts):
            out += [f"{kind} [{n + 1}]:"] if long else []
            put("number" if points else "xmin", f"{n}.25")
            if not points:
                put("xmax", f"{n + 1}.25")
            put("mark" if points else "text", quoted(text))
        if draw(st.booleans()):
            out.append("! by Anna")
    return eol.join(out) + draw(st.sampled_from(["", eol]))
