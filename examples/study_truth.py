"""Writes down what tests need to know of the study: its identifiers and its graph."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from study_people import BY_HANDLE, DEPT, GONE_HANDLE, PEOPLE, Person, plain
from study_posts import Post

Json = dict[str, Any]

# Without their marks these are also parts of ordinary words ("Asian", "Zoey").
_WORDS_ONLY = frozenset(("Sian", "Zoe"))
_SNOWFLAKE = re.compile(rb"(?<!\d)\d{17,19}(?!\d)")
_SHORT = re.compile(rb"https://t\.co/(\w{10})")
_PARTICLE = re.compile(r"^(?:O'|El-|van der )")


def _person(person: Person) -> Json:
    whole = [person.full, person.formal if person.title else "", person.display]
    parts: list[str] = []
    words = [*person.weak]
    if person is DEPT:
        whole = [person.display, "Ashbury Vale Sixth Form College"]
        parts = ["Ashbury Vale", "AVSFC"]
    elif person.given and person.family:
        bare = [person.given, _PARTICLE.sub("", person.family), person.nick]
        for part in [*bare, *(plain(one) for one in bare)]:
            known = words if part in _WORDS_ONLY or part in person.weak else parts
            if part not in known:
                known.append(part)
    phones = [person.phone, person.phone.replace(" ", "")] if person.phone else []
    if person is DEPT:
        phones.append("+447700900127")
    return {
        "person": person.key,
        "role": person.role,
        "names": list(dict.fromkeys(name for name in whole if name)),
        "parts": parts,
        "words": words,
        "handles": [handle for handle in (person.handle, person.old_handle) if handle],
        "emails": [person.email],
        "phones": phones,
        "ids": [person.user_id],
    }


def identifiers(files: Mapping[str, bytes], strangers: Sequence[str]) -> bytes:
    """Return all that must not survive in a shared folder, as JSON.

    `parts` are distinctive as plain bytes in any case; `words` only as whole words.  `post_ids`
    holds every snowflake of the study (tweets, media, messages), `links` every t.co code.
    `unlisted` is what only a good recognizer can find: nobody's metadata tells of it.
    """
    everything = b"\n".join(files.values())
    people = [_person(person) for person in PEOPLE.values()]
    for one in people:
        # A number that stands nowhere may be drawn as a surrogate.
        if not any(number.lstrip("+0").encode() in everything for number in one["phones"]):
            one["phones"] = []
    gone = {"person": "GONE", "role": "", "names": [], "parts": [], "words": [],
            "handles": [GONE_HANDLE], "emails": [], "phones": [], "ids": []}  # fmt: skip
    truth = {
        "people": [*people, gone],
        "post_ids": sorted({one.decode() for one in _SNOWFLAKE.findall(everything)}),
        "links": sorted({one.decode() for one in _SHORT.findall(everything)}),
        "other_ids": sorted(strangers),
        "unlisted": {
            "people": ["Jessamie", "Thornquil"],
            "spoken_handles": ["kwabs ante fio", "pshemek films", "Avsf underscore filmroom"],
            "places": ["Nether Oxbrindle", "Wexmoor", "Saint Brannock"],
            "phones": ["07700 900341", "07700 900655"],
            "candidate_numbers": ["4417"],
            "emails": ["filmroom@post.example"],
        },
    }
    return (json.dumps(truth, ensure_ascii=False, indent=1) + "\n").encode()


def _node(post: Post, *, takeout: bool) -> Json:
    status, _ = post.lost_reply
    return {
        "id": post.id,
        "author": post.author.user_id,
        "conversation": None if takeout else post.conversation,
        "reply_to": post.reply_to.id if post.reply_to else status or None,
        "reply_user": post.reply_to.author.user_id if post.reply_to else None,
        "retweet_of": None if takeout or not post.retweet else post.retweet.id,
        "quote_of": None if takeout or not post.quote else post.quote.id,
        "mentions": [person.user_id for _, _, person, _ in post.mentions()],
    }


def graph(files: Mapping[str, Sequence[Post]], deleted: Sequence[str]) -> bytes:
    """Return for each file its tweets, in the order of the file, with all their edges.

    Args:
        files: File name to tweets; the archive's name ends in `.zip`.
        deleted: Ids whose removal a control line asks for.
    """
    truth = {
        "deleted": list(deleted),
        "users": {person.user_id: person.key for person in BY_HANDLE.values()},
        "files": {
            name: [_node(post, takeout=name.endswith(".zip")) for post in posts]
            for name, posts in files.items()
        },
    }
    return (json.dumps(truth, ensure_ascii=False, indent=None).replace('{"id"', '\n{"id"')
            + "\n").encode()  # fmt: skip
