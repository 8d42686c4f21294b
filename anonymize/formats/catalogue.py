"""The formats this package brings, registered by name."""

from __future__ import annotations

from anonymize.formats import (
    bluesky,
    bluesky_car,
    chat,
    docx,
    elan,
    exmaralda,
    extracted,
    gold_jsonl,
    mastodon,
    mastodon_statuses,
    odt,
    parquet,
    plain,
    refi,
    subrip,
    subviewer,
    tables,
    tei,
    textgrid,
    transcriber,
    ttml,
    tweets_jsonl,
    webvtt,
    workbooks,
    x_takeout,
    x_takeout_media,
)
from anonymize.formats.base import FORMATS, Format

__all__ = ["FORMATS", "Format"]

_BUILT_IN: tuple[Format, ...] = (
    x_takeout.FORMAT,
    x_takeout.FILE,
    x_takeout_media.FORMAT,
    gold_jsonl.FORMAT,
    mastodon.FORMAT,
    mastodon.FILE,
    mastodon_statuses.FORMAT,
    bluesky.FORMAT,
    bluesky_car.FORMAT,
    tweets_jsonl.FORMAT,
    parquet.FORMAT,
    workbooks.FORMAT,
    docx.FORMAT,
    odt.FORMAT,
    tables.FORMAT,
    chat.FORMAT,
    textgrid.FORMAT,
    elan.FORMAT,
    exmaralda.FORMAT,
    tei.FORMAT,
    transcriber.FORMAT,
    ttml.FORMAT,
    webvtt.FORMAT,
    subrip.FORMAT,
    subviewer.FORMAT,
    extracted.RTF,
    extracted.PDF,
    plain.FORMAT,
    refi.FORMAT,
)
for _format in _BUILT_IN:
    FORMATS.add(_format.name, _format)
