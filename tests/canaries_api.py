"""Canary lines of the APIs v1.1 and v2: every documented string leaf, see `tests.canaries`."""

from __future__ import annotations

import json

from tests.canaries import ISO, TIME, Canaries, Canary, Json, Tweet, entities_v1, media_v1


def _user_v1(canaries: Canaries, where: str) -> Json:
    number = canaries.id(f"{where} user id")
    handle = canaries.word(f"{where} screen_name")
    link = canaries.short(f"{where} url")
    return {
        "id": int(number),
        "id_str": number,
        "name": canaries.name(f"{where} name"),
        "screen_name": handle,
        "location": canaries.word(f"{where} location"),
        "description": f"bio of @{handle}",
        "url": link,
        "entities": {
            "url": {
                "urls": [
                    {
                        "url": link,
                        "expanded_url": canaries.url(f"{where} user expanded_url"),
                        "display_url": canaries.word(f"{where} user display_url"),
                        "indices": [0, 23],
                    },
                ],
            },
            "description": {"urls": []},
        },
        "followers_count": 10,
        "created_at": TIME,
        "time_zone": canaries.word(f"{where} time_zone"),
        "lang": canaries.word(f"{where} user lang"),
        "profile_image_url": canaries.url(f"{where} profile_image_url"),
        "profile_image_url_https": canaries.url(f"{where} profile_image_url_https"),
        "profile_banner_url": canaries.url(f"{where} profile_banner_url"),
        "profile_link_color": canaries.word(f"{where} profile_link_color"),
        "derived": {"locations": [{"full_name": canaries.word(f"{where} derived location")}]},
        "zz_unknown": canaries.word(f"{where} unknown user key"),
    }


def _tweet_v1(canaries: Canaries, where: str, key: str, lead: str = "Ask") -> Json:
    tweet = Tweet(canaries, where, lead=lead)
    number, status = canaries.id(f"{where} id"), canaries.id(f"{where} in_reply_to_status_id")
    answered = canaries.id(f"{where} in_reply_to_user_id")
    return {
        "created_at": TIME,
        "id": int(number),
        "id_str": number,
        key: tweet.text,
        "truncated": False,
        "display_text_range": [0, len(tweet.text)],
        "entities": entities_v1(canaries, tweet, where),
        "extended_entities": {"media": [media_v1(canaries, tweet, f"{where} extended")]},
        "source": canaries.word(f"{where} source"),
        "in_reply_to_status_id": int(status),
        "in_reply_to_status_id_str": status,
        "in_reply_to_user_id": int(answered),
        "in_reply_to_user_id_str": answered,
        "in_reply_to_screen_name": canaries.word(f"{where} in_reply_to_screen_name"),
        "user": _user_v1(canaries, where),
        "geo": {"type": "Point", "coordinates": [53.9, -1.7]},
        "coordinates": {"type": "Point", "coordinates": [-1.7, 53.9]},
        "place": {
            "id": canaries.word(f"{where} place id"),
            "url": canaries.url(f"{where} place url"),
            "place_type": "city",
            "name": canaries.word(f"{where} place name"),
            "full_name": canaries.word(f"{where} place full_name"),
            "country_code": canaries.word(f"{where} country_code"),
            "country": canaries.word(f"{where} country"),
            "bounding_box": {"type": "Polygon", "coordinates": [[[-1.7, 53.9], [-1.6, 54.0]]]},
        },
        "contributors": None,
        "retweet_count": 2,
        "favorite_count": 5,
        "current_user_retweet": {"id_str": canaries.id(f"{where} current_user_retweet")},
        "matching_rules": [{"tag": canaries.word(f"{where} matching_rules tag")}],
        "withheld_in_countries": [canaries.word(f"{where} withheld_in_countries")],
        "filter_level": canaries.word(f"{where} filter_level"),
        "lang": canaries.word(f"{where} lang"),
        "timestamp_ms": "1479807000000",
        "zz_unknown": canaries.word(f"{where} unknown key"),
    }


def _quoting(canaries: Canaries, where: str) -> Json:
    outer = _tweet_v1(canaries, where, "full_text")
    inner = _tweet_v1(canaries, f"{where} quoted_status", "full_text")
    return outer | {
        "is_quote_status": True,
        "quoted_status_id": inner["id"],
        "quoted_status_id_str": inner["id_str"],
        "quoted_status": inner,
        "quoted_status_permalink": {
            "url": canaries.short(f"{where} permalink url"),
            "expanded": canaries.url(f"{where} permalink expanded"),
            "display": canaries.word(f"{where} permalink display"),
        },
    }


def canary_jsonl_v1() -> Canary:
    """Return v1.1 lines: a tweet, a retweet of a quote, a streamed long one, control lines."""
    canaries = Canaries(3000)
    plain = _tweet_v1(canaries, "v1 plain", "full_text")
    original = _quoting(canaries, "v1 retweeted_status")
    lead = f"RT @{original['user']['screen_name']}: Ask"
    retweet = _tweet_v1(canaries, "v1 retweet", "full_text", lead)
    retweet["retweeted_status"] = original
    long = _tweet_v1(canaries, "v1 stream", "text")
    tweet = Tweet(canaries, "v1 extended_tweet")
    long["truncated"] = True
    long["extended_tweet"] = {
        "full_text": tweet.text,
        "display_text_range": [0, len(tweet.text)],
        "entities": entities_v1(canaries, tweet, "v1 extended_tweet"),
        "extended_entities": {"media": [media_v1(canaries, tweet, "v1 extended_tweet more")]},
    }
    long["entities"]["polls"] = [
        {
            "options": [{"position": 1, "text": f"@{tweet.handle}"}],
            "end_datetime": TIME,
            "duration_minutes": "60",
        },
    ]

    def ids(name: str) -> Json:
        post, user = canaries.id(f"v1 {name} id"), canaries.id(f"v1 {name} user_id")
        return {"id": int(post), "id_str": post, "user_id": int(user), "user_id_str": user}

    control: list[Json] = [
        {"delete": {"status": ids("delete"), "timestamp_ms": "1479807000000"}},
        {"scrub_geo": ids("scrub_geo") | {"up_to_status_id": int(canaries.id("v1 up_to"))}},
        {"limit": {"track": 12}},
        {"status_withheld": ids("status_withheld") | {"withheld_in_countries": ["XX"]}},
        {"user_withheld": ids("user_withheld")},
        {"disconnect": {"code": 4, "stream_name": canaries.word("v1 disconnect stream_name"),
                        "reason": canaries.word("v1 disconnect reason")}},
        {"warning": {"code": "FALLING_BEHIND", "message": canaries.word("v1 warning message")}},
    ]  # fmt: skip
    records = [plain, retweet, long, *control]
    return canaries.file("".join(json.dumps(one) + "\n" for one in records).encode())


def _user_v2(canaries: Canaries, where: str) -> Json:
    handle = canaries.word(f"{where} username")
    return {
        "id": canaries.id(f"{where} user id"),
        "username": handle,
        "name": canaries.name(f"{where} name"),
        "created_at": ISO,
        "description": f"bio of @{handle}",
        "entities": {
            "description": {"mentions": [{"start": 7, "end": 7 + 16, "username": handle}]},
            "url": {
                "urls": [
                    {
                        "start": 0,
                        "end": 23,
                        "url": canaries.short(f"{where} entities url"),
                        "expanded_url": canaries.url(f"{where} entities expanded_url"),
                        "display_url": canaries.word(f"{where} entities display_url"),
                    },
                ],
            },
        },
        "location": canaries.word(f"{where} location"),
        "url": canaries.short(f"{where} user url"),
        "pinned_tweet_id": canaries.id(f"{where} pinned_tweet_id"),
        "profile_image_url": canaries.url(f"{where} profile_image_url"),
        "protected": False,
        "verified": False,
        "verified_type": canaries.word(f"{where} verified_type"),
        "public_metrics": {"followers_count": 4, "following_count": 5, "tweet_count": 6},
        "withheld": {"country_codes": [canaries.word(f"{where} withheld")]},
        "affiliation": {"description": canaries.word(f"{where} affiliation")},
        "most_recent_tweet_id": canaries.id(f"{where} most_recent_tweet_id"),
        "zz_unknown": canaries.word(f"{where} unknown user key"),
    }


def _tweet_v2(canaries: Canaries, where: str, writer: Json) -> Json:
    tweet = Tweet(canaries, where, name=writer["name"])
    start, end = tweet.at("@" + tweet.handle)
    url, stop = tweet.at(tweet.short)
    tag, tag_end = tweet.at("#" + tweet.tag)
    name, name_end = tweet.at(tweet.name)
    number = canaries.id(f"{where} id")
    return {
        "id": number,
        "text": tweet.text,
        "author_id": writer["id"],
        "conversation_id": canaries.id(f"{where} conversation_id"),
        "created_at": ISO,
        "edit_history_tweet_ids": [number, canaries.id(f"{where} edit_history")],
        "edit_controls": {"editable_until": ISO, "edits_remaining": 5, "is_edit_eligible": True},
        "in_reply_to_user_id": canaries.id(f"{where} in_reply_to_user_id"),
        "lang": canaries.word(f"{where} lang"),
        "source": canaries.word(f"{where} source"),
        "possibly_sensitive": False,
        "reply_settings": canaries.word(f"{where} reply_settings"),
        "public_metrics": {"retweet_count": 1, "reply_count": 0, "like_count": 3},
        "entities": {
            "mentions": [
                {"start": start, "end": end, "username": tweet.handle, "id": tweet.user},
            ],
            "hashtags": [{"start": tag, "end": tag_end, "tag": tweet.tag}],
            "urls": [
                {
                    "start": url,
                    "end": stop,
                    "url": tweet.short,
                    "expanded_url": canaries.url(f"{where} expanded_url"),
                    "display_url": canaries.word(f"{where} display_url"),
                    "unwound_url": canaries.url(f"{where} unwound_url"),
                    "title": f"Page of @{tweet.handle}",
                    "description": f"All about {tweet.name}",
                    "images": [{"url": canaries.url(f"{where} url image")}],
                    "media_key": "3_" + canaries.id(f"{where} url media_key"),
                },
            ],
            "annotations": [
                {
                    "start": name,
                    "end": name_end - 1,
                    "probability": 0.9,
                    "type": "Person",
                    "normalized_text": tweet.name,
                },
            ],
        },
        "context_annotations": [
            {
                "domain": {"id": "10", "name": "Person"},
                "entity": {
                    "id": canaries.id(f"{where} context entity id"),
                    "name": canaries.word(f"{where} context entity name"),
                    "description": canaries.word(f"{where} context entity description"),
                },
            },
        ],
        "attachments": {
            "media_keys": ["3_" + canaries.id(f"{where} media_key")],
            "poll_ids": [canaries.id(f"{where} poll_id")],
        },
        "geo": {
            "place_id": canaries.word(f"{where} place_id"),
            "coordinates": {"type": "Point", "coordinates": [-1.7, 53.9]},
        },
        "withheld": {"country_codes": [canaries.word(f"{where} withheld")]},
        "note_tweet": {"text": f"{tweet.text} and so on"},
        "zz_unknown": canaries.word(f"{where} unknown key"),
    }


def _things(canaries: Canaries, where: str, handle: str) -> Json:
    """Return media, places and polls of `includes`."""
    return {
        "media": [
            {
                "media_key": "3_" + canaries.id(f"{where} includes media_key"),
                "type": "photo",
                "url": canaries.url(f"{where} media url"),
                "preview_image_url": canaries.url(f"{where} preview_image_url"),
                "alt_text": f"Photo by @{handle}",
                "variants": [{"url": canaries.url(f"{where} variant")}],
            },
        ],
        "places": [
            {
                "id": canaries.word(f"{where} place id"),
                "full_name": canaries.word(f"{where} place full_name"),
                "name": canaries.word(f"{where} place name"),
                "country": canaries.word(f"{where} place country"),
                "contained_within": [canaries.word(f"{where} contained_within")],
                "geo": {"type": "Feature", "bbox": [-1.7, 53.9, -1.6, 54.0], "properties": {}},
            },
        ],
        "polls": [
            {
                "id": canaries.id(f"{where} poll id"),
                "options": [{"position": 1, "label": f"@{handle}", "votes": 3}],
                "voting_status": "closed",
            },
        ],
    }


def _twarc(canaries: Canaries, where: str) -> Json:
    return {
        "url": canaries.url(f"{where} __twarc url"),
        "version": "2.14.0",
        "retrieved_at": "2016-11-25T10:00:00+00:00",
    }


def canary_jsonl_v2() -> Canary:
    """Return API v2 lines: a page with `includes` and `errors`, and a flattened tweet."""
    canaries = Canaries(5000)
    author, other = _user_v2(canaries, "v2 author"), _user_v2(canaries, "v2 other")
    data = _tweet_v2(canaries, "v2 data", author)
    quoted = _tweet_v2(canaries, "v2 includes.tweets", other)
    data["referenced_tweets"] = [{"type": "quoted", "id": quoted["id"]}]
    lost = canaries.id("v2 errors")
    page: Json = {
        "data": [data],
        "includes": {
            "users": [author, other],
            "tweets": [quoted],
            **_things(canaries, "v2 includes", author["username"]),
        },
        "errors": [
            {
                "value": lost,
                "resource_id": lost,
                "detail": canaries.word("v2 errors detail"),
                "title": "Not Found Error",
                "resource_type": "tweet",
                "parameter": canaries.word("v2 errors parameter"),
                "type": canaries.url("v2 errors type"),
            },
        ],
        "matching_rules": [{"id": canaries.id("v2 rule id"), "tag": canaries.word("v2 rule tag")}],
        "meta": {
            "newest_id": data["id"],
            "oldest_id": canaries.id("v2 meta oldest_id"),
            "next_token": canaries.word("v2 meta next_token"),
            "result_count": 1,
        },
        "__twarc": _twarc(canaries, "v2 page"),
        "zz_unknown": canaries.word("v2 page unknown key"),
    }
    writer, cited = _user_v2(canaries, "v2 flat author"), _user_v2(canaries, "v2 flat cited")
    flat = _tweet_v2(canaries, "v2 flat", writer)
    flat["author"] = writer
    flat["in_reply_to_user"] = _user_v2(canaries, "v2 flat in_reply_to_user")
    flat["in_reply_to_user"]["id"] = flat["in_reply_to_user_id"]
    inner = _tweet_v2(canaries, "v2 flat referenced", cited)
    flat["referenced_tweets"] = [{"type": "replied_to", **inner, "author": cited}]
    things = _things(canaries, "v2 flat", writer["username"])
    flat["attachments"] |= {"media": things["media"], "poll": things["polls"]}
    flat["geo"] |= things["places"][0]
    flat["__twarc"] = _twarc(canaries, "v2 flat")
    return canaries.file("".join(json.dumps(one) + "\n" for one in (page, flat)).encode())
