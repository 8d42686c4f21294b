"""Writes the departmental account's archive: the layout X gives out, invented content."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

from study_people import DEPARTMENT_RENAMED, DEPT, OUTSIDERS, STUDENTS, TEACHERS, Dice
from study_posts import Post, snowflake

Json = dict[str, Any]

_SOURCE = '<a href="http://twitter.com" rel="nofollow">Twitter Web Client</a>'
_BORN = 1346493600000  # 2012-09-01T10:00Z
_MADE = 1484910000000  # 2017-01-20T11:00Z
STRANGERS = [str(700_000_000 + Dice(f"stranger/{n}").below(2_000_000_000)) for n in range(24)]
"""Ids of accounts that only followed, liked, blocked or wrote private messages."""


def tweet_time(moment: int) -> str:
    """Return a time as tweets hold it: `Sat Aug 12 16:10:37 +0000 2023`."""
    return datetime.fromtimestamp(moment // 1000, UTC).strftime("%a %b %d %H:%M:%S +0000 %Y")


def iso_time(moment: int) -> str:
    """Return a time as account files and API v2 hold it, to the millisecond."""
    second = datetime.fromtimestamp(moment // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{second}.{moment % 1000:03d}Z"


def photo_key(media_id: str) -> str:
    """Return the name of a picture on X's image host: its snowflake and three bytes more."""
    tail = Dice("media/" + media_id).below(1 << 24).to_bytes(3, "big")
    return base64.urlsafe_b64encode(int(media_id).to_bytes(8, "big") + tail).decode().rstrip("=")


def media(post: Post, *, text: bool) -> list[Json]:
    """Return the media entities of a tweet, numbers as strings when `text`."""
    out = []
    for start, end, link in post.placed_links():
        if link.media_id:
            shown = f"pbs.twimg.com/media/{photo_key(link.media_id)}.jpg"
            entity: Json = {
                "expanded_url": link.expanded,
                "indices": [str(start), str(end)] if text else [start, end],
                "url": link.url,
                "media_url": "http://" + shown,
                "id_str": link.media_id,
                "id": link.media_id if text else int(link.media_id),
                "media_url_https": "https://" + shown,
                "sizes": {
                    "small": {"w": "680", "h": "383", "resize": "fit"}
                    if text
                    else {"w": 680, "h": 383, "resize": "fit"},
                },
                "type": "photo",
                "display_url": link.display,
            }
            out.append(entity)
    return out


def entities(post: Post, *, text: bool) -> Json:
    """Return the entities of a tweet in the v1.1 form, numbers as strings when `text`."""

    def at(start: int, end: int) -> list[Any]:
        return [str(start), str(end)] if text else [start, end]

    found: Json = {
        "hashtags": [{"text": word, "indices": at(s, e)} for s, e, word in post.hashtags()],
        "symbols": [],
        "user_mentions": [
            {
                "name": person.display,
                "screen_name": handle,
                "indices": at(s, e),
                "id_str": person.user_id,
                "id": person.user_id if text else int(person.user_id),
            }
            for s, e, person, handle in post.mentions()
        ],
        "urls": [
            {
                "url": link.url,
                "expanded_url": link.expanded,
                "display_url": link.display,
                "indices": at(s, e),
            }
            for s, e, link in post.placed_links()
            if not link.media_id
        ],
    }
    pictures = media(post, text=text)
    if pictures:
        found["media"] = pictures
    return found


def _tweet(post: Post) -> Json:
    dice = Dice("metrics/" + post.id)
    tweet: Json = {
        "edit_info": {
            "initial": {
                "editTweetIds": [post.id],
                "editableUntil": iso_time(post.at + 3_600_000),
                "editsRemaining": "5",
                "isEditEligible": not post.reply_to,
            },
        },
        "retweeted": False,
        "source": _SOURCE,
        "entities": entities(post, text=True),
        "display_text_range": ["0", str(len(post.escaped))],
        "favorite_count": str(dice.below(12)),
    }
    status, handle = post.lost_reply
    if post.reply_to:
        target = post.reply_to
        tweet |= {
            "in_reply_to_status_id_str": target.id,
            "in_reply_to_user_id": target.author.user_id,
            "in_reply_to_status_id": target.id,
            "in_reply_to_screen_name": target.author.handle_at(post.at),
            "in_reply_to_user_id_str": target.author.user_id,
        }
    elif status:
        tweet |= {
            "in_reply_to_status_id_str": status,
            "in_reply_to_status_id": status,
            "in_reply_to_screen_name": handle,
        }
        tweet["entities"]["user_mentions"].append(
            {
                "name": "",
                "screen_name": handle,
                "indices": ["0", str(len(handle) + 1)],
                "id_str": "-1",
                "id": "-1",
            },
        )
    tweet |= {
        "id_str": post.id,
        "truncated": False,
        "retweet_count": str(dice.below(6)),
        "id": post.id,
        "created_at": tweet_time(post.at),
        "favorited": False,
        "full_text": post.escaped,
        "lang": "en",
    }
    if "media" in tweet["entities"]:
        tweet["possibly_sensitive"] = False
        tweet["extended_entities"] = {"media": media(post, text=True)}
    return {"tweet": tweet}


NOTE_TEXT = (
    "Five years of the film room on here, so a word of thanks. To {T1.full}, {T1.at}, who started "
    "it. To {T2.given} & {T3.given}, who kept it going. To {S01.given}, {S05.nick} and everyone "
    "in #Team{S01.tag}: you taught each other more than we did. And to {O03.at}, who told us so."
)


def _small_files(note: str) -> dict[str, tuple[str, list[Json]]]:
    """Return file name → key of the manifest and content, of all that is not tweets."""
    me = {"accountId": DEPT.user_id}
    others = [person.user_id for person in TEACHERS + STUDENTS + OUTSIDERS] + STRANGERS
    link = "https://twitter.com/intent/user?user_id="
    pair = "-".join(sorted((DEPT.user_id, STRANGERS[0]), key=int))
    message = {
        "recipientId": DEPT.user_id,
        "reactions": [],
        "urls": [],
        "text": "Hello, my son is unwell & can't film on Friday. His number is 07700 900655.",
        "mediaUrls": [],
        "senderId": STRANGERS[0],
        "id": snowflake(1427880000000, "message"),
        "createdAt": iso_time(1427880000000),
    }
    renamed = {"changedAt": iso_time(DEPARTMENT_RENAMED), "changedFrom": DEPT.old_handle}
    mailed = {"changedAt": iso_time(_BORN + 9000), "changedFrom": "filmroom@post.example"}
    account = {
        "email": DEPT.email,
        "createdVia": "web",
        "username": DEPT.handle,
        **me,
        "createdAt": iso_time(_BORN),
        "accountDisplayName": DEPT.display,
    }
    pictures = "pbs.twimg.com/profile"
    profile = {
        "description": {
            "bio": DEPT.bio,
            "website": "https://t.co/AvMd9qXw2K",
            "location": DEPT.location,
        },
        "avatarMediaUrl": f"https://{pictures}_images/{snowflake(_BORN, 'avatar')}/f.jpg",
        "headerMediaUrl": f"https://{pictures}_banners/{DEPT.user_id}/1346500000",
    }  # fmt: skip
    engagement = {
        "impressionAttributes": {
            "deviceInfo": {"osType": "Desktop"},
            "displayLocation": "TimelineHome",
            "advertiserInfo": {
                "advertiserName": OUTSIDERS[14].display,
                "screenName": OUTSIDERS[14].at,
            },
            "matchedTargetingCriteria": [
                {"targetingType": "Locations", "targetingValue": "Leeds"},
            ],
            "impressionTime": "2016-06-05 17:00:52",
        },
        "engagementAttributes": [
            {"engagementTime": "2016-06-05 17:00:55", "engagementType": "Url"},
        ],
    }  # fmt: skip
    core = {
        "styletags": [],
        "urls": [],
        "text": note,
        "mentions": [],
        "cashtags": [],
        "hashtags": [],
    }
    return {
        "account.js": ("account", [{"account": account}]),
        "profile.js": ("profile", [{"profile": profile}]),
        "screen-name-change.js": ("screenNameChange", [
            {"screenNameChange": me | {"screenNameChange": renamed | {"changedTo": DEPT.handle}}},
        ]),
        "phone-number.js": ("phoneNumber", [{"device": {"phoneNumber": "+447700900127"}}]),
        "email-address-change.js": ("emailAddressChange", [
            {"emailAddressChange": me | {"emailChange": mailed | {"changedTo": DEPT.email}}},
        ]),
        "like.js": ("like", [
            {"like": {
                "tweetId": snowflake(1430000000000 + n * 86_400_000, f"like/{n}"),
                "fullText": "Somebody else's words, liked & kept.",
                "expandedUrl": "https://twitter.com/i/web/status/"
                + snowflake(1430000000000 + n * 86_400_000, f"like/{n}"),
            }}
            for n in range(12)
        ]),
        "direct-messages.js": ("directMessages", [
            {"dmConversation": {"conversationId": pair, "messages": [{"messageCreate": message}]}},
        ]),
        "follower.js": ("follower", [
            {"follower": {"accountId": one, "userLink": link + one}} for one in others
        ]),
        "following.js": ("following", [
            {"following": {"accountId": one, "userLink": link + one}} for one in others[27:47]
        ]),
        "block.js": ("block", [
            {"blocking": {"accountId": one, "userLink": link + one}} for one in STRANGERS[20:]
        ]),
        "ad-engagements.js": ("adEngagements", [
            {"ad": {"adsUserData": {"adEngagements": {"engagements": [engagement]}}}},
        ]),
        "ip-audit.js": ("ipAudit", [
            {"ipAudit": {**me, "createdAt": iso_time(_MADE - n * 7_000_000),
                         "loginIp": f"192.0.2.{n}"}}
            for n in (7, 9, 44)
        ]),
        "personalization.js": ("personalization", [
            {"p13nData": {
                "demographics": {
                    "languages": [{"language": "English", "isDisabled": False}],
                    "genderInfo": {"gender": "female"},
                },
                "interests": {
                    "interests": [{"name": "Horror films", "isDisabled": False}],
                    "partnerInterests": [],
                    "audienceAndAdvertisers": {"lookalikeAdvertisers": [], "advertisers": []},
                    "shows": [],
                },
                "locationHistory": [],
                "inferredAgeInfo": {"age": ["35-49"], "birthDate": ""},
            }},
        ]),
        "note-tweet.js": ("noteTweet", [
            {"noteTweet": {
                "noteTweetId": snowflake(1481900000123, "note"),
                "updatedAt": iso_time(1481900000123),
                "lifecycle": {"value": "Published", "name": "Published",
                              "originalName": "Published", "annotations": {}},
                "createdAt": iso_time(1481900000123),
                "core": core,
            }},
        ]),
    }  # fmt: skip


def takeout(posts: list[Post], note: str) -> bytes:
    """Return the zip; its members are stored, not packed, so that its bytes never differ."""
    own = sorted((post for post in posts if post.author is DEPT), key=lambda p: -int(p.id))
    half = len(own) * 3 // 5
    parts = {"data/tweets.js": own[:half], "data/tweets-part1.js": own[half:]}
    files: dict[str, str] = {}
    listed: list[Json] = []
    for part, (name, some) in enumerate(parts.items()):
        files[name] = _assign(f"window.YTD.tweets.part{part}", [_tweet(post) for post in some])
        listed.append(
            {"fileName": name, "globalName": f"YTD.tweets.part{part}", "count": str(len(some))},
        )
    types: Json = {"tweets": {"mediaDirectory": "data/tweets_media", "files": listed}}
    for name, (kind, content) in _small_files(note).items():
        stem = "YTD." + name.removesuffix(".js").replace("-", "_") + ".part0"
        files["data/" + name] = _assign("window." + stem, content)
        entry = {"fileName": "data/" + name, "globalName": stem, "count": str(len(content))}
        types[kind] = {"files": [entry]}
    user = {"accountId": DEPT.user_id, "userName": DEPT.handle, "displayName": DEPT.display}
    manifest = {
        "userInfo": user,
        "archiveInfo": {
            "sizeBytes": str(sum(len(text.encode()) for text in files.values())),
            "generationDate": iso_time(_MADE),
            "isPartialArchive": False,
            "maxPartSizeBytes": "53687091200",
        },
        "readmeInfo": {"fileName": "data/README.txt", "directory": "data/", "name": "README.txt"},
        "dataTypes": types,
    }
    files["data/manifest.js"] = _assign("window.__THAR_CONFIG", manifest)
    files["data/README.txt"] = (
        f"Archive of @{DEPT.handle} (account id {DEPT.user_id}).\nInvented for an example.\n"
    )
    files["Your archive.html"] = (
        f"<!doctype html><title>Your archive</title><h1>@{DEPT.handle}</h1>\n"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (2017, 1, 20, 11, 0, 0))
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name].encode())
    return buffer.getvalue()


def _assign(name: str, content: object) -> str:
    return f"{name} = {json.dumps(content, ensure_ascii=False, indent=1)}\n"
