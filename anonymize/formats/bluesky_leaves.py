"""Values of the AT protocol: what kinds there are, by the lexicons `app.bsky` and `com.atproto`.

Every key is known in the form of the protocol (`displayName`, `$type`) and in that of programs
which write their own attribute names (`display_name`, `py_type`).
"""

from __future__ import annotations

import re

from anonymize.formats.json_shapes import DROPPED, NUMBER, Leaf, Node, Shape, Typed, many, words
from anonymize.model.fields import Role

AT_URI = "at-uri"
"""`Field.kind` of a whole `at://` URI as it is cut; the reader parts it before anybody sees it."""
TYPE_KEYS = ("$type", "py_type")

_DID = re.compile(r"did:[a-z0-9]{2,16}:[A-Za-z0-9._:%-]{1,500}")
_URI = re.compile(r"at://[^/?#\s]{1,600}(?:/[^?#\s]{0,700})?|" + _DID.pattern)
_HOST = re.compile(r"@?(?:[A-Za-z0-9-]{1,63}\.){1,10}[A-Za-z][A-Za-z0-9-]{0,62}")
# Names under the domains of the protocol's own makers; anybody else's could name a person.
_OFFICIAL = r"(?:app\.bsky|chat\.bsky|com\.atproto|tools\.ozone)(?:\.[a-zA-Z]{2,24}){2,3}"
is_official = re.compile(_OFFICIAL).fullmatch
"""Whether a collection is one of the protocol's own."""
is_did = _DID.fullmatch

TYPE = Leaf(Role.CODE, fits=re.compile(_OFFICIAL + r"(?:#[a-zA-Z]{2,32})?|blob").fullmatch)
COLLECTION = Leaf(Role.CODE, fits=is_official)
DATE = Leaf(Role.DATE)
COUNT = Leaf(Role.COUNT)
TEXT = Leaf(Role.TEXT)
TAG = Leaf(Role.TEXT, "hashtag")
URL = Leaf(Role.URL)
CID = Leaf(Role.ID, "other", fits=re.compile(r"[A-Za-z0-9]{8,120}").fullmatch)
RKEY = Leaf(Role.ID, "post", fits=re.compile(r"[A-Za-z0-9._:~-]{1,512}").fullmatch)
AT = Leaf(Role.ID, AT_URI, fits=_URI.fullmatch)
OWN_AT = Leaf(Role.ID, AT_URI, "author", fits=_URI.fullmatch)
"""The URI of a record that tells whose it is."""
ANSWERED_AT = Leaf(Role.ID, AT_URI, "reply", fits=_URI.fullmatch)
ACCOUNT_AT = Leaf(Role.ID, AT_URI, "@", fits=_URI.fullmatch)
DID = Leaf(Role.ID, "user", fits=is_did)
"""The DID of somebody of whom nothing else is told here."""
OWN_DID = Leaf(Role.ID, "user", "author", fits=is_did)
ACCOUNT_DID = Leaf(Role.ID, "user", "@", fits=is_did)
SERVICE_DID = Leaf(Role.ID, "other", fits=is_did)
HANDLE = Leaf(Role.HANDLE, "bluesky", "@", fits=_HOST.fullmatch)
NAME = Leaf(Role.NAME, "display", "@")
BIO = Leaf(Role.TEXT, "bio", "@")
START = Leaf(Role.OFFSET, "start")
END = Leaf(Role.OFFSET, "end")
LANG = Leaf(Role.CODE, fits=re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?").fullmatch)
VALID = words("valid", "invalid", "none")
MIME = words(
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "image/avif",
    "image/heic",
    "video/mp4",
    "video/mpeg",
    "video/webm",
    "video/quicktime",
    "text/vtt",
    "application/octet-stream",
    "*/*",
)
# "Labels and moderation" of the API's guide; what other labellers say of people is theirs.
_LABELS = (
    "!hide !warn !no-unauthenticated !no-promote porn sexual nudity graphic-media gore nsfl "
    "sexual-figurative dmca-violation doxxing spam impersonation scam misleading rude intolerant "
    "threat self-harm security illicit inauthentic sensitive unsafe-link extremist misinformation "
    "rumor engagement-farming"
)
LABEL_VALUE = words(*_LABELS.split())


def snake(key: str) -> str:
    """Return a key as programs write it that name it by their own rules.

    >>> snake("byteStart"), snake("$type"), snake("did")
    ('byte_start', 'py_type', 'did')
    """
    return "py_type" if key == "$type" else re.sub("([A-Z])", r"_\1", key).lower()


def shape(
    keys: dict[str, Node],
    *,
    post: bool = False,
    account: str | bool = False,
    texts: tuple[str, ...] = (),
) -> Shape:
    """Return an object with `keys`, its type, and the second spelling of each."""
    made = Shape({}, post=post, account=account, texts=texts)
    add(made, {"$type": TYPE, **keys})
    return made


def add(to: Shape, keys: dict[str, Node]) -> None:
    """Add keys to a shape in both spellings."""
    to.keys.update(keys)
    to.keys.update({snake(key): node for key, node in keys.items()})


def typed(shapes: dict[str, Node], other: Node) -> Typed:
    """Return a union that `$type` tells apart."""
    return Typed(TYPE_KEYS, shapes, other)


NOTHING = Shape({})
"""An object nobody described: all of it is opaque."""

REF = shape({"uri": AT, "cid": CID})
ANSWERED = shape({"uri": ANSWERED_AT, "cid": CID})
LINK = shape({"$link": CID, "link": CID})
BLOB = shape(
    {
        "ref": LINK,
        "mimeType": MIME,
        # To the byte it would find the very file again.
        "size": COUNT,
        # Blobs before 2023.
        "cid": CID,
    },
)
RATIO = shape({"width": NUMBER, "height": NUMBER})
LABELS = many(
    shape(
        {
            "ver": NUMBER,
            "src": SERVICE_DID,
            "uri": AT,
            "cid": CID,
            "val": LABEL_VALUE,
            "cts": DATE,
            "exp": DATE,
            "neg": Leaf(Role.CODE, fits=frozenset({"true", "false"}).__contains__),
            "sig": DROPPED,
        },
    ),
)
SELF_LABELS = shape({"values": many(shape({"val": LABEL_VALUE}))})
_MENTION = shape({"did": ACCOUNT_DID}, account=True)
FACETS = many(
    shape(
        {
            "index": shape({"byteStart": START, "byteEnd": END}),
            "features": many(
                typed(
                    {
                        "app.bsky.richtext.facet#mention": _MENTION,
                        "app.bsky.richtext.facet#link": shape({"uri": URL}),
                        "app.bsky.richtext.facet#tag": shape({"tag": TAG}),
                    },
                    NOTHING,
                ),
            ),
        },
    ),
)
"""Rich text; its offsets count bytes of UTF-8."""
