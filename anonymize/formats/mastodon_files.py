"""The files of a Mastodon archive, and the lists one may export beside it.

Posts and the profile are converted.  What tells of other people's posts and accounts is read as
seeds and dropped; pictures and sound are dropped unread.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from anonymize.formats.json_shapes import Shape
from anonymize.formats.mastodon_taken import expand
from anonymize.formats.mastodon_values import HANDLE_ALONE, POST
from anonymize.formats.x_takeout_files import Member
from anonymize.model.documents import Document, Problem, Section
from anonymize.model.fields import Role

CONVERTED = frozenset(("outbox", "actor"))
COLLECTIONS = frozenset(("outbox", "likes", "bookmarks"))
"""Files that are an ordered collection of addresses or activities."""
_ACCOUNTS = (
    "following_accounts follows following followers blocked_accounts blocks muted_accounts mutes "
    "lists"
)
ACCOUNT_LISTS = frozenset(_ACCOUNTS.split())
_OTHERS = frozenset(("bookmarks", "blocked_domains", "domain_blocks"))
_MEDIA = re.compile(r"(?:avatar|header)(?:\.[A-Za-z0-9]{1,5})?")
_LIST_NAME = re.compile(r"([a-z_]+)\.csv")
_LONGEST = 4096


def classify(path: str) -> Member:
    """Tell what a file is by its path from the root of the archive, with `/`.

    >>> classify("outbox.json").use, classify("media_attachments/files/1/a.png").shown
    ('convert', 'media_attachments/')
    """
    parts = path.split("/")
    if parts[0] in {"media_attachments", "__MACOSX"} and len(parts) > 1:
        return Member("rule", shown=f"{parts[0]}/")
    if parts[-1] in {".DS_Store", "Thumbs.db"}:
        return Member("rule", shown=parts[-1])
    if len(parts) > 1:
        return Member("unknown")
    if _MEDIA.fullmatch(path):
        return Member("rule", shown=path.partition(".")[0])
    stem, dot, suffix = path.partition(".")
    if dot and suffix == "json":
        if stem in CONVERTED:
            return Member("convert", stem, shown=path)
        if stem in COLLECTIONS:
            return Member("seed", stem, shown=path)
        if stem == "custom_filters":
            return Member("rule", stem, shown=path)
    return list_of(path)


def list_of(name: str) -> Member:
    """Tell which exported list a file of a name is; its `stem` ends in `.csv`."""
    match = _LIST_NAME.fullmatch(name)
    if match is not None and match[1] in ACCOUNT_LISTS | {"bookmarks"}:
        return Member("seed", name, shown=name)
    if match is not None and match[1] in _OTHERS:
        return Member("rule", name, shown=name)
    return Member("unknown")


_SEED = Shape({"account": HANDLE_ALONE, "post": POST})


def seed_document(key: str, value: str, at: int, scope: str) -> Document:
    """Return the document of one line of a list or element of a collection; never written.

    Args:
        key: `account` for a handle, `post` for the address of a post.
        value: The handle or address.
        at: Position in its file.
        scope: Scope of everything in the archive.
    """
    _, fields = expand({key: value}, _SEED)
    known = tuple(one for one in fields if one.role is not Role.OPAQUE)
    name = f"@{at}"
    return Document(name, known, (Section(name),), None, scope)


def read_list(stream: BinaryIO, stem: str, scope: str) -> Iterator[Document | Problem]:
    """Yield the seeds of an exported list: a handle in each row, or the address of a post.

    Lists of lists have a name before the handle, others settings behind it.
    """
    text = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
    column = 1 if stem == "lists.csv" else 0
    key = "post" if stem == "bookmarks.csv" else "account"
    at = 0
    try:
        for at, row in enumerate(csv.reader(text)):
            value = row[column].strip() if len(row) > column else ""
            # The first row may say what the columns are; no handle has a blank in it.
            if value and " " not in value and len(value) <= _LONGEST:
                yield seed_document(key, value, at, scope)
    except csv.Error:
        yield Problem("invalid-csv", at, withheld=False)
