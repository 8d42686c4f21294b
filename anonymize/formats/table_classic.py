"""`tweets.csv` of the archive X gave its users from 2012 to 2018.

The table repeats what the months beside it hold as JSON, with times as `2013-01-31 17:20:33
+0000` and the links of a tweet as a list in one cell.
"""

from __future__ import annotations

from collections.abc import Mapping

from anonymize.formats.column_types import DATE, POST, RULE, SHOWN_POST, URLS, Column, text, user

CLASSIC: Mapping[str, Column] = {
    "tweet_id": SHOWN_POST,
    "in_reply_to_status_id": POST,
    "in_reply_to_user_id": user("reply"),
    "timestamp": DATE,
    "source": RULE,
    "text": text(),
    "retweeted_status_id": SHOWN_POST,
    "retweeted_status_user_id": user("retweeted"),
    "retweeted_status_timestamp": DATE,
    "expanded_urls": URLS,
}
"""Columns of the table."""
