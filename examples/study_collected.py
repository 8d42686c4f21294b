"""Writes the collected hashtag as lines of API v2 and v1.1."""

from __future__ import annotations

import json
from typing import Any

from study_people import DEPT, Dice, Person
from study_posts import Post, snowflake
from study_takeout import entities, iso_time, media, photo_key, tweet_time

Json = dict[str, Any]

QUERY = "#mediastudiesmatters"
RETRIEVED = 1480068000000  # 2016-11-25T10:00Z
_TWARC: Json = {
    "url": "https://api.twitter.com/2/tweets/search/all?query=%23mediastudiesmatters+OR+from%3A"
    + DEPT.handle,
    "version": "2.14.0",
    "retrieved_at": "2016-11-25T10:00:00+00:00",
}
_PLACE: Json = {
    "id": "5e1ec7ed0a1b9c33",
    "full_name": "Nether Oxbrindle, England",
    "name": "Nether Oxbrindle",
    "country": "United Kingdom",
    "country_code": "GB",
    "place_type": "city",
    "geo": {"type": "Feature", "bbox": [-1.71, 53.91, -1.66, 53.94], "properties": {}},
}
CLIENTS = ("Twitter for iPhone", "Twitter for Android", "Twitter Web Client")


def lines(records: list[Json]) -> bytes:
    """Return records as JSON lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records).encode()


def _born(person: Person) -> int:
    return 1262304000000 + Dice("born/" + person.key).below(100_000_000) * 1000


def user_numbers(person: Person) -> dict[str, int]:
    """Return the counts of a profile."""
    dice = Dice("user-numbers/" + person.key)
    return {
        "followers_count": 20 + dice.below(900),
        "following_count": 20 + dice.below(500),
        "tweet_count": 50 + dice.below(9000),
        "listed_count": dice.below(12),
    }


def user_v2(person: Person) -> Json:
    """Return a user object of API v2."""
    user: Json = {
        "id": person.user_id,
        "username": person.handle,
        "name": person.display,
        "created_at": iso_time(_born(person)),
        "description": person.bio,
        "url": "",
        "protected": False,
        "verified": False,
        "profile_image_url": f"https://pbs.twimg.com/profile_images/{person.user_id}77/i_normal.jpg",
        "public_metrics": user_numbers(person),
    }  # fmt: skip
    if person.location:
        user["location"] = person.location
    return user


def references(post: Post) -> list[tuple[str, Post]]:
    """Return kind and tweet of what a tweet refers to."""
    named = (("replied_to", post.reply_to), ("retweeted", post.retweet), ("quoted", post.quote))
    return [(kind, other) for kind, other in named if other]


def _annotations(post: Post) -> list[Json]:
    out = []
    for person in sorted({p.key: p for _, _, p, _ in post.mentions()}.items()):
        given = person[1].given
        start = post.escaped.find(given) if given else -1
        if start >= 0:
            out.append(
                {
                    "start": start,
                    "end": start + len(given) - 1,  # inclusive, here alone
                    "probability": 0.9138,
                    "type": "Person",
                    "normalized_text": given,
                },
            )
    return out


def tweet_v2(post: Post) -> Json:
    """Return a tweet object of API v2 as it stands in `data`."""
    dice = Dice("v2/" + post.id)
    found: Json = {
        "mentions": [
            {"start": s, "end": e, "username": handle, "id": person.user_id}
            for s, e, person, handle in post.mentions()
        ],
        "hashtags": [{"start": s, "end": e, "tag": word} for s, e, word in post.hashtags()],
        "urls": [
            {
                "start": s,
                "end": e,
                "url": link.url,
                "expanded_url": link.expanded,
                "display_url": link.display,
            }
            | ({"media_key": "3_" + link.media_id} if link.media_id else {})
            for s, e, link in post.placed_links()
        ],
        "annotations": _annotations(post),
    }
    tweet: Json = {
        "id": post.id,
        "text": post.escaped,
        "author_id": post.author.user_id,
        "conversation_id": post.conversation,
        "created_at": iso_time(post.at),
        "edit_history_tweet_ids": [post.id],
        "lang": "en",
        "source": dice.pick(CLIENTS),
        "possibly_sensitive": False,
        "reply_settings": "everyone",
        "public_metrics": {
            "retweet_count": dice.below(9),
            "reply_count": dice.below(5),
            "like_count": dice.below(30),
            "quote_count": dice.below(3),
        },
        "entities": {key: value for key, value in found.items() if value},
    }
    if post.reply_to:
        tweet["in_reply_to_user_id"] = post.reply_to.author.user_id
    refs = references(post)
    if refs:
        tweet["referenced_tweets"] = [{"type": kind, "id": other.id} for kind, other in refs]
    keys = ["3_" + link.media_id for _, _, link in post.placed_links() if link.media_id]
    if keys:
        tweet["attachments"] = {"media_keys": keys}
    if int(post.id) % 29 == 0:
        tweet["geo"] = {"place_id": _PLACE["id"]}
    return tweet


def _media_v2(post: Post) -> list[Json]:
    return [
        {
            "media_key": "3_" + link.media_id,
            "type": "photo",
            "url": f"https://pbs.twimg.com/media/{photo_key(link.media_id)}.jpg",
            "alt_text": f"A whiteboard with {post.author.given or 'somebody'}'s storyboard",
            "width": 1200,
            "height": 675,
        }
        for _, _, link in post.placed_links()
        if link.media_id
    ]


def flat_v2(post: Post, *, outer: bool = True) -> Json:
    """Return a tweet as `twarc2 flatten` writes it: what it refers to inlined."""
    tweet = tweet_v2(post)
    for entity, (_, _, person, _) in zip(
        tweet["entities"].get("mentions", []), post.mentions(), strict=True,
    ):  # fmt: skip
        entity.update({k: v for k, v in user_v2(person).items() if k not in {"id", "username"}})
    tweet["author"] = user_v2(post.author)
    if post.reply_to:
        tweet["in_reply_to_user"] = user_v2(post.reply_to.author)
    if outer:
        for reference, (_, other) in zip(
            tweet.get("referenced_tweets", []), references(post), strict=True,
        ):  # fmt: skip
            reference.update(flat_v2(other, outer=False))
        tweet["__twarc"] = _TWARC
    pictures = _media_v2(post)
    if pictures:
        tweet["attachments"]["media"] = pictures
    if "geo" in tweet:
        tweet["geo"] |= _PLACE
    return tweet


def page_v2(posts: list[Post], number: int) -> Json:
    """Return a page of the API with `includes`; the first tells of a tweet not found."""
    others = {o.id: o for post in posts for _, o in references(post)}
    everybody = [*posts, *(others[key] for key in sorted(others))]
    users = {p.user_id: p for post in everybody for p in (post.author, *_mentioned(post))}
    pictures = [one for post in everybody for one in _media_v2(post)]
    page: Json = {
        "data": [tweet_v2(post) for post in posts],
        "includes": {
            "users": [user_v2(users[key]) for key in sorted(users)],
            "tweets": [tweet_v2(others[key]) for key in sorted(others)],
        },
    }
    if pictures:
        page["includes"]["media"] = list({one["media_key"]: one for one in pictures}.values())
    if any("geo" in tweet for tweet in page["data"]):
        page["includes"]["places"] = [_PLACE]
    if number == 0:
        lost = snowflake(1479700000000, "lost")
        page["errors"] = [
            {
                "value": lost,
                "detail": f"Could not find tweet with referenced_tweets.id: [{lost}].",
                "title": "Not Found Error",
                "resource_type": "tweet",
                "parameter": "referenced_tweets.id",
                "resource_id": lost,
                "type": "https://api.twitter.com/2/problems/resource-not-found",
            },
        ]
    page["meta"] = {
        "newest_id": posts[-1].id,
        "oldest_id": posts[0].id,
        "result_count": len(posts),
        "next_token": f"b26v89c19zqg8o3f{number}tk",
    }
    page["__twarc"] = _TWARC
    return page


def _mentioned(post: Post) -> list[Person]:
    return [person for _, _, person, _ in post.mentions()]


def user_v1(person: Person) -> Json:
    """Return a user object of API v1.1."""
    numbers = user_numbers(person)
    return {
        "id": int(person.user_id),
        "id_str": person.user_id,
        "name": person.display,
        "screen_name": person.handle,
        "location": person.location,
        "description": person.bio,
        "url": None,
        "protected": False,
        "verified": False,
        "followers_count": numbers["followers_count"],
        "friends_count": numbers["following_count"],
        "listed_count": numbers["listed_count"],
        "favourites_count": numbers["tweet_count"] // 3,
        "statuses_count": numbers["tweet_count"],
        "created_at": tweet_time(_born(person)),
        "utc_offset": 0,
        "time_zone": "London",
        "lang": "en",
        "profile_image_url_https": user_v2(person)["profile_image_url"],
        "default_profile": True,
    }


def tweet_v1(post: Post) -> Json:
    """Return a tweet of API v1.1.

    Long ones come as the stream sent them (cut `text`, `extended_tweet`), of the others every
    second in the extended form.
    """
    dice = Dice("v2/" + post.id)
    long = len(post.text) > 140
    client = f'<a href="http://twitter.com/download" rel="nofollow">{dice.pick(CLIENTS)}</a>'
    tweet: Json = {"created_at": tweet_time(post.at), "id": int(post.id), "id_str": post.id}
    if long:
        own = "https://t.co/" + dice.code(10, "ABCDEFGHJKMNPQRSTVWXYZ23456789")
        text = f"{post.text[:114].rstrip()}… {own}"
        short = Post(post.id, post.author, post.at, text, ())
        cut = entities(short, text=False)
        start = short.escaped.find(own)
        page = f"twitter.com/i/web/status/{post.id}"
        cut["urls"] = [
            {
                "url": own,
                "expanded_url": "https://" + page,
                "display_url": page[:26] + "…",
                "indices": [start, start + len(own)],
            },
        ]
        whole: Json = {
            "full_text": post.escaped,
            "display_text_range": [0, len(post.escaped)],
            "entities": entities(post, text=False),
        }
        if media(post, text=False):
            whole["extended_entities"] = {"media": media(post, text=False)}
        tweet |= {
            "text": short.escaped,
            "truncated": True,
            "extended_tweet": whole,
            "entities": cut,
        }
    elif int(post.id) % 2:
        tweet |= {
            "full_text": post.escaped,
            "truncated": False,
            "display_text_range": [0, len(post.escaped)],
            "entities": entities(post, text=False),
        }
    else:
        tweet |= {"text": post.escaped, "truncated": False, "entities": entities(post, text=False)}
    target = post.reply_to
    tweet |= {
        "source": client,
        "in_reply_to_status_id": int(target.id) if target else None,
        "in_reply_to_status_id_str": target.id if target else None,
        "in_reply_to_user_id": int(target.author.user_id) if target else None,
        "in_reply_to_user_id_str": target.author.user_id if target else None,
        "in_reply_to_screen_name": target.author.handle if target else None,
        "user": user_v1(post.author),
        "geo": None,
        "coordinates": None,
        "place": None,
        "contributors": None,
    }
    if post.retweet:
        tweet["retweeted_status"] = tweet_v1(post.retweet)
    tweet["is_quote_status"] = bool(post.quote)
    if post.quote:
        tweet["quoted_status_id"] = int(post.quote.id)
        tweet["quoted_status_id_str"] = post.quote.id
        tweet["quoted_status"] = tweet_v1(post.quote) if not post.quote.quote else None
        shown = next(link for link in post.links if post.quote.id in link.expanded)
        tweet["quoted_status_permalink"] = {
            "url": shown.url,
            "expanded": shown.expanded,
            "display": shown.display,
        }
    tweet |= {
        "retweet_count": dice.below(9),
        "favorite_count": dice.below(30),
        "favorited": False,
        "retweeted": False,
        "filter_level": "low",
        "lang": "en",
        "timestamp_ms": str(post.at),
    }
    return tweet


def delete_v1(post: Post) -> Json:
    """Return the control line by which a stream asks that a tweet be removed."""
    one = {"id": int(post.id), "id_str": post.id}
    return {"delete": {"status": one | {"user_id": int(post.author.user_id),
                                        "user_id_str": post.author.user_id},
                       "timestamp_ms": str(post.at + 5_000_000)}}  # fmt: skip
