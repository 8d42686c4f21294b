"""Writes the tables of the study: twarc-csv columns, a TAGS sheet and the roster."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

from study_collected import CLIENTS, Json, references, tweet_v2, user_numbers, user_v2
from study_people import DEPT, OUTSIDERS, Dice, Person
from study_posts import Post
from study_takeout import entities, tweet_time

_NO_INITIALS = frozenset(("TO", "AM", "OF", "RT"))
"""Initials nobody would write into a roster: they are words, or the mark of a retweet."""


def table_csv(posts: list[Post]) -> bytes:
    """Return the columns of twarc-csv that a study usually keeps."""
    rows = []
    for post in posts:
        tweet = tweet_v2(post)
        refs = dict(references(post))
        answered = post.reply_to.author if post.reply_to else None
        rows.append(
            {
                "id": post.id,
                "conversation_id": post.conversation,
                **{
                    f"referenced_tweets.{kind}.id": refs[kind].id if kind in refs else ""
                    for kind in ("replied_to", "retweeted", "quoted")
                },
                "author_id": post.author.user_id,
                "in_reply_to_user_id": answered.user_id if answered else "",
                "in_reply_to_username": answered.handle if answered else "",
                "created_at": tweet["created_at"],
                "text": tweet["text"],
                "lang": tweet["lang"],
                "source": tweet["source"],
                "public_metrics.like_count": tweet["public_metrics"]["like_count"],
                "public_metrics.retweet_count": tweet["public_metrics"]["retweet_count"],
                "author.username": post.author.handle,
                "author.name": post.author.display,
            },
        )
    return _table(rows)


def table_tags(posts: list[Post]) -> bytes:
    """Return a sheet with the header of TAGS (formats.md, section 4)."""
    rows = []
    for post in posts:
        person, answered = post.author, post.reply_to
        clock = datetime.fromtimestamp(post.at // 1000, UTC).strftime("%d/%m/%Y %H:%M:%S")
        rows.append(
            {
                "id_str": post.id,
                "from_user": person.handle,
                "text": post.escaped,
                "created_at": tweet_time(post.at),
                "time": clock,
                "geo_coordinates": "",
                "user_lang": "en",
                "in_reply_to_user_id_str": answered.author.user_id if answered else "",
                "in_reply_to_screen_name": answered.author.handle if answered else "",
                "from_user_id_str": person.user_id,
                "in_reply_to_status_id_str": answered.id if answered else "",
                "source": Dice("v2/" + post.id).pick(CLIENTS),
                "profile_image_url": user_v2(person)["profile_image_url"],
                "user_followers_count": user_numbers(person)["followers_count"],
                "user_friends_count": user_numbers(person)["following_count"],
                "user_location": person.location,
                "status_url": f"http://twitter.com/{person.handle}/statuses/{post.id}",
                "entities_str": json.dumps(entities(post, text=False), ensure_ascii=False),
            },
        )
    return _table(rows)


def roster_csv(people: list[Person]) -> bytes:
    """Return `people.csv`."""
    rows = []
    for person in people:
        if person is DEPT:
            names = [
                DEPT.display, "Ashbury Vale Sixth Form College", "Ashbury Vale", "AVSFC",
            ]  # fmt: skip
        else:
            names = [person.full, person.nick]
            names += [person.initials] if person.initials not in _NO_INITIALS else []
            names += [person.formal] if person.title else []
        rows.append(
            {
                "person": person.key,
                "role": person.role,
                "names": ";".join(names),
                "handles": ";".join(
                    handle
                    for handle in (person.handle, person.old_handle)
                    # One renamed student is known to the researcher by the new handle only.
                    if handle and handle != "przemek_w_98"
                ),
                "emails": person.email if person not in OUTSIDERS else "",
                "consent": person.consent,
                "pseudonym": person.wish,
            },
        )
    return _table(rows)


def _table(rows: list[Json]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
