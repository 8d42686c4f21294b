"""Mastodon archives and collected statuses of invented people."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anonymize.formats.base import HEAD_BYTES, Source

HOST = "https://social.example"
ME = f"{HOST}/users/tilda_orrow"
OTHER = "https://elsewhere.example/users/bram_quill"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
MINE = f"{ME}/statuses/109500000000000001"
THEIRS = f"{OTHER}/statuses/109400000000000007"
MENTION = (
    '<span class="h-card" translate="no"><a href="https://elsewhere.example/@bram_quill" '
    'class="u-url mention">@<span>bram_quill</span></a></span>'
)
CONTENT = (
    f"<p>{MENTION} Thank you &amp; greet Bram Quill<br />from <b>Tilda</b> Orrow</p>"
    '<p><a href="https://www.quillpress.example/bram?x=1&amp;y=2" rel="nofollow noopener" '
    'target="_blank"><span class="invisible">https://www.</span><span class="ellipsis">'
    'quillpress.example/bram?x=1</span><span class="invisible">&amp;y=2</span></a> '
    '<a href="https://social.example/tags/TeamBram_Quill" class="mention hashtag" rel="tag">'
    "#<span>TeamBram_Quill</span></a></p>"
)
CREATE: dict[str, Any] = {
    "id": f"{MINE}/activity",
    "type": "Create",
    "actor": ME,
    "published": "2022-12-11T09:30:00Z",
    "to": [PUBLIC],
    "cc": [f"{ME}/followers", OTHER],
    "object": {
        "id": MINE,
        "type": "Question",
        "summary": "For Bram Quill",
        "inReplyTo": THEIRS,
        "published": "2022-12-11T09:30:00Z",
        "url": f"{HOST}/@tilda_orrow/109500000000000001",
        "attributedTo": ME,
        "to": [PUBLIC],
        "cc": [f"{ME}/followers", OTHER],
        "sensitive": False,
        "atomUri": MINE,
        "inReplyToAtomUri": THEIRS,
        "conversation": "tag:elsewhere.example,2022-12-10:objectId=771234:objectType=Conversation",
        "content": CONTENT,
        "contentMap": {"en": CONTENT},
        "attachment": [
            {
                "type": "Document",
                "mediaType": "image/png",
                "url": "/media_attachments/files/109/500/original/9f2c.png",
                "name": "Bram Quill at a desk",
                "blurhash": "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH",
                "focalPoint": [0.0, 0.5],
                "width": 640,
            },
        ],
        "tag": [
            {"type": "Mention", "href": OTHER, "name": "@bram_quill@elsewhere.example"},
            {"type": "Hashtag", "href": f"{HOST}/tags/teambram_quill", "name": "#TeamBram_Quill"},
            {"type": "Emoji", "id": f"{HOST}/emojis/9", "name": ":kite:", "icon": {"url": "x"}},
        ],
        "replies": {"id": f"{MINE}/replies", "type": "Collection"},
        "oneOf": [
            {
                "type": "Note",
                "name": "With Bram Quill",
                "replies": {"type": "Collection", "totalItems": 3},
            },
        ],
        "endTime": "2022-12-12T09:30:00Z",
        "votersCount": 3,
    },
    "signature": {"type": "RsaSignature2017", "signatureValue": "c2lnbmF0dXJl"},
}
ANNOUNCE: dict[str, Any] = {
    "id": f"{ME}/statuses/109500000000000002/activity",
    "type": "Announce",
    "actor": ME,
    "published": "2022-12-11T10:30:00Z",
    "to": [PUBLIC],
    "cc": [OTHER, f"{ME}/followers"],
    "object": THEIRS,
}
ACTOR: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/activitystreams"],
    "id": ME,
    "type": "Person",
    "following": f"{ME}/following",
    "followers": f"{ME}/followers",
    "inbox": f"{ME}/inbox",
    "outbox": "outbox.json",
    "featured": f"{ME}/collections/featured",
    "preferredUsername": "tilda_orrow",
    "name": "Tilda Orrow",
    "summary": "<p>I teach. Ask Bram Quill.</p>",
    "url": f"{HOST}/@tilda_orrow",
    "manuallyApprovesFollowers": False,
    "published": "2019-04-01T00:00:00Z",
    "publicKey": {"id": f"{ME}#main-key", "owner": ME, "publicKeyPem": "PEM"},
    "attachment": [
        {
            "type": "PropertyValue",
            "name": "Web",
            "value": '<a href="https://orrow.example" rel="me">orrow.example</a>',
        },
    ],
    "alsoKnownAs": ["https://old.example/users/tilda_o"],
    "icon": {"type": "Image", "url": "avatar.png"},
    "likes": "likes.json",
    "bookmarks": "bookmarks.json",
}


def collection(name: str, *items: Any) -> bytes:
    """Return an ordered collection as an archive holds it."""
    return json.dumps(
        {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": f"{name}.json",
            "type": "OrderedCollection",
            "totalItems": len(items),
            "orderedItems": list(items),
        },
    ).encode()


FILES: dict[str, bytes] = {
    "media_attachments/files/109/500/original/9f2c.png": b"\x89PNG tilda_orrow",
    "avatar.png": b"\x89PNG",
    "outbox.json": collection("outbox", CREATE, ANNOUNCE),
    "likes.json": collection("likes", "https://third.example/users/ida_farrow/statuses/10990001"),
    "bookmarks.json": collection("bookmarks"),
    "actor.json": json.dumps(ACTOR).encode(),
    "following_accounts.csv": (
        b"Account address,Show boosts,Notify on new posts,Languages\n"
        b"cleo_marsh@far.example,true,false,\n"
    ),
    "lists.csv": b"Colleagues of Cleo,cleo_marsh@far.example\n",
    "muted_accounts.csv": b"Account address,Hide notifications\nnoel_penn@far.example,true\n",
    "blocked_accounts.csv": b"rude_one@far.example\n",
    "blocked_domains.csv": b"bad.example\n",
    "diary-of-tilda.json": b"{}",
}


def tar(files: Mapping[str, bytes]) -> bytes:
    """Return a tar.gz with owners and times, as a server makes it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.uname, info.mode = len(data), 1670750000, "tilda", 0o444
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def packed(path: Path, files: Mapping[str, bytes]) -> Source:
    """Write an archive of the kind its name says and return it as a source."""
    if path.name.endswith(".zip"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        output = "mastodon_k.zip"
    else:
        path.write_bytes(tar(files))
        output = "mastodon_k.tar.gz"
    data = path.read_bytes()
    return Source(str(path), path.name, "", len(data), data[:HEAD_BYTES], "mine", output)


def unpacked(path: Path, files: Mapping[str, bytes]) -> Source:
    """Write a folder and return it as a source."""
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return Source(str(path), path.name, label="mine", output="mastodon_k", folder=True)


def single(path: Path, data: bytes) -> Source:
    """Write one file and return it as a source."""
    path.write_bytes(data)
    output = f"outbox_k{path.suffix}"
    return Source(str(path), path.name, "", len(data), data[:HEAD_BYTES], path.name, output)


def account(name: str, host: str, shown: str, *, local: bool = False) -> dict[str, Any]:
    """Return an account as the API writes it."""
    return {
        "id": str(sum(map(ord, name + host)) * 10**14),
        "username": name,
        "acct": name if local else f"{name}@{host}",
        "url": f"https://{host}/@{name}",
        "uri": f"https://{host}/users/{name}",
        "display_name": shown,
        "note": f"<p>{shown} writes</p>",
        "locked": False,
        "created_at": "2019-04-01T00:00:00.000Z",
        "followers_count": 1234,
        "avatar": f"https://files.{host}/accounts/avatars/109/1.png",
        "emojis": [],
        "fields": [{"name": "Web", "value": '<a href="https://w.example">w.example</a>'}],
    }


TILDA = account("tilda_orrow", "social.example", "Tilda Orrow", local=True)
BRAM = account("bram_quill", "elsewhere.example", "Bram Quill")


def status(number: int, by: dict[str, Any], content: str, **more: Any) -> dict[str, Any]:
    """Return a status as the API writes it."""
    own = str(109500000000000000 + number)
    return {
        "id": own,
        "uri": f"{by['uri']}/statuses/{own}",
        "url": f"{by['url']}/{own}",
        "created_at": "2022-12-11T09:30:00.000Z",
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": "en",
        "replies_count": 1,
        "reblogs_count": 0,
        "favourites_count": 41,
        "favourited": False,
        "content": content,
        "reblog": None,
        "application": {"name": "Tooter", "website": None},
        "account": by,
        "media_attachments": [],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": None,
        "poll": None,
        **more,
    }


def statuses() -> list[dict[str, Any]]:
    """Return a post, an answer to it with everything a status may hold, and a boost."""
    first = status(1, BRAM, "<p>Who comes? Tilda Orrow?</p>")
    mention = {key: BRAM[key] for key in ("id", "username", "url", "acct")}
    answer = status(
        2,
        TILDA,
        CONTENT,
        in_reply_to_id=first["id"],
        in_reply_to_account_id=BRAM["id"],
        spoiler_text="About Bram Quill",
        mentions=[mention],
        tags=[{"name": "teambram_quill", "url": f"{HOST}/tags/teambram_quill"}],
        media_attachments=[
            {
                "id": "109500000000000777",
                "type": "image",
                "url": "https://files.social.example/media_attachments/files/109/5.png",
                "preview_url": "https://files.social.example/p.png",
                "description": "Bram Quill at a desk",
                "blurhash": "UBL_:rOpGG-oBUNG",
                "meta": {"original": {"width": 640}},
            },
        ],
        card={
            "url": "https://www.quillpress.example/bram",
            "title": "Bram Quill, poet",
            "description": "News of Bram Quill",
            "type": "link",
            "author_name": "Bram Quill",
            "author_url": "https://elsewhere.example/@bram_quill",
            "provider_name": "Quillpress",
            "html": "<iframe>",
            "width": 400,
            "image": "https://files.social.example/c.png",
            "authors": [{"name": "Bram Quill", "url": "", "account": BRAM}],
        },
        poll={
            "id": "55123",
            "expires_at": "2022-12-12T09:30:00.000Z",
            "expired": True,
            "multiple": False,
            "votes_count": 3,
            "voted": True,
            "own_votes": [0],
            "options": [{"title": "With Bram Quill", "votes_count": 3}],
            "emojis": [],
        },
    )
    boost = status(3, TILDA, "", reblog=first)
    return [first, answer, boost]
