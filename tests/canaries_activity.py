"""Canary lines in the form of activity streams: every documented leaf, see `tests.canaries`."""

from __future__ import annotations

import json

from tests.canaries import ISO, Canaries, Canary, Json, Tweet, entities_v1, media_v1


def _actor(canaries: Canaries, where: str) -> Json:
    handle = canaries.word(f"{where} preferredUsername")
    return {
        "objectType": "person",
        "id": "id:twitter.com:" + canaries.id(f"{where} actor id"),
        "link": f"http://www.twitter.com/{handle}",
        "displayName": canaries.name(f"{where} displayName"),
        "preferredUsername": handle,
        "postedTime": ISO,
        "image": canaries.url(f"{where} image"),
        "summary": f"bio of @{handle}",
        "friendsCount": 10,
        "verified": False,
        "utcOffset": canaries.word(f"{where} utcOffset"),
        "twitterTimeZone": canaries.word(f"{where} twitterTimeZone"),
        "languages": [canaries.word(f"{where} languages")],
        "links": [{"href": canaries.url(f"{where} href"), "rel": "me"}],
        "location": {"objectType": "place", "displayName": canaries.word(f"{where} location")},
        "zz_unknown": canaries.word(f"{where} unknown actor key"),
    }


def _activity(canaries: Canaries, where: str, lead: str = "Ask") -> Json:
    tweet = Tweet(canaries, where, lead=lead)
    number = canaries.id(f"{where} id")
    made = _actor(canaries, where)
    link = f"http://twitter.com/{made['preferredUsername']}/statuses/{number}"
    answered = (
        f"{canaries.word(f'{where} answered')}/statuses/{canaries.id(f'{where} answered id')}"
    )
    entities = entities_v1(canaries, tweet, where)
    return {
        "id": f"tag:search.twitter.com,2005:{number}",
        "objectType": "activity",
        "verb": "post",
        "postedTime": ISO,
        "generator": {
            "displayName": canaries.word(f"{where} generator"),
            "link": canaries.url(f"{where} generator link"),
        },
        "provider": {"displayName": canaries.word(f"{where} provider")},
        "link": link,
        "body": tweet.text,
        "actor": made,
        "object": {
            "objectType": "note",
            "id": f"object:search.twitter.com,2005:{number}",
            "summary": tweet.text,
            "link": link,
            "postedTime": ISO,
        },
        "inReplyTo": {"link": f"http://twitter.com/{answered}"},
        "location": {
            "objectType": "place",
            "displayName": canaries.word(f"{where} place full_name"),
            "name": canaries.word(f"{where} place name"),
            "country_code": canaries.word(f"{where} place country_code"),
            "twitter_country_code": canaries.word(f"{where} twitter country_code"),
            "link": canaries.url(f"{where} place link"),
            "zz_unknown": canaries.word(f"{where} unknown place key"),
        },
        "twitter_entities": entities,
        "twitter_extended_entities": {"media": [media_v1(canaries, tweet, f"{where} extended")]},
        "twitter_lang": canaries.word(f"{where} lang"),
        "long_object": {"body": tweet.text, "twitter_entities": entities},
        "gnip": {
            "matching_rules": [{"tag": canaries.word(f"{where} tag")}],
            "urls": [
                {
                    "url": tweet.short,
                    "expanded_url": canaries.url(f"{where} gnip expanded_url"),
                    "expanded_url_title": f"Page of @{tweet.handle}",
                },
            ],
            "klout_profile": {"link": canaries.url(f"{where} klout")},
            "profileLocations": [{"displayName": canaries.word(f"{where} profile place")}],
        },
        "zz_unknown": canaries.word(f"{where} unknown key"),
    }


def canary_activity() -> Canary:
    """Return a tweet, a retweet, a quotation and the notice of a deletion."""
    canaries = Canaries(9500)
    post = _activity(canaries, "activity")
    inner = _activity(canaries, "activity shared")
    shared = {**_activity(canaries, "activity share", "RT"), "verb": "share", "object": inner}
    quoting = _activity(canaries, "activity quoting")
    quoting["twitter_quoted_status"] = _activity(canaries, "activity quoted")
    notice = {
        "objectType": "activity",
        "verb": "delete",
        "object": {
            "id": f"tag:search.twitter.com,2005:{canaries.id('notice id')}",
            "objectType": "note",
        },
        "actor": {"id": f"id:twitter.com:{canaries.id('notice actor')}"},
    }
    lines = (json.dumps(one) + "\n" for one in (post, shared, quoting, notice))
    return canaries.file("".join(lines).encode())
