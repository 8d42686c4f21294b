"""Records in which every documented string leaf holds a string found nowhere else.

After a run, none of these strings may stand in the shared folder, the log or a message.  A
free text would rightly keep a word nobody knows to be personal, so in texts the canary is an
identifier: a handle, name, link or address that a field, label or plain pattern tells of.
Each function returns the file and, for every canary, where it was put.  Leaves follow the
tables of formats.md; dates, offsets, counts and type words stay valid, lest a record be refused
before its other leaves are tried.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

Json = dict[str, Any]
Canary = tuple[bytes, dict[str, str]]

TIME = "Tue Nov 22 09:30:00 +0000 2016"
ISO = "2016-11-22T09:30:00.000Z"

# File of the archive → its leaves (formats.md, section 1, file table).  `#` an id, `~` a URL,
# `!` a date, `=` a full name, `[]` a list, else a word.
_FILES = {
    "account": "account.email@ account.username account.accountDisplayName= account.accountId#"
    " account.createdAt! account.createdVia",
    "account-creation-ip": "accountCreationIp.accountId# accountCreationIp.userCreationIp",
    "account-label": "accountLabel.managedByScreenName",
    "account-suspension": "accountSuspension.timeStamp! accountSuspension.action",
    "account-timezone": "accountTimezone.accountId# accountTimezone.timeZone",
    "ageinfo": "ageMeta.ageInfo.age[] ageMeta.ageInfo.birthDate",
    "phone-number": "device.phoneNumber+",
    "email-address-change": "emailAddressChange.accountId#"
    " emailAddressChange.emailChange.changedAt!"
    " emailAddressChange.emailChange.changedFrom@ emailAddressChange.emailChange.changedTo@",
    "screen-name-change": "screenNameChange.accountId# screenNameChange.screenNameChange.changedAt!"
    " screenNameChange.screenNameChange.changedFrom screenNameChange.screenNameChange.changedTo",
    "sso": "sso.ssoId sso.ssoEmail@ sso.associationMethodType sso.createdAt!",
    "ip-audit": "ipAudit.accountId# ipAudit.createdAt! ipAudit.loginIp ipAudit.loginPortNumber",
    "device-token": "deviceToken.token deviceToken.lastSeenAt! deviceToken.clientApplicationName",
    "key-registry": "keyRegistryData.userId# keyRegistryData.registeredDevices.deviceMetadataList[]"
    ".userAgent keyRegistryData.registeredDevices.deviceMetadataList[].identityKey",
    "ni-devices": "niDeviceResponse.messagingDevice.phoneNumber+ niDeviceResponse.pushDevice.udid",
    "contact": "contact.id# contact.emails[]@ contact.phoneNumbers[]+",
    "connected-application": "connectedApplication.organization.name connectedApplication.name"
    " connectedApplication.organization.url~ connectedApplication.description"
    " connectedApplication.id#",
    "app": "app.appId app.appNames[]",
    "profile": "profile.description.bio profile.description.website~ profile.description.location"
    " profile.avatarMediaUrl~ profile.headerMediaUrl~",
    "professional-data": "professionalData.accountId# professionalData.phone+"
    " professionalData.addressLine1 professionalData.city professionalData.email@",
    "verified": "verified.accountId# verified.screenName",
    "tweet-headers": "tweet.tweet_id# tweet.user_id# tweet.created_at!",
    "deleted-tweet-headers": "tweet.tweet_id# tweet.user_id# tweet.created_at! tweet.deleted_at!",
    "deleted-tweets": "tweet.id# tweet.id_str# tweet.full_text",
    "deleted-note-tweet": "noteTweet.noteTweetId# noteTweet.core.text",
    "like": "like.tweetId# like.fullText like.expandedUrl~",
    "bookmark": "bookmark.tweetId# bookmark.fullText bookmark.expandedUrl~",
    "direct-messages": "dmConversation.conversationId# dmConversation.messages[].messageCreate.text"
    " dmConversation.messages[].messageCreate.senderId#"
    " dmConversation.messages[].messageCreate.mediaUrls[]~",
    "direct-messages-group": "dmConversation.conversationId#"
    " dmConversation.messages[].conversationNameUpdate.name"
    " dmConversation.messages[].conversationNameUpdate.initiatingUserId#",
    "direct-message-headers": "dmConversation.conversationId#"
    " dmConversation.messages[].messageCreate.senderId#",
    "block": "blocking.accountId# blocking.userLink~",
    "mute": "muting.accountId# muting.userLink~",
    "follower": "follower.accountId# follower.userLink~",
    "following": "following.accountId# following.userLink~",
    "lists-created": "userListInfo.url~",
    "saved-search": "savedSearch.savedSearchId# savedSearch.query",
    "tweetdeck": "deck.title deck.columns[].pathname deck.columns[].query",
    "personalization": "p13nData.demographics.languages[].language p13nData.locationHistory[]"
    " p13nData.demographics.genderInfo.gender p13nData.interests.interests[].name"
    " p13nData.inferredAgeInfo.birthDate",
    "ad-impressions": "ad.adsUserData.adImpressions.impressions[].promotedTweetInfo.tweetText"
    " ad.adsUserData.adImpressions.impressions[].advertiserInfo.screenName",
    "ad-engagements": "ad.adsUserData.adEngagements.engagements[].impressionAttributes.deviceInfo"
    ".deviceId",
    "ad-online-conversions-attributed": "ad.adsUserData.attributedOnlineConversions.conversions[]"
    ".conversionUrl~",
    "user-link-clicks": "userInteractionsData.linkClick.tweetId#"
    " userInteractionsData.linkClick.finalUrl~",
    "grok-chat-item": "grokChatItem.accountId# grokChatItem.chatId# grokChatItem.message",
    "community-note": "communityNote.noteId# communityNote.userAlias communityNote.summary",
    "moment": "moment.momentId# moment.createdBy moment.title",
    "spaces-metadata": "spacesMetadata.id spacesMetadata.creatorUserId#",
    "periscope-account-information": "periscopeAccountInformation.id"
    " periscopeAccountInformation.displayName",
    "reply-prompt": "replyPrompt.proposedTweetText",
    "twitter-circle": "twitterCircle.id# twitterCircle.ownerUserId#",
    "shop-module": "shopModule.userId# shopModule.name",
    "canary-of-next-year": "canaryOfNextYear.accountId# canaryOfNextYear.something",
}  # fmt: skip


class Canaries:
    """Gives unique strings and remembers where each was put.

    Args:
        start: First number; files of one test start apart.
    """

    def __init__(self, start: int) -> None:
        self._number = start
        self.where: dict[str, str] = {}

    def file(self, data: bytes) -> Canary:
        """Return a finished file with the canaries that went into it."""
        there = {key: place for key, place in self.where.items() if key.encode() in data}
        return data, there

    def _next(self, form: str, where: str) -> str:
        self._number += 1
        canary = form.format(self._number)
        self.where[canary] = where
        return canary

    def word(self, where: str) -> str:
        """Return 15 characters that may be a handle or a name."""
        return self._next("Zq7Kcanary{:04d}x", where)

    def name(self, where: str) -> str:
        """Return a given and a family name, each a canary of its own."""
        self._number += 1
        letters = "".join("bdfgklmnpr"[int(digit)] for digit in str(self._number))
        parts = f"Zqo{letters}a", f"Xju{letters}ek"
        for part in parts:
            self.where[part] = where
        return " ".join(parts)

    def id(self, where: str) -> str:
        """Return 18 digits."""
        return self._next("8{:04d}7314159265358", where)

    def url(self, where: str) -> str:
        """Return a URL whose path is the canary."""
        return "https://canary.example/" + self.word(where)

    def short(self, where: str) -> str:
        """Return a t.co link, 23 characters; its code is the canary."""
        return "https://t.co/" + self._next("Zq7k{:06d}", where)

    def email(self, where: str) -> str:
        """Return an address whose local part is the canary."""
        return self.word(where) + "@canary.example"

    def phone(self, where: str) -> str:
        """Return a number of Ofcom's range for drama (07700 900000 to 900999)."""
        self._number += 1
        number = f"+447700900{self._number % 1000:03d}"
        self.where[number] = where
        return number

    def leaf(self, mark: str, where: str) -> str:
        """Return what a mark of `_FILES` asks for."""
        if mark == "!":
            return ISO
        made = {"#": self.id, "~": self.url, "@": self.email, "+": self.phone, "=": self.name}
        return made.get(mark, self.word)(where)


class Tweet:
    """What a canary tweet says: a text of known identifiers, and where each stands in it.

    Args:
        canaries: Gives the strings.
        where: What the tweet is.
        lead: What the text begins with.
        name: A name that metadata tells of, where the tweet's own mentions tell of none.
    """

    def __init__(
        self,
        canaries: Canaries,
        where: str,
        *,
        lead: str = "Ask",
        name: str = "",
    ) -> None:
        self.handle = canaries.word(f"{where} mention handle")
        self.name = name or canaries.name(f"{where} mention name")
        self.user = canaries.id(f"{where} mention id")
        self.short = canaries.short(f"{where} short link")
        self.media = canaries.short(f"{where} media link")
        self.bare = canaries.word(f"{where} handle without entity")
        self.email = canaries.email(f"{where} e-mail in text")
        self.tag = "Team" + self.handle
        self.text = (
            f"{lead} @{self.handle} ({self.name}) &amp; @{self.bare} or {self.email} "
            f"&lt;3 {self.short} #{self.tag} {self.media}"
        )

    def at(self, marked: str) -> list[int]:
        """Return the indices of a stretch of the escaped text."""
        start = self.text.index(marked)
        return [start, start + len(marked)]


def _put(record: Any, path: list[str], value: str) -> None:
    step, rest = path[0], path[1:]
    many, step = step.endswith("[]"), step.removesuffix("[]")
    if not rest:
        record[step] = [value] if many else value
        return
    inner = record.setdefault(step, [{}] if many else {})
    _put(inner[0] if many else inner, rest, value)


def _strings(value: Any) -> Any:
    """Return a value with its numbers as strings, as the archive has them."""
    if isinstance(value, dict):
        return {key: _strings(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_strings(one) for one in value]
    return str(value) if type(value) is int else value


def media_v1(canaries: Canaries, tweet: Tweet, where: str) -> Json:
    """Return a media entity of the v1.1 form."""
    number = canaries.id(f"{where} media id")
    return {
        "id": int(number),
        "id_str": number,
        "indices": tweet.at(tweet.media),
        "media_url": canaries.url(f"{where} media_url"),
        "media_url_https": canaries.url(f"{where} media_url_https"),
        "url": tweet.media,
        "display_url": "pic.twitter.com/" + canaries.word(f"{where} media display_url"),
        "expanded_url": f"https://twitter.com/{canaries.word(f'{where} media owner')}/status/"
        f"{canaries.id(f'{where} media status')}/photo/1",
        "type": "photo",
        "source_status_id_str": canaries.id(f"{where} source_status_id_str"),
        "source_user_id_str": canaries.id(f"{where} source_user_id_str"),
        "ext_alt_text": f"Photo by @{tweet.handle}",
        "video_info": {"variants": [{"url": canaries.url(f"{where} video variant")}]},
        "sizes": {"small": {"w": 680, "h": 383, "resize": "fit"}},
    }


def entities_v1(canaries: Canaries, tweet: Tweet, where: str) -> Json:
    """Return entities of the v1.1 form."""
    return {
        "hashtags": [{"text": tweet.tag, "indices": tweet.at("#" + tweet.tag)}],
        "symbols": [],
        "user_mentions": [
            {
                "name": tweet.name,
                "screen_name": tweet.handle,
                "id": int(tweet.user),
                "id_str": tweet.user,
                "indices": tweet.at("@" + tweet.handle),
            },
        ],
        "urls": [
            {
                "url": tweet.short,
                "expanded_url": canaries.url(f"{where} expanded_url"),
                "display_url": "canary.example/" + canaries.word(f"{where} display_url"),
                "indices": tweet.at(tweet.short),
            },
        ],
        "media": [media_v1(canaries, tweet, where)],
    }


def _archived(canaries: Canaries, where: str, old: str) -> Json:
    tweet = Tweet(canaries, where, lead=f"@{old} says ask")
    number, answered = canaries.id(f"{where} id"), canaries.id(f"{where} in_reply_to_user_id")
    status = canaries.id(f"{where} in_reply_to_status_id")
    made: Json = _strings(
        {
            "edit_info": {
                "initial": {
                    "editTweetIds": [number, canaries.id(f"{where} editTweetIds")],
                    "editableUntil": ISO,
                    "editsRemaining": 5,
                    "isEditEligible": False,
                },
            },
            "retweeted": False,
            "source": canaries.word(f"{where} source"),
            "entities": entities_v1(canaries, tweet, where),
            "extended_entities": {"media": [media_v1(canaries, tweet, f"{where} extended")]},
            "display_text_range": [0, len(tweet.text)],
            "favorite_count": 3,
            "retweet_count": 1,
            "in_reply_to_status_id": status,
            "in_reply_to_status_id_str": status,
            "in_reply_to_user_id": answered,
            "in_reply_to_user_id_str": answered,
            "in_reply_to_screen_name": canaries.word(f"{where} in_reply_to_screen_name"),
            "id": number,
            "id_str": number,
            "truncated": False,
            "created_at": TIME,
            "favorited": False,
            "full_text": tweet.text,
            "lang": canaries.word(f"{where} lang"),
            "coordinates": {"type": "Point", "coordinates": ["-1.7", "53.9"]},
            "place": {
                "id": canaries.word(f"{where} place id"),
                "full_name": canaries.word(f"{where} place full_name"),
                "country": canaries.word(f"{where} place country"),
                "url": canaries.url(f"{where} place url"),
            },
            "zz_unknown": canaries.word(f"{where} unknown key"),
        },
    )
    return made


def _note(canaries: Canaries, name: str) -> Json:
    where = "note-tweet.js"
    tweet = Tweet(canaries, where, name=name)
    return {
        "noteTweetId": canaries.id(f"{where} noteTweetId"),
        "createdAt": ISO,
        "updatedAt": ISO,
        "lifecycle": {"value": "Published", "name": "Published", "originalName": "Published"},
        "core": {
            "styletags": [],
            "text": tweet.text.replace("&amp;", "&").replace("&lt;", "<"),
            "urls": [{"shortUrl": tweet.short, "expandedUrl": canaries.url(f"{where} expanded")}],
            "mentions": [{"screenName": tweet.handle, "fromIndex": "4", "toIndex": "20"}],
            "hashtags": [{"text": tweet.tag}],
            "cashtags": [],
            "zz_unknown": canaries.word(f"{where} unknown key"),
        },
    }


def canary_takeout() -> Canary:
    """Return an archive zip with every file of the table, one not in it, and tweets."""
    canaries = Canaries(1000)
    files: dict[str, list[Json]] = {}
    for name, leaves in _FILES.items():
        record: Json = {}
        for leaf in leaves.split():
            path = leaf.rstrip("#~!@+=")
            mark = leaf[len(path) :]
            _put(record, path.split("."), canaries.leaf(mark, f"{name}.js {path}"))
        files[name] = [record]
    old = files["screen-name-change"][0]["screenNameChange"]["screenNameChange"]["changedFrom"]
    files["tweets"] = [{"tweet": _archived(canaries, f"tweets.js {n}", old)} for n in range(3)]
    files["community-tweet"] = [{"tweet": _archived(canaries, "community-tweet.js", old)}]
    community = files["community-tweet"][0]["tweet"]
    community["community_id_str"] = canaries.id("community-tweet.js community_id_str")
    account = files["account"][0]["account"]
    files["note-tweet"] = [{"noteTweet": _note(canaries, account["accountDisplayName"])}]
    user = {"accountId": account["accountId"], "userName": account["username"]}
    listed = {}
    members: dict[str, str] = {}
    for name, items in files.items():
        stem = f"YTD.{name.replace('-', '_')}.part0"
        member = f"data/{name}.js"
        members[member] = f"window.{stem} = {json.dumps(items)}"
        head, *tail = name.split("-")
        kind = head + "".join(one.title() for one in tail)
        one_file = {"fileName": member, "globalName": stem, "count": str(len(items))}
        listed[kind] = {"files": [one_file]}
    manifest = {"userInfo": user, "dataTypes": listed}
    members["data/manifest.js"] = f"window.__THAR_CONFIG = {json.dumps(manifest)}"
    members["data/README.txt"] = canaries.word("README.txt")
    members["Your archive.html"] = canaries.word("Your archive.html")
    picture = f"data/tweets_media/{canaries.id('media name')}-{canaries.word('media name')}.jpg"
    members[picture] = canaries.word("media content")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for member in sorted(members):
            archive.writestr(zipfile.ZipInfo(member, (2017, 1, 20, 11, 0, 0)), members[member])
    return canaries.file(buffer.getvalue())
