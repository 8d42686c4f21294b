"""Invented tweets in the form of activity streams."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
TIME = "2017-03-02T10:20:30.000Z"


def actor(number: str, handle: str, name: str) -> Json:
    """Return an account."""
    return {
        "objectType": "person",
        "id": f"id:twitter.com:{number}",
        "link": f"http://www.twitter.com/{handle}",
        "displayName": name,
        "postedTime": "2011-01-05T08:00:00.000Z",
        "image": f"https://pbs.example/profile_images/{number}/face.jpg",
        "summary": f"Teaching film, like @{handle} always did",
        "friendsCount": 31,
        "followersCount": 207,
        "listedCount": 2,
        "statusesCount": 4011,
        "favoritesCount": 12,
        "verified": False,
        "utcOffset": "3600",
        "twitterTimeZone": "Amsterdam",
        "preferredUsername": handle,
        "languages": ["en"],
        "links": [{"href": f"http://{handle}.example", "rel": "me"}],
        "location": {"objectType": "place", "displayName": "Old Barnstead"},
    }


def activity(number: str, who: Json, text: str, mentioned: Json | None = None) -> Json:
    """Return a tweet of `who`; a text that mentions somebody begins with the handle."""
    handle = who["preferredUsername"]
    link = f"http://twitter.com/{handle}/statuses/{number}"
    mentions = []
    if mentioned is not None:
        own = mentioned["preferredUsername"]
        bare = mentioned["id"].rpartition(":")[2]
        mentions.append(
            {
                "screen_name": own,
                "name": mentioned["displayName"],
                "id": bare,
                "id_str": bare,
                "indices": [0, len(own) + 1],
            },
        )
    return {
        "id": f"tag:search.twitter.com,2005:{number}",
        "objectType": "activity",
        "verb": "post",
        "postedTime": TIME,
        "generator": {"displayName": "Some App", "link": "http://app.example"},
        "provider": {
            "objectType": "service",
            "displayName": "Twitter",
            "link": "http://www.twitter.com",
        },
        "link": link,
        "body": text,
        "actor": who,
        "object": {
            "objectType": "note",
            "id": f"object:search.twitter.com,2005:{number}",
            "summary": text,
            "link": link,
            "postedTime": TIME,
        },
        "location": {
            "objectType": "place",
            "displayName": "Old Barnstead, Nowhere",
            "name": "Old Barnstead",
            "country_code": "United Kingdom",
            "twitter_country_code": "GB",
            "twitter_place_type": "city",
            "link": "https://api.twitter.com/1.1/geo/id/7f15dd80ac78ef40.json",
            "geo": {"type": "Polygon", "coordinates": [[[-1.5, 53.7], [-1.4, 53.8]]]},
        },
        "geo": {"type": "Point", "coordinates": [53.75, -1.45]},
        "favoritesCount": 3,
        "retweetCount": 1,
        "twitter_entities": {
            "hashtags": [],
            "urls": [],
            "symbols": [],
            "user_mentions": mentions,
        },
        "twitter_filter_level": "low",
        "twitter_lang": "en",
        "display_text_range": [0, len(text)],
        "long_object": {
            "body": text + " and more",
            "display_text_range": [0, len(text) + 9],
            "twitter_entities": {"hashtags": [], "urls": [], "user_mentions": mentions},
        },
        "gnip": {
            "matching_rules": [{"tag": None, "id": 1026514022567358464}],
            "urls": [
                {
                    "url": "https://t.co/Qq1",
                    "expanded_url": "https://site.example/page",
                    "expanded_status": 200,
                    "expanded_url_title": "A page",
                    "expanded_url_description": None,
                },
            ],
            "language": {"value": "en"},
            "klout_score": 41,
            "profileLocations": [
                {
                    "objectType": "place",
                    "displayName": "Old Barnstead",
                    "address": {"country": "United Kingdom", "locality": "Old Barnstead"},
                    "geo": {"type": "point", "coordinates": [-1.45, 53.75]},
                },
            ],
        },
    }


def share(number: str, who: Json, original: Json) -> Json:
    """Return a retweet."""
    handle = original["actor"]["preferredUsername"]
    made = activity(number, who, f"RT @{handle}: {original['body']}")
    return {**made, "verb": "share", "object": original}


def notice(number: str) -> Json:
    """Return the notice of a deletion."""
    return {
        "objectType": "activity",
        "verb": "delete",
        "object": {"id": f"tag:search.twitter.com,2005:{number}", "objectType": "note"},
        "actor": {"id": "id:twitter.com:5550001", "objectType": "person"},
    }
