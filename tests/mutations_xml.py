"""Mutations of XML and HTML: of its tags as text, and of its tree, which stays well-formed."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from tests import mutations
from tests.acceptance.damage import NAME

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML can hold (XML 1.0, production 2)."""


def _fit(rng: Random) -> str:
    value = mutations.odd(rng)
    return _UNFIT.sub("", value if isinstance(value, str) else str(value))[:3000]


def tree_mutated(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return XML with elements left out, repeated or moved, and other attributes and texts."""
    from lxml import etree

    del other
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root: Any = etree.fromstring(data, parser)
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        found = [one for one in root.iter() if isinstance(one.tag, str)]
        one, two = rng.choice(found), rng.choice(found)
        above = one.getparent()
        match rng.randrange(10):
            case 0 if above is not None:
                above.remove(one)
            case 1 if above is not None:
                above.insert(rng.randrange(len(above) + 1), etree.fromstring(etree.tostring(one)))
            case 2 if above is not None and one not in two.iterancestors() and one is not two:
                two.append(one)
            case 3:
                one.tag = two.tag
            case 4 if one.attrib:
                del one.attrib[rng.choice(list(one.attrib))]
            case 5 if one.attrib and two.attrib:
                one.attrib[rng.choice(list(one.attrib))] = rng.choice(list(two.attrib.values()))
            case 6:
                one.text = _fit(rng)
            case 7:
                one.tail = _fit(rng)
            case 8:
                one.attrib[rng.choice(list(two.attrib) or ["x"])] = _fit(rng)
            case _ if one.attrib:
                one.attrib[rng.choice(list(one.attrib))] = _fit(rng)
            case _:
                etree.SubElement(one, two.tag).text = two.text
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made


_TAG = re.compile(rb"<[^<>]*>")
_XML = (
    b"&a;", b"&lt", b"&#0;", b"&#xD800;", b"&#1114112;", b"&nbsp;", b"<![CDATA[x]]>", b"<!-- --",
    b"<?php x ?>", b"<?xml version='1.0'?>", b"<x>", b"</x>", b"<x/>", b"<q:x/>", b"<x a=1>",
    b'<x a="1" a="2"/>', b"]]>", b"<", b"&", b"\x00", b"\x0b", "\ufffe".encode(), b"<x>" * 400,
    b"<x>" * 400 + b"</x>" * 400, NAME.encode(), b"<a " + b"b" * 3000 + b'="">',
)  # fmt: skip
_DOCTYPES = (
    b'<!DOCTYPE x [<!ENTITY a "b">]>',
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    b'<!DOCTYPE x SYSTEM "http://dtd.example/x.dtd">',
    b'<!DOCTYPE x [<!ENTITY a "bbbbbbbb"><!ENTITY c "&a;&a;&a;&a;"><!ENTITY d "&c;&c;&c;&c;">]>',
)


def xml_mutated(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return XML or HTML with tags, attributes, references, declarations where they do not fit."""
    if rng.random() < 0.6:
        return tree_mutated(rng, data, other)
    out = data
    for _ in range(rng.choice((1, 1, 2, 4))):
        found = list(_TAG.finditer(out))
        if not found:
            return mutations.edited(rng, out, other)
        one, two = rng.choice(found), rng.choice(found)
        start, end = one.span()
        match rng.randrange(9):
            case 0:
                out = out[:start] + out[end:]
            case 1:
                out = out[:end] + one.group() * rng.choice((1, 2, 50)) + out[end:]
            case 2:
                out = out[:start] + two.group() + out[end:]
            case 3:
                first, last = sorted((start, two.start()))
                out = out[:first] + out[last:]
            case 4:
                first, last = sorted((start, two.start()))
                out = out[:last] + out[first:last] + out[last:]
            case 5:
                tag = re.sub(
                    rb'"[^"]*"', b'"%s"' % _text(rng), one.group(), count=rng.choice((0, 1))
                )
                out = out[:start] + tag + out[end:]
            case 6:
                place = out.find(b"?>") + 2 if b"?>" in out[:200] else 0
                out = out[:place] + rng.choice(_DOCTYPES) + out[place:]
                out = out[:-1] if rng.random() < 0.1 else out
            case 7:
                out = out[:start] + mutations.edited(rng, one.group(), two.group()) + out[end:]
            case _:
                place = rng.choice((end, end, start, rng.randint(0, len(out))))
                out = out[:place] + rng.choice(_XML) + out[place:]
    return out


def _text(rng: Random) -> bytes:
    value = mutations.odd(rng)
    return str(value)[:2000].encode("utf-8", "replace").replace(b"\\", b"")
