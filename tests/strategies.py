"""Hypothesis strategies for the types and formats of the project, shared by all tests."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import strategies as st

from anonymize.model.audit import AuditEntry
from anonymize.model.spans import Span

# --- verify -----------------------------------------------------------------------------------


def audit_entries() -> st.SearchStrategy[AuditEntry]:
    """Return entries with any text, lone surrogates included, and any path."""
    text = st.text(max_size=12)
    return st.builds(
        AuditEntry,
        document=text,
        path=st.lists(text | st.integers(0, 99), max_size=4).map(tuple),
        start=st.integers(0, 50),
        end=st.integers(50, 90),
        entity_type=text,
        score=st.floats(0, 1),
        recognizer=text,
        operator=text,
        pseudonym=text,
        rule=text,
        by=text,
        digest=st.binary(min_size=32, max_size=32).map(bytes.hex),
    )


# --- detect ---------------------------------------------------------------------------------


def spans_in(text: str) -> st.SearchStrategy[list[Span]]:
    """Return spans of any type, score and recognizer that lie in a text, overlapping freely."""
    stretch = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))
    return st.lists(
        st.builds(
            lambda at, entity_type, score, recognizer: Span(
                min(at[0], at[1] - 1),
                max(at[0] + 1, at[1]),
                entity_type,
                score,
                recognizer,
            ),
            stretch,
            st.sampled_from(
                ["PERSON", "URL", "EMAIL_ADDRESS", "HANDLE", "LOCATION", "HASHTAG", "EVENT", "NRP"],
            ),
            st.sampled_from([0.1, 0.35, 0.4, 0.5, 0.85, 1.0]),
            st.sampled_from(["ner/m", "en/a", "core/b", "known/person", "field/email"]),
        ),
        max_size=8,
    )


NAME_WORDS = st.text(alphabet="abcdefghijklmnoprstuvwyzéöçñ", min_size=2, max_size=8)
"""Invented names in lower case, some with diacritics."""


def dressed(word: str) -> st.SearchStrategy[str]:
    """Return a word in other case, decomposed, with invisible characters, as HTML references."""

    def dress(choices: list[int]) -> str:
        out = []
        for char, choice in zip(word, choices, strict=True):
            match choice:
                case 0:
                    out.append(char.upper())
                case 1:
                    out.append(unicodedata.normalize("NFD", char))
                case 2:
                    out.append(char + "\u200b")
                case 3:
                    out.append(f"&#{ord(char)};")
                case 4:
                    out.append(f"&#x{ord(char):x};")
                case _:
                    out.append(char)
        return "".join(out)

    return st.lists(st.integers(0, 7), min_size=len(word), max_size=len(word)).map(dress)


# --- transcripts and tables -------------------------------------------------------------------

_SAID = st.text(
    alphabet=st.sampled_from("abcdeäßÉ łZ19 .,;:-–’'\"!?&<>()[]@#=+*/\u00a0\u200d\u0301"),
    max_size=30,
)
_SPEAKERS = st.sampled_from(["Anna", "I", "R", "BEN", "P1", "Mae-Lynne K.", "Speaker 2", "Zoë"])


@st.composite
def transcripts(draw: st.DrawFn) -> str:
    """Return an interview with labels of one convention, any line ends and odd lines between."""
    shape = draw(st.sampled_from(["{}: ", "{}\t", "[{}] ", "**{}:** ", "{} > ", "00:12 {}: ", ""]))
    end = st.sampled_from(["\n", "\r\n", "\r", "\x85", "\u2028", "\n\n", "\n \n"])
    parts = [
        draw(st.sampled_from(["", "\n", "Interviewee: Anna\nDate: 1 May 2024\n\n", "Title\n"]))
    ]
    for said in draw(st.lists(_SAID, max_size=8)):
        parts += [shape.format(draw(_SPEAKERS)), said, draw(end)]
    return "".join(parts)


def _clock(number: int, mark: str) -> str:
    return f"00:{number // 60:02}:{number % 60:02}{mark}250"


_TAGGED = st.lists(
    st.one_of(
        _SAID,
        st.sampled_from(
            [
                "<b>",
                "</b>",
                "<i>",
                "</i>",
                "<c.red>",
                "<c.jane>",
                "</c>",
                "<00:00:01.500>",
                "\n",
                "<v Anna K>",
                "<v.loud Ben>",
                "</v>",
                "Anna: ",
                "\nBen: ",
                "- ",
                "<lang en-GB>",
                "&amp;",
                "<Jane>",
            ],
        ),
    ),
    max_size=6,
).map(lambda parts: "".join(parts).replace("\n\n", "\n").strip("\n"))


@st.composite
def subtitles(draw: st.DrawFn, mark: str) -> str:
    """Return WebVTT (`mark` is `.`) or SubRip (`,`) with tags, labels and damaged blocks."""
    eol = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    heads = [
        "WEBVTT",
        "WEBVTT - with Anna\nKind: captions\nBy: Jane",
        'WEBVTT\n\nSTYLE\n::cue(v[voice="Anna K"]) { color: #fff; }\n\nNOTE by Jane',
    ]
    blocks = [draw(st.sampled_from(heads))] if mark == "." else []
    for number, text in enumerate(draw(st.lists(_TAGGED, min_size=1, max_size=6)), 1):
        name = f"{number}\n" if mark == "," or draw(st.booleans()) else ""
        timing = f"{_clock(number, mark)} --> {_clock(number + 1, mark)}"
        blocks.append(f"{name}{timing}\n{text}")
    if draw(st.booleans()):
        blocks.append("7\n00:00:1d.890 --> x\nJane said")
    text = draw(st.sampled_from(["\n\n", "\n\n\n"])).join(blocks)
    return (text + draw(st.sampled_from(["", "\n", "\n\n"]))).replace("\n", eol)


@st.composite
def delimited(draw: st.DrawFn) -> tuple[str, str]:
    """Return a delimiter and rows of three cells under `id,text,name`, without formulas."""
    mark = draw(st.sampled_from([",", ";", "\t"]))
    eol = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    cell = st.text(alphabet=st.sampled_from("abz1é \"'=-,;\t\r\n"), max_size=8).filter(
        lambda text: not text.startswith(("=", "-", "\t", "\r")),
    )

    def written(text: str, quoted: bool) -> str:
        if quoted or any(char in text for char in ',;\t\r\n"'):
            return '"' + text.replace('"', '""') + '"'
        return text

    rows = [
        mark.join(written(draw(cell), draw(st.booleans())) for _ in range(3))
        for _ in range(draw(st.integers(0, 5)))
    ]
    last = draw(st.sampled_from(["", eol]))
    return mark, eol.join([mark.join(["id", "text", "name"]), *rows]) + last


# --- formats: takeouts and collected tweets ---------------------------------------------------

CHARS = st.characters(exclude_categories=["Cs"])
"""Every character a JSON file in UTF-8 can hold."""
POST_IDS = st.integers(2**53, 2**63 - 1).map(str)
HANDLES_X = st.text(alphabet="abcdefghij_XYZ0123456789", min_size=1, max_size=15)
TWEET_TEXTS = st.text(CHARS, max_size=40) | st.sampled_from(
    ["Ask @jo_invented &amp; co", "a\x00b", "RT @jo_inv…", "\U0001f600 &lt;3 \u2028"],
)


def json_values() -> st.SearchStrategy[Any]:
    """Return any JSON value, floats finite."""
    scalars: st.SearchStrategy[Any] = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**70), 2**70),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(CHARS, max_size=8),
    )
    keys = st.text(CHARS, max_size=6)
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=8,
    )


def _span(style: str) -> st.SearchStrategy[dict[str, Any]]:
    numbers = st.tuples(st.integers(0, 20), st.integers(20, 40))
    match style:
        case "v2":
            return numbers.map(lambda at: {"start": at[0], "end": at[1]})
        case "v1":
            return numbers.map(lambda at: {"indices": list(at)})
        case _:
            return numbers.map(lambda at: {"indices": [str(at[0]), str(at[1])]})


def _with(
    span: st.SearchStrategy[dict[str, Any]],
    **keys: st.SearchStrategy[Any],
) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(st.fixed_dictionaries(keys), span).map(lambda two: two[0] | two[1])


def _tweet_v1(style: str, nested: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    span = _span(style)
    count = st.integers(0, 10**6).map(str if style == "takeout" else int)
    mention = _with(span, screen_name=HANDLES_X, name=st.text(CHARS, max_size=9), id_str=POST_IDS)
    link = _with(span, url=st.just("https://t.co/x"), expanded_url=st.text(CHARS, max_size=9))
    entities = st.fixed_dictionaries(
        {
            "hashtags": st.lists(_with(span, text=HANDLES_X), max_size=2),
            "user_mentions": st.lists(mention, max_size=2),
            "urls": st.lists(link, max_size=2),
        },
    )
    optional: dict[str, st.SearchStrategy[Any]] = {
        "entities": entities,
        "lang": st.sampled_from(["en", "und", "iw", "zh-cn"]),
        "favorite_count": count,
        "source": st.just("<a>An app</a>"),
        "in_reply_to_user_id_str": POST_IDS,
        "in_reply_to_screen_name": HANDLES_X | st.none(),
        "truncated": st.booleans(),
    }
    if style == "v1":
        user = {"id_str": POST_IDS, "screen_name": HANDLES_X, "description": TWEET_TEXTS}
        optional |= {
            "user": st.fixed_dictionaries(user),
            "retweeted_status": nested,
            "quoted_status": nested,
            "geo": st.none() | st.just({"type": "Point", "coordinates": [51.5, -0.1]}),
        }
    return st.fixed_dictionaries({"id_str": POST_IDS, "full_text": TWEET_TEXTS}, optional=optional)


def takeout_tweets() -> st.SearchStrategy[dict[str, Any]]:
    """Return elements of `tweets.js`, all numbers strings, wrapped or as before 2019."""
    tweet = _tweet_v1("takeout", st.nothing())
    return tweet.map(lambda one: {"tweet": one}) | tweet


def tweets_v1() -> st.SearchStrategy[dict[str, Any]]:
    """Return tweets of API v1.1 with users, retweets of quotes and geography."""
    return _tweet_v1("v1", _tweet_v1("v1", _tweet_v1("v1", st.none()) | st.none()) | st.none())


def users_v2() -> st.SearchStrategy[dict[str, Any]]:
    """Return users of API v2."""
    return st.fixed_dictionaries(
        {"id": POST_IDS, "username": HANDLES_X, "name": st.text(CHARS, max_size=9)},
        optional={
            "description": TWEET_TEXTS,
            "verified": st.booleans(),
            "public_metrics": st.fixed_dictionaries({"followers_count": st.integers(0, 10**7)}),
        },
    )


def tweets_v2(*, flat: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """Return tweets of API v2, flattened with their authors and references or not."""
    span = _span("v2")
    entities = st.fixed_dictionaries(
        {},
        optional={
            "mentions": st.lists(_with(span, username=HANDLES_X, id=POST_IDS), max_size=2),
            "hashtags": st.lists(_with(span, tag=HANDLES_X), max_size=2),
            "annotations": st.lists(_with(span, normalized_text=HANDLES_X), max_size=1),
        },
    )
    optional: dict[str, st.SearchStrategy[Any]] = {
        "entities": entities,
        "author_id": POST_IDS,
        "conversation_id": POST_IDS,
        "lang": st.sampled_from(["en", "nl", "qme"]),
        "public_metrics": st.fixed_dictionaries({"like_count": st.integers(0, 10**6)}),
        "referenced_tweets": st.lists(
            st.fixed_dictionaries({"type": st.just("replied_to"), "id": POST_IDS}),
            min_size=1,
            max_size=2,
        ),
        "edit_history_tweet_ids": st.lists(POST_IDS, max_size=2),
    }
    if flat:
        optional |= {"author": users_v2(), "__twarc": st.just({"url": "https://x.example/q"})}
    return st.fixed_dictionaries({"id": POST_IDS, "text": TWEET_TEXTS}, optional=optional)


def pages_v2() -> st.SearchStrategy[dict[str, Any]]:
    """Return pages of API v2 with what they include."""
    includes = st.fixed_dictionaries(
        {},
        optional={
            "users": st.lists(users_v2(), max_size=2),
            "tweets": st.lists(tweets_v2(flat=False), max_size=2),
        },
    )
    data = st.lists(tweets_v2(flat=False), min_size=1, max_size=3)
    return st.fixed_dictionaries(
        {"data": data | tweets_v2(flat=False)},
        optional={
            "includes": includes,
            "meta": st.just({"result_count": 1, "next_token": "b26v"}),
            "errors": st.just([{"value": "gone", "detail": "User [gone]"}]),
        },
    )


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """Return `data` with up to four stretches replaced, or its end cut off."""
    out = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at, gone = draw(st.integers(0, len(out))), draw(st.sampled_from((0, 1, 9, len(out))))
        out[at : at + gone] = draw(st.binary(max_size=9) | st.sampled_from((b'"', b"[", b"1e999")))
    return bytes(out)
