"""A report as a run writes it, for the tests of the page and of the packages."""

from __future__ import annotations

from typing import Any

REPORT: dict[str, Any] = {
    "title": "Voices of a media department",
    "policy": {"name": "safeguarded", "summary": "for registered users of an archive"},
    "software": {"name": "anonymize", "version": "0.1.0"},
    "packs": [
        {"name": "core", "version": "1", "digest": "0f" * 32},
        {"name": "gb", "version": "1", "digest": "a7" * 32},
    ],
    "model": {"name": "en-core-web-sm", "version": "3.8.0", "digest": "5e" * 32},
    "key_id": "8c1f03a97be2d465",
    "records": {"read": 1482, "written": 1459, "withheld": 23},
    "withheld": {"consent-withdrawn": 17, "truncated-json": 4, "recognizer-timeout": 2},
    "dropped": {
        "unknown": {"tweet.super_follows": 12, "user.<b>odd</b>": 1},
        "rule": {"source": 1380, "extended_entities.media.url": 212},
        "files": [
            {"name": "data/direct-messages.js", "reason": "not-shared", "container": "dept.zip"},
            {"name": "data/new-thing.js", "reason": "unknown-file", "container": "dept.zip"},
            {"name": "notes.tmp", "reason": "unknown-file", "container": ""},
        ],
    },
    "found": {
        "by_type": {
            "PERSON": 2210,
            "HANDLE": 3120,
            "POST_ID": 2894,
            "USER_ID": 1840,
            "URL": 611,
            "DATE_TIME": 540,
            "LOCATION": 233,
            "EMAIL_ADDRESS": 31,
            "PHONE_NUMBER": 9,
            "ORGANIZATION": 187,
        },
        "by_recognizer": {
            "field/id": 4734,
            "social/handle": 1800,
            "known/handle": 1320,
            "ner/en-core-web-sm": 1411,
            "known/person": 1102,
            "core/url": 611,
        },
        "by_file": {
            "dept.zip/data/tweets.js": {"records": 840, "found": 6100, "replaced": 6021},
            "hashtag.jsonl": {"records": 420, "found": 4300, "replaced": 4288},
            "interviews/interview-with-a-very-long-name-indeed-vtqk7xwq2-second-session.vtt": {
                "records": 142,
                "found": 510,
                "replaced": 507,
            },
            "hashtag.csv": {"records": 80, "found": 765, "replaced": 760},
        },
    },
    "replaced": {
        "by_type": {"PERSON": 2190, "HANDLE": 3120, "POST_ID": 2894, "USER_ID": 1840, "URL": 600},
        "by_operator": {
            "pseudonym": 9120,
            "shift": 1384,
            "drop": 1592,
            "generalise": 233,
            "tag": 9,
        },
        "by_role": {"text": 4200, "id": 4734, "handle": 1400, "date": 1384, "name": 820},
    },
    "scores": {
        "PERSON": [0, 0, 0, 12, 30, 41, 70, 122, 611, 1324],
        "HANDLE": [0, 0, 0, 0, 0, 0, 0, 0, 0, 3120],
        "LOCATION": [0, 0, 0, 0, 8, 11, 20, 40, 154, 0],
        "ORGANIZATION": [0, 0, 0, 9, 22, 30, 36, 40, 50, 0],
    },
    "decided_by": {"policy": 11020, "rule": 611, "roster": 702, "reviewer": 5},
    "identities": {"persons": 214, "with_roster": 26, "ambiguous": 7, "organisations": 31},
    "problems": {"ambiguous-name": 7, "truncated-json": 4},
    "warnings": [
        "7 names fit several persons and were given neutral pseudonyms.",
        "Posts are shared verbatim: a search engine may still find them.",
    ],
    "verification": {"files": 19, "identifiers": 1204, "leaks": 0, "not_searched": 12},
    "audit": {"entries": 12338, "last": "3fa9c07b" * 8, "key_id": "8c1f03a97be2d465"},
}
