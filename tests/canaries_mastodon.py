"""Archives and statuses of Mastodon in which every string leaf is found nowhere else."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from tests.canaries import ISO, Canaries, Canary, Json
from tests.formats.mastodon_cases import collection


class _Maker:
    """Records of Mastodon in which each string leaf is found nowhere else.

    Servers, handles and ids are those of two accounts; what is text tells of these alone.
    """

    def __init__(self) -> None:
        self.all = Canaries(7000)
        self.host = self.all.word("server") + ".example"
        self.me = self.all.word("owner handle")
        self.my_name = self.all.name("owner name")
        self.far = self.all.word("other server") + ".example"
        self.other = self.all.word("mention handle")
        self.name = self.all.name("mention name")
        # Of the name, which is known without its server.
        self.tag = "Team" + self.name.replace(" ", "")

    def leaf(self, where: str) -> str:
        """Return a word."""
        return self.all.word(where)

    def uri(self, where: str, *, mine: bool = True) -> str:
        """Return the address of a post."""
        host, name = (self.host, self.me) if mine else (self.far, self.other)
        return f"https://{host}/users/{name}/statuses/{self.all.id(where)}"

    def text(self, where: str) -> str:
        """Return a text of known identifiers."""
        return f"Ask {self.name} or @{self.other}@{self.far}, {self.all.email(where)}"

    def html(self, where: str) -> str:
        """Return HTML with a mention, a hashtag, links and what is not known."""
        link = self.all.url(f"{where} link")
        return (
            f'<p onclick="{self.leaf(where + " attribute")}"><span class="h-card">'
            f'<a href="https://{self.far}/@{self.other}" class="u-url mention">'
            f"@<span>{self.other}</span></a></span> {self.text(where)}<br />"
            f'<a href="{link}"><span class="invisible">https://</span><span class="ellipsis">'
            f'{link[8:20]}</span><span class="invisible">{link[20:]}</span></a> '
            f'<a href="https://{self.host}/tags/{self.leaf(where + " tag page")}" '
            f'class="mention hashtag" rel="tag">#<span>{self.tag}</span></a> '
            f'<a href="https://{self.host}/@{self.me}/{self.all.id(where + " linked post")}">'
            f'this post</a><img alt="{self.leaf(where + " alternative")}"><!-- '
            f"{self.leaf(where + ' comment')} --></p>"
        )

    def create(self) -> Json:
        """Return an activity that made a post."""
        me, far = f"https://{self.host}/users/{self.me}", f"https://{self.far}/users/{self.other}"
        post, content = self.uri("post"), self.html("content")
        return {
            "id": f"{post}/activity",
            "type": "Create",
            "actor": me,
            "published": ISO,
            "to": ["as:Public"],
            "cc": [far, f"{me}/followers", f"https://{self.far}/ap/{self.leaf('opaque actor')}"],
            "signature": {"signatureValue": self.leaf("signature")},
            "zz_unknown": self.leaf("unknown key of an activity"),
            "object": {
                "id": post,
                "type": "Question",
                "summary": self.text("summary"),
                "inReplyTo": self.uri("inReplyTo", mine=False),
                "published": ISO,
                "url": post,
                "attributedTo": me,
                "to": ["as:Public"],
                "cc": [far],
                "atomUri": post,
                "inReplyToAtomUri": f"https://{self.far}/objects/{self.leaf('opaque post')}",
                "conversation": f"tag:{self.far},2022:objectId={self.all.id('conversation')}",
                "context": f"https://{self.host}/contexts/{self.all.id('context')}",
                "content": content,
                "contentMap": {"en": content},
                "source": {"content": self.text("source"), "mediaType": self.leaf("media type")},
                "updated": ISO,
                "attachment": [
                    {
                        "type": "Document",
                        "mediaType": "image/png",
                        "url": f"/media_attachments/files/{self.all.id('media')}/x.png",
                        "name": self.text("alternative text"),
                        "blurhash": self.leaf("blurhash"),
                        "icon": {"url": self.all.url("icon")},
                    },
                    {"type": "Link", "href": self.all.url("preview card")},
                ],
                "tag": [
                    {"type": "Mention", "href": far, "name": f"@{self.other}@{self.far}"},
                    {
                        "type": "Hashtag",
                        "href": f"https://{self.host}/tags/{self.leaf('tag href')}",
                        "name": "#" + self.tag,
                    },
                    {"type": "Emoji", "name": f":{self.leaf('emoji')}:", "icon": {"url": "x"}},
                    {"type": "Link", "href": self.uri("quoted", mine=False), "name": "RE"},
                ],
                "replies": {"id": self.uri("replies"), "items": [self.uri("a reply")]},
                "likes": {"id": self.uri("likes"), "type": "Collection", "totalItems": 1},
                "oneOf": [{"type": "Note", "name": self.text("option")}],
                "quote": self.uri("quote", mine=False),
                "quoteAuthorization": self.all.url("quoteAuthorization"),
                "interactionPolicy": {"canQuote": {"automaticApproval": [me]}},
                "zz_unknown": {"deep": [self.leaf("unknown key of a post")]},
            },
        }

    def actor(self) -> Json:
        """Return the owner."""
        me = f"https://{self.host}/users/{self.me}"
        return {
            "id": me,
            "type": "Person",
            "following": f"{me}/following",
            "outbox": "outbox.json",
            "featuredCollections": f"https://{self.host}/{self.leaf('featured')}",
            "preferredUsername": self.me,
            "name": self.my_name,
            "summary": self.html("actor summary"),
            "url": f"https://{self.host}/@{self.me}",
            "webfinger": f"{self.me}@{self.host}",
            "published": ISO,
            "publicKey": {"publicKeyPem": self.leaf("public key")},
            "attachment": [
                {
                    "type": "PropertyValue",
                    "name": f"@{self.other}@{self.far}",
                    "value": self.html("profile field"),
                },
            ],
            "alsoKnownAs": [f"https://{self.leaf('old server')}.example/users/{self.me}"],
            "attributionDomains": [self.leaf("attribution domain")],
            "icon": {"url": self.leaf("icon")},
            "zz_unknown": self.leaf("unknown key of an actor"),
        }

    def account(self, where: str, *, mine: bool) -> Json:
        """Return an account as the API has it."""
        host, name = (self.host, self.me) if mine else (self.far, self.other)
        return {
            "id": self.all.id(f"{where} id"),
            "username": name,
            "acct": name if mine else f"{name}@{host}",
            "url": f"https://{host}/@{name}",
            "uri": f"https://{host}/users/{name}",
            "display_name": self.my_name if mine else self.name,
            "note": self.html(f"{where} note"),
            "created_at": ISO,
            "avatar": self.all.url(f"{where} avatar"),
            "fields": [{"name": "Web", "value": self.html(f"{where} field")}],
            "emojis": [{"shortcode": self.leaf(f"{where} emoji")}],
            "roles": [{"name": self.leaf(f"{where} role")}],
            "source": {"note": self.leaf(f"{where} source")},
            "zz_unknown": self.leaf(f"{where} unknown key"),
        }

    def status(self, where: str, *, mine: bool, **more: Any) -> Json:
        """Return a status with everything one may hold."""
        number = self.all.id(f"{where} id")
        return {
            "id": number,
            "uri": self.uri(f"{where} uri", mine=mine),
            "url": self.uri(f"{where} url", mine=mine),
            "created_at": ISO,
            "in_reply_to_id": self.all.id(f"{where} in_reply_to_id"),
            "in_reply_to_account_id": self.all.id(f"{where} in_reply_to_account_id"),
            "spoiler_text": self.text(f"{where} spoiler"),
            "visibility": self.leaf(f"{where} visibility"),
            "language": self.leaf(f"{where} language"),
            "content": self.html(f"{where} content"),
            "text": self.text(f"{where} text"),
            "account": self.account(f"{where} account", mine=mine),
            "application": {"name": self.leaf(f"{where} application")},
            "media_attachments": [
                {
                    "id": self.all.id(f"{where} media id"),
                    "type": self.leaf(f"{where} media type"),
                    "url": self.all.url(f"{where} media url"),
                    "description": self.text(f"{where} description"),
                    "blurhash": self.leaf(f"{where} blurhash"),
                    "meta": {"original": {"size": self.leaf(f"{where} meta")}},
                },
            ],
            "mentions": [
                {
                    "id": self.all.id(f"{where} mention id"),
                    "username": self.other,
                    "acct": f"{self.other}@{self.far}",
                    "url": f"https://{self.far}/u/{self.leaf(where + ' opaque profile')}",
                },
            ],
            "tags": [
                {
                    "name": self.tag.lower(),
                    "url": f"https://{self.host}/tags/{self.leaf(where + ' tag url')}",
                },
            ],
            "card": {
                "url": self.all.url(f"{where} card url"),
                "title": self.text(f"{where} card title"),
                "description": self.text(f"{where} card description"),
                "author_name": self.all.name(f"{where} card author"),
                "author_url": self.all.url(f"{where} card author_url"),
                "provider_name": self.name,
                "html": self.leaf(f"{where} card html"),
                "image": self.all.url(f"{where} card image"),
            },
            "poll": {
                "id": self.all.id(f"{where} poll id"),
                "options": [{"title": self.text(f"{where} option")}],
            },
            "filtered": [{"keyword_matches": [self.leaf(f"{where} filter")]}],
            "zz_unknown": self.leaf(f"{where} unknown key"),
            **more,
        }


def _archive(made: _Maker) -> bytes:
    files = {
        "actor.json": json.dumps(made.actor()).encode(),
        "outbox.json": collection("outbox", made.create()),
        "likes.json": collection("likes", made.uri("a like", mine=False)),
        "lists.csv": f"{made.leaf('list')},{made.leaf('listed')}@{made.far}\n".encode(),
        "blocked_domains.csv": f"{made.leaf('blocked')}.example\n".encode(),
        f"media_attachments/{made.all.id('media path')}.png": made.leaf("media").encode(),
        f"{made.leaf('unknown file')}.json": made.leaf("unknown file content").encode(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _statuses(made: _Maker) -> bytes:
    inner = made.status("boosted", mine=False)
    quote = {"state": "accepted", "quoted_status": made.status("quoted", mine=False)}
    lines = [made.status("boost", mine=True, reblog=inner), made.account("alone", mine=False)]
    lines.append(made.status("quoting", mine=True, quote=quote))
    return "\n".join(map(json.dumps, lines)).encode()


def canary_both() -> tuple[bytes, bytes, dict[str, str]]:
    """Return an archive and statuses of the same two accounts, and where each canary was put."""
    made = _Maker()
    return _archive(made), _statuses(made), made.all.where


def canary_mastodon() -> Canary:
    """Return an archive with every key; of names it tells the owner's alone."""
    made = _Maker()
    made.name, made.tag = made.my_name, "Team" + made.my_name.replace(" ", "")
    return _archive(made), made.all.where


def canary_statuses() -> Canary:
    """Return collected statuses with every key."""
    made = _Maker()
    return _statuses(made), made.all.where
