"""Damaged and hostile inputs; each holds an identifier that no message may repeat."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests import generators

NAME = "Zq7Koriginal0001x"
"""Stands in the content of every damaged file."""


def tweet(number: int = 0, **more: object) -> bytes:
    """Return a flattened tweet whose text holds `NAME`, as a line without its end."""
    found = json.loads(generators.make_jsonl(number + 1).splitlines()[number])
    return json.dumps(found | {"text": f"Ask @{NAME} about it"} | more).encode()


def tweets_js(body: bytes = b"") -> bytes:
    """Return a takeout's `tweets.js` with `body` as the text of its one tweet."""
    text = body or f"Ask @{NAME}".encode()
    return (
        b'window.YTD.tweets.part0 = [{"tweet": {"id_str": "800000000000000001", '
        b'"created_at": "Tue Nov 22 09:30:00 +0000 2016", "full_text": "' + text + b'"}}]'
    )


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2017, 1, 20, 11, 0, 0)), data, method)
    return out.getvalue()


def takeout(**more: bytes) -> bytes:
    """Return a takeout zip of one tweet, with more members."""
    return packed({"data/tweets.js": tweets_js(), **more})


def _patched(data: bytes, *, flag: int = 0, mode: int = 0, name: str = "data/tweets.js") -> bytes:
    """Return a zip whose entries of that name say otherwise of themselves."""
    out = bytearray(data)
    for mark, flags, at_name in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = out.find(mark)
        while at >= 0:
            if out[at + at_name :].startswith(name.encode()):
                (old,) = struct.unpack_from("<H", out, at + flags)
                struct.pack_into("<H", out, at + flags, old | flag)
                if mark == b"PK\x01\x02" and mode:
                    out[at + 5] = 3
                    struct.pack_into("<I", out, at + 38, mode << 16)
            at = out.find(mark, at + 4)
    return bytes(out)


def _duplicate() -> bytes:
    first = packed({"data/tweets.js": tweets_js(), "data/tweetz.js": tweets_js()})
    return first.replace(b"data/tweetz.js", b"data/tweets.js")


def _bad_checksum() -> bytes:
    data = bytearray(packed({"data/tweets.js": tweets_js()}, zipfile.ZIP_STORED))
    at = data.find(b"Ask @")
    data[at : at + 3] = b"Bsk"
    return bytes(data)


def _bomb() -> bytes:
    return packed({"data/tweets.js": tweets_js(b" " * 30_000_000)})


def _liar() -> bytes:
    """Return a zip whose entry holds far more than it declares."""
    whole = tweets_js(b" " * 20_000_000)
    small = len(whole) // 100
    data = packed({"data/tweets.js": whole})
    out = bytearray(data)
    for mark, at_size in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", out, out.find(mark) + at_size, small)
    return bytes(out)


def _nested() -> bytes:
    inner = packed({"0": b"\0" * 2_000_000})
    for level in range(4):
        inner = packed({f"{level}.zip": inner})
    return packed({f"{NAME}.zip": inner})


def _png() -> bytes:
    body = b"IHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    head = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    return b"\x89PNG\r\n\x1a\n" + head + b"\0\0\0\4tEXt" + NAME.encode() + b"\0" * 64


PDF = f"%PDF-1.7\n1 0 obj << /Title ({NAME}) >> endobj\n\0\xff\n%%EOF\n".encode("latin-1")

REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "truncated-gz": ("a.jsonl.gz", lambda: gzip.compress(tweet())[:-9]),
    "truncated-gz-list": ("a.json.gz", lambda: gzip.compress(b"[" + tweet() + b", " + tweet(1))),
    "gz-with-garbage": ("a.jsonl.gz", lambda: gzip.compress(tweet()) + NAME.encode()),
    "bomb-bz2": ("a.jsonl.bz2", lambda: bz2.compress(tweet() + b"\n" * 70_000_000)),
    "truncated-list": ("a.json", lambda: b"[" + tweet() + b", " + tweet(1)),
    "truncated-js": ("tweets.js", lambda: tweets_js()[:-20]),
    "js-of-nothing": ("tweets.js", lambda: b"window.YTD.tweets.part0 = "),
    "js-with-garbage": ("tweets.js", lambda: tweets_js() + b"}{" + NAME.encode()),
    "js-nested": (
        "tweets.js",
        lambda: tweets_js().replace(b'"id_str"', b'"x": ' + b"[" * 10_000 + b', "id_str"'),
    ),
    "js-bad-utf8": ("tweets.js", lambda: tweets_js(NAME.encode() + b"\xff\xfe")),
    "png-as-jsonl": ("a.jsonl", _png),
    "pdf-as-jsonl": ("a.jsonl", lambda: PDF),
    "png": ("a.png", _png),
    "pdf-as-csv": ("a.csv", lambda: PDF),
    "pdf-as-txt": ("a.txt", lambda: PDF),
    "pdf-as-vtt": ("a.vtt", lambda: PDF),
    "pdf-as-zip": ("a.zip", lambda: PDF),
    "zip-as-jsonl": ("a.jsonl", lambda: packed({NAME: NAME.encode()})),
    "empty": ("a.jsonl", lambda: b""),
    "empty-csv": ("a.csv", lambda: b""),
    "empty-txt": ("a.txt", lambda: b""),
    "empty-zip": ("a.zip", lambda: packed({})),
    "utf-16-jsonl": ("a.jsonl", lambda: (tweet().decode() + "\n").encode("utf-16")),
    "utf-16-without-mark": ("a.jsonl", lambda: (tweet().decode() + "\n").encode("utf-16-le")),
    "nul-bytes": ("a.jsonl", lambda: b"\0" * 4096),
    "nul-in-text": ("a.txt", f"Ada: Hello\0{NAME}\n".encode),
    "json-nested": ("a.jsonl", lambda: b"[" * 10_000 + NAME.encode()),
    "list-nested": ("a.json", lambda: b"[" * 2000 + f'"{NAME}"'.encode() + b"]" * 2000),
    "table-unknown": ("a.csv", f"name,said\n{NAME},hi\n".encode),
    "table-open-quote": ("a.csv", lambda: b'id_str,from_user,text\n1,"' + NAME.encode() + b",x\n"),
    "zip-slip": ("a.zip", lambda: takeout(**{f"../{NAME}.txt": b"x"})),
    "zip-slip-absolute": ("a.zip", lambda: takeout(**{f"/etc/{NAME}": b"x"})),
    "zip-slip-backslash": ("a.zip", lambda: takeout(**{f"data\\..\\{NAME}": b"x"})),
    "zip-slip-drive": ("a.zip", lambda: takeout(**{f"C:/{NAME}": b"x"})),
    "zip-bomb": ("a.zip", _bomb),
    "zip-bomb-in-disguise": ("a.zip", _liar),
    "zip-bomb-nested": ("a.zip", _nested),
    "zip-with-link": ("a.zip", lambda: _patched(takeout(), mode=0o120777)),
    "zip-with-device": ("a.zip", lambda: _patched(takeout(), mode=0o060600)),
    "zip-encrypted": ("a.zip", lambda: _patched(takeout(), flag=1)),
    "zip-duplicate": ("a.zip", _duplicate),
    "zip-bad-checksum": ("a.zip", _bad_checksum),
    "zip-truncated": ("a.zip", lambda: takeout()[:-30]),
    "zip-cut-in-half": ("a.zip", lambda: takeout()[: len(takeout()) // 2]),
    "zip-of-nothing-known": ("a.zip", lambda: packed({f"{NAME}.txt": b"x"})),
}
"""Inputs that are refused as a whole, with exit code 4: file name and content."""


def _surrogate() -> bytes:
    line = tweet(1, text="cut \\").replace(b"cut \\\\", b"cut \\ud83d")
    return tweet() + b"\n" + line + b"\n"


TAKEN: dict[str, tuple[str, Callable[[], bytes], int, int]] = {
    "truncated-last-line": ("a.jsonl", lambda: tweet() + b"\n" + tweet(1)[:-40], 10, 1),
    "wrong-line": ("a.jsonl", lambda: tweet() + b"\n" + PDF.replace(b"\n", b" ") + b"\n", 10, 1),
    "bom": ("a.jsonl", lambda: b"\xef\xbb\xbf" + tweet() + b"\n", 0, 0),
    "bom-js": ("tweets.js", lambda: b"\xef\xbb\xbf" + tweets_js(), 0, 0),
    "bom-csv": ("a.csv", lambda: b"\xef\xbb\xbf" + generators.make_csv(2), 0, 0),
    "bom-txt": ("a.txt", lambda: b"\xef\xbb\xbf" + generators.make_interview(4), 0, 0),
    "utf-16-txt": ("a.txt", lambda: generators.make_interview(4).decode().encode("utf-16"), 0, 0),
    "surrogates": ("a.jsonl", _surrogate, 0, 0),
    "surrogates-js": ("tweets.js", lambda: tweets_js(b"cut \\ud83d here"), 0, 0),
    "nul-escaped": ("a.jsonl", lambda: tweet(text=f"a\0b @{NAME}") + b"\n", 0, 0),
    "nul-line": ("a.jsonl", lambda: tweet() + b"\n" + b"\0" * 64 + b"\n" + tweet(1), 10, 1),
    "long-line": ("a.jsonl", lambda: tweet(text="word " * 200_000 + f"@{NAME}") + b"\n", 0, 0),
    "long-token": ("a.jsonl", lambda: tweet(text="x" * 200_000 + f" @{NAME}") + b"\n", 0, 0),
    "long-hashtag": ("a.jsonl", lambda: tweet(text="#" + "aB" * 100_000) + b"\n", 0, 0),
    "long-turn": ("a.txt", lambda: b"Ada: hi\nBo: " + b"word " * 40_000 + b"\nAda: bye\n", 0, 0),
    "deep-line": (
        "a.jsonl",
        lambda: tweet() + b"\n" + b'{"x": ' + b"[" * 10_000 + b"]" * 10_000 + b"}\n",
        10,
        1,
    ),
    "deep-key": (
        "a.jsonl",
        lambda: tweet()[:-1] + b', "x": ' + b"[" * 800 + b'"y"' + b"]" * 800 + b"}\n",
        10,
        -1,
    ),
    "huge-integer": (
        "a.jsonl",
        lambda: tweet()[:-1] + b', "big": ' + b"9" * 400 + b', "in_reply_to_user_id": 1e400}\n',
        10,
        -1,
    ),
    "digits-beyond-limit": (
        "a.jsonl",
        lambda: tweet() + b"\n" + tweet(1)[:-1] + b', "big": ' + b"9" * 6000 + b"}\n",
        10,
        -1,
    ),
    "not-a-number": (
        "a.jsonl",
        lambda: (
            tweet()[:-1]
            + b', "geo": {"coordinates": {"type": "Point", "coordinates": [NaN, Infinity]}}}\n'
        ),
        10,
        -1,
    ),
}
"""Inputs that are read all the same: file name, content, exit code, records withheld (-1: any)."""
