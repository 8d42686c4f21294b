"""A census of an invented takeout: every file with its default, and every key path in it.

Marks tell what a leaf holds: `#` an id, `~` a URL, `@` an address, `+` a number, `=` a full name,
`^` a text, `!` a time, `&` an offset, `*` a count, `?` a truth, `%` the word behind
it, for values of a closed vocabulary and for hashtags, which are kept, and nothing any word.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from tests.canaries import Canaries

_TWEET = (
    "id# id_str# full_text^ created_at! lang%en source truncated? retweeted? favorited?"
    " possibly_sensitive? favorite_count* retweet_count* display_text_range[]&"
    " in_reply_to_status_id# in_reply_to_status_id_str# in_reply_to_user_id#"
    " in_reply_to_user_id_str# in_reply_to_screen_name scopes.followers? community_id#"
    " community_id_str# edit_info.initial.editTweetIds[]# edit_info.initial.editableUntil!"
    " edit_info.initial.editsRemaining* edit_info.initial.isEditEligible?"
    " edit_info.edit.initialTweetId# edit_info.edit.editControlInitial.editTweetIds[]#"
    " entities.hashtags[].text%film entities.hashtags[].indices[]& entities.symbols[].text%film"
    " entities.symbols[].indices[]& entities.timestamps[].text^ entities.timestamps[].seconds*"
    " entities.user_mentions[].name= entities.user_mentions[].screen_name"
    " entities.user_mentions[].id# entities.user_mentions[].id_str#"
    " entities.user_mentions[].indices[]& entities.urls[].url~ entities.urls[].expanded_url~"
    " entities.urls[].display_url~ entities.urls[].indices[]&"
)
_MEDIA = (
    "id# id_str# url~ media_url~ media_url_https~ display_url~ expanded_url~ type%photo"
    " source_status_id# source_status_id_str# source_user_id# source_user_id_str# indices[]&"
    " ext_alt_text^ sizes.small.w* sizes.small.h* sizes.small.resize%fit sizes.large.w*"
    " sizes.large.h* sizes.large.resize%crop video_info.aspect_ratio[]*"
    " video_info.duration_millis* video_info.variants[].bitrate*"
    " video_info.variants[].content_type%video/mp4 video_info.variants[].url~"
    " additional_media_info.title additional_media_info.monetizable?"
)


def _below(prefix: str, paths: str) -> str:
    return " ".join(f"{prefix}.{path}" for path in paths.split())


_POST = " ".join(
    (
        _TWEET,
        _below("entities.media[]", _MEDIA),
        _below("extended_entities.media[]", _MEDIA),
    ),
)
_MESSAGE = _below(
    "dmConversation.messages[].messageCreate",
    "id# senderId# recipientId# createdAt! text^ mediaUrls[]~ urls[].url~ urls[].expanded~"
    " urls[].display~ reactions[].senderId# reactions[].reactionKey%like reactions[].eventId#"
    " reactions[].createdAt! editHistory[].editedText^ editHistory[].createdAtSec!",
)
_EVENTS = " ".join(
    (
        _below(
            "dmConversation.messages[]",
            "joinConversation.initiatingUserId# joinConversation.participantsSnapshot[]#"
            " joinConversation.createdAt! participantsJoin.initiatingUserId#"
            " participantsJoin.userIds[]# participantsLeave.userIds[]#"
            " conversationNameUpdate.initiatingUserId# conversationNameUpdate.name^"
            " welcomeMessageCreate.id# welcomeMessageCreate.text^ reactionCreate.senderId#"
            " reactionCreate.reactionKey%sad reactionCreate.eventId#",
        ),
    ),
)
_HEADERS = _below(
    "dmConversation",
    "conversationId# messages[].messageCreate.id# messages[].messageCreate.senderId#"
    " messages[].messageCreate.recipientId# messages[].messageCreate.createdAt!",
)
_CHANGE = "accountId# {0}.changedAt! {0}.changedFrom{1} {0}.changedTo{1}"

CENSUS: dict[str, tuple[str, str]] = {
    "account": (
        "seed",
        (
            "account.email@ account.username account.accountDisplayName= account.accountId#"
            " account.createdAt! account.createdVia"
        ),
    ),
    "account-creation-ip": ("rule", "accountCreationIp.userCreationIp"),
    "account-label": ("rule", "accountLabel.managedByScreenName"),
    "account-timezone": ("rule", "accountTimezone.accountId# accountTimezone.timeZone"),
    "ad-engagements": (
        "rule",
        (
            "ad.adsUserData.adEngagements.engagements[].impressionAttributes.deviceInfo.deviceId"
            " ad.adsUserData.adEngagements.engagements[].engagementAttributes[].engagementTime!"
        ),
    ),
    "ad-impressions": ("rule", "ad.adsUserData.adImpressions.impressions[].displayLocation"),
    "ageinfo": ("rule", "ageMeta.ageInfo.age[] ageMeta.ageInfo.birthDate"),
    "app": ("rule", "app.appId app.appNames[]"),
    "block": ("seed", "blocking.accountId# blocking.userLink~"),
    "bookmark": ("seed", "bookmark.tweetId# bookmark.fullText^ bookmark.expandedUrl~"),
    "branch-links": ("rule", "branchLink.landingPage~"),
    "community-note": ("rule", "communityNote.noteId# communityNote.summary^"),
    "community-tweet": ("convert", _below("tweet", _POST)),
    "connected-application": (
        "rule",
        (
            "connectedApplication.organization.name connectedApplication.organization.url~"
            " connectedApplication.name connectedApplication.permissions[]"
        ),
    ),
    "contact": ("seed", "contact.id# contact.emails[]@ contact.phoneNumbers[]+"),
    "deleted-note-tweet": ("rule", "noteTweet.noteTweetId# noteTweet.core.text^"),
    "deleted-tweet-headers": ("seed", "tweet.tweet_id# tweet.user_id# tweet.deleted_at!"),
    "deleted-tweets": ("seed", _below("tweet", _POST)),
    "device-token": ("rule", "deviceToken.token deviceToken.clientApplicationId#"),
    "direct-message-group-headers": ("seed", _HEADERS),
    "direct-message-headers": ("seed", _HEADERS),
    "direct-message-mute": ("seed", "dmMuting.accountId# dmMuting.userLink~"),
    "direct-messages": ("seed", f"dmConversation.conversationId# {_MESSAGE}"),
    "direct-messages-group": ("seed", f"dmConversation.conversationId# {_MESSAGE} {_EVENTS}"),
    "email-address-change": (
        "seed",
        _below("emailAddressChange", _CHANGE.format("emailChange", "@")),
    ),
    "follower": ("seed", "follower.accountId# follower.userLink~"),
    "following": ("seed", "following.accountId# following.userLink~"),
    "grok-chat-item": ("rule", "grokChatItem.accountId# grokChatItem.message^"),
    "ip-audit": ("rule", "ipAudit.accountId# ipAudit.loginIp"),
    "key-registry": ("rule", "registeredDevices.userId# registeredDevices.deviceMetadataList[].id"),
    "like": ("seed", "like.tweetId# like.fullText^ like.expandedUrl~"),
    "lists-created": ("rule", "userListInfo.url~"),
    "lists-member": ("rule", "userListInfo.url~"),
    "lists-subscribed": ("rule", "userListInfo.urls[]~"),
    "moment": ("rule", "moment.momentId# moment.title"),
    "mute": ("seed", "muting.accountId# muting.userLink~"),
    "note-tweet": (
        "convert",
        _below(
            "noteTweet",
            "noteTweetId# createdAt! updatedAt! lifecycle.value* lifecycle.name%Published"
            " lifecycle.originalName%Draft lifecycle.annotations core.text^"
            " core.styletags[].fromIndex& core.styletags[].toIndex&"
            " core.styletags[].styleTypes[]%Bold core.urls[].url~ core.urls[].shortUrl~"
            " core.urls[].expandedUrl~ core.urls[].displayUrl~ core.urls[].fromIndex&"
            " core.mentions[].screenName core.mentions[].toIndex& core.hashtags[].text%film"
            " core.hashtags[].fromIndex& core.cashtags[].text%film core.cashtags[].toIndex&",
        ),
    ),
    "ni-devices": ("seed", "niDeviceResponse.messagingDevice.phoneNumber+"),
    "personalization": ("rule", "p13nData.interests.interests[].name p13nData.locationHistory[]"),
    "phone-number": ("seed", "device.phoneNumber+"),
    "profile": (
        "seed",
        (
            "profile.description.bio^ profile.description.website~ profile.description.location"
            " profile.avatarMediaUrl~ profile.headerMediaUrl~"
        ),
    ),
    "saved-search": ("rule", "savedSearch.savedSearchId# savedSearch.query"),
    "screen-name-change": (
        "seed",
        _below("screenNameChange", _CHANGE.format("screenNameChange", "")),
    ),
    "smartblock": ("seed", "smartBlocking.accountId# smartBlocking.userLink~"),
    "spaces-metadata": ("rule", "spacesMetadata.id spacesMetadata.creatorUserId#"),
    "sso": ("seed", "sso.ssoId sso.ssoEmail@"),
    "tweet-headers": ("seed", "tweet.tweet_id# tweet.user_id# tweet.created_at!"),
    "tweetdeck": ("rule", "deck.title deck.columns[].pathname deck.columns[].query"),
    "tweets": ("convert", _below("tweet", _POST)),
    "twitter-circle": ("rule", "twitterCircle.id# twitterCircle.ownerUserId#"),
    "user-link-clicks": ("rule", "userInteractionsData.linkClick.finalUrl~"),
    "verified": ("seed", "verified.accountId# verified.verified?"),
}
"""By standard name of a file: its default (`convert`, `seed`, `rule`) and its paths."""


def paths(file: str) -> dict[str, str]:
    """Return the marks of a file by its paths, such as `tweet.entities.urls[].url`."""
    found: dict[str, str] = {}
    for leaf in CENSUS[file][1].split():
        path, percent, word = leaf.partition("%")
        bare = path.rstrip("#~@+=^!&*?")
        found[bare] = percent + word if percent else path[len(bare) :]
    return found


def record(file: str, canaries: Canaries) -> dict[str, Any]:
    """Return an element of a file in which every path is filled."""
    made: dict[str, Any] = {}
    for path, mark in paths(file).items():
        _put(made, path.split("."), _value(canaries, mark, f"{file}.js {path}"))
    messages = made.get("dmConversation", {}).get("messages")
    if messages:
        # Each message is one thing that happened.
        made["dmConversation"]["messages"] = [{key: one} for key, one in messages[0].items()]
    return made


def _value(canaries: Canaries, mark: str, where: str) -> Any:
    plain = {"&": "0", "*": "3", "?": True}
    if mark[:1] == "%":
        return mark[1:]
    if mark == "^":
        return f"Ask @{canaries.word(where)}"
    return plain[mark] if mark in plain else canaries.leaf(mark, where)


def _put(into: dict[str, Any], path: list[str], value: Any) -> None:
    step, rest = path[0], path[1:]
    key, many = step.removesuffix("[]"), step.endswith("[]")
    if not rest:
        into[key] = ["0", "4"] if many and value == "0" else [value] if many else value
        return
    inner = into.setdefault(key, [{}] if many else {})
    _put(inner[0] if many else inner, rest, value)


def write(path: Path, canaries: Canaries) -> None:
    """Write a takeout of all files of the census."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in CENSUS:
            name = file.replace("-", "_")
            body = json.dumps([record(file, canaries)])
            archive.writestr(f"data/{file}.js", f"window.YTD.{name}.part0 = {body}")
