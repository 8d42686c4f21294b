"""XML files to try readers on: well-formed ones drawn at random, and hostile ones."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

_NAMES = ("p", "u", "hi", "w", "div", "t:seg", "Ämter", "x.y-z")
_KEYS = ("id", "who", "t:n", "xml:lang", "größe", "data-x")
_SAID = (
    "Anna",
    " ",
    "\n",
    "Zoë Müller",
    "a&amp;b",
    "&#65;nna",
    "&#x1F40B;",
    "]]",
    "&gt;",
    "'",
    '"',
)
_QUOTED = ("Anna", "#AnnaK #Ben", "a > b", "&quot;", "&lt;x&gt;", "a\nb", "", "/", "=")
_ASIDE = ("<!-- by Anna > ' -->", "<?editor Anna ?>", "<![CDATA[Anna <b> & ]] co]]>")


@st.composite
def xml_elements(draw: st.DrawFn, depth: int = 2) -> str:
    """Return an element with attributes in either quote, text, asides and elements."""
    name = draw(st.sampled_from(_NAMES))
    tag = f"<{name}"
    for key in draw(st.lists(st.sampled_from(_KEYS), unique=True, max_size=3)):
        quote = draw(st.sampled_from("\"'"))
        value = draw(st.sampled_from(_QUOTED))
        equals = draw(st.sampled_from(("=", " = ")))
        tag += draw(st.sampled_from((" ", "\n  "))) + key + equals + quote + value + quote
    if draw(st.integers(0, 3)) == 0:
        return tag + draw(st.sampled_from(("/>", " />")))
    parts = st.sampled_from(_SAID) | st.sampled_from(_ASIDE)
    if depth:
        parts |= xml_elements(depth - 1)
    inner = "".join(draw(st.lists(parts, max_size=5)))
    return tag + draw(st.sampled_from((">", " >"))) + inner + f"</{name}>"


_CODECS = (
    ("utf-8", ("", 'encoding="UTF-8"', "encoding='utf-8'"), b""),
    ("utf-8", ("", 'encoding="UTF-8"'), b"\xef\xbb\xbf"),
    ("utf-16-le", ("", 'encoding="UTF-16"'), b"\xff\xfe"),
    ("utf-16-be", ('encoding="utf-16"',), b"\xfe\xff"),
    ("iso8859-1", ('encoding="ISO-8859-1"',), b""),
    ("cp1252", ('encoding="windows-1252" standalone="yes"',), b""),
)


@st.composite
def xml_files(draw: st.DrawFn) -> bytes:
    """Return a file with or without declaration, document type and mark, in some encoding."""
    codec, declarations, mark = draw(st.sampled_from(_CODECS))
    said = draw(st.sampled_from(declarations))
    head = f'<?xml version="1.0" {said}?>\n' if said or draw(st.booleans()) else ""
    head += draw(st.sampled_from(("", "<!-- Anna -->\n", "<?xml-stylesheet href='a'?>\n")))
    kinds = ("", "<!DOCTYPE r>\n", '<!DOCTYPE r SYSTEM "http://x.example/r.dtd">\n')
    head += draw(st.sampled_from(kinds))
    space = draw(st.sampled_from(("", ' xmlns="urn:x"')))
    body = draw(xml_elements())
    text = f'{head}<r xmlns:t="urn:t"{space}>{body}</r>' + draw(st.sampled_from(("", "\n")))
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return mark + text.encode(codec, "xmlcharrefreplace")


def bomb(before: str = "", root: str = "r") -> bytes:
    """Return a file whose entities would fill the memory."""
    lines = ['<!ENTITY a0 "aaaaaaaaaa">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    subset = "\n".join(lines)
    return f'{before}<!DOCTYPE {root} [\n{subset}\n]>\n<{root} a="&a9;">&a9;</{root}>'.encode()


COMMENT = "<!--" + "x" * (70 * 1024) + "-->\n"


def hostile(root: str = "r", suffix: str = "") -> dict[str, bytes]:
    """Return files that would read other files or fill time or memory, by what they do.

    Args:
        root: Name of the element a reader waits for.
        suffix: What stands behind it in its start tag, such as a namespace.
    """
    name, end = f"{root} {suffix}".strip(), f"</{root}>"
    local = f'<!DOCTYPE {root} [<!ENTITY e SYSTEM "file:///etc/hostname">]><{name}>&e;{end}'
    parameter = f'<!DOCTYPE {root} [<!ENTITY % p SYSTEM "http://x.example/a"> %p;]><{name}/>'
    return {
        "bomb": bomb(root=root),
        "bomb behind a comment": bomb(COMMENT, root),
        "external entity": local.encode(),
        "parameter entity": parameter.encode(),
        "attribute list": f'<!DOCTYPE {root} [<!ATTLIST r a CDATA "b">]><{name}/>'.encode(),
        "deep": (f"<{name}>" + "<a>" * 100_000 + "</a>" * 100_000 + end).encode(),
        "a little too deep": (f"<{name}>" + "<a>" * 220 + "</a>" * 220 + end).encode(),
        "huge attribute": f"<{name} a='{'x' * 20_000_000}'/>".encode(),
        "huge text": f"<{name}>{'x' * 20_000_000}{end}".encode(),
        "cut": f"<{name}><a".encode(),
        "two roots": f"<{name}/><b/>".encode(),
        "NUL": f"<{name}>\0{end}".encode(),
        "unknown encoding": f'<?xml version="1.0" encoding="klingon"?><{name}/>'.encode(),
        "wrong encoding": f'<?xml version="1.0" encoding="UTF-16"?><{name}/>'.encode(),
        "undeclared encoding": f"<{name}>Zo\xeb{end}".encode("latin-1"),
        "stateful encoding": f'<?xml version="1.0" encoding="utf-7"?><{name}/>'.encode(),
    }


def parsed(data: bytes) -> Any:
    """Return the root element of a file, read by lxml without its document type.

    Raises:
        lxml.etree.XMLSyntaxError: If it is not well-formed.
    """
    from lxml import etree

    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    return etree.fromstring(data, parser)
