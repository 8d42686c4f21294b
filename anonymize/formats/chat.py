"""CHAT transcripts (.cha) of TalkBank and CLAN, read and written back byte for byte.

The file is one document.  Its sections are the headers (one section) and each utterance: the
main tier and the dependent tiers below it.  Names stand in `@Participants`, in codes of
speakers (`*ANN:`), and in what is said and noted; times stand between two signs 0x15 and are
never touched.  What codes and tiers owe one another is in `chat_settle`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import regex

from anonymize.errors import FormatError
from anonymize.formats import chat_words
from anonymize.formats.base import Source
from anonymize.formats.charset import is_binary
from anonymize.formats.chat_codes import PARTICIPANT, is_standard, name_of, named_codes
from anonymize.formats.chat_settle import LACK, MARK, clean_chat, settle
from anonymize.formats.chat_words import Header, Tier
from anonymize.formats.pieces import Draft, Part, Piece, render
from anonymize.formats.speakers import names
from anonymize.formats.spoken import Spoken
from anonymize.model.fields import Path, Role

INVALID = "invalid-line"
_HEAD = regex.compile(rb"(?:\xef\xbb\xbf)?@UTF8\s+@")
_LINE = regex.compile(
    # A line goes on in the next ones that begin with a tab.
    r"(?P<sign>[@*%])(?P<name>[^:\t\r\n]*)(?P<gap>:[ \t]*)?"
    r"(?P<value>[^\r\n]*(?:(?:\r\n|\r|\n)\t[^\r\n]*)*)(?P<end>\r\n|\r|\n|\Z)"
    r"|(?P<other>[^\r\n]*)(?P<stop>\r\n|\r|\n|\Z)",
)
_MARK = regex.compile(r"\x15(?P<times>[^\x15\r\n]*)\x15|&\*(?P<code>[A-Za-z0-9]{1,7}):")
"""Times of an utterance or word; a word of somebody else within it (`&*MOT:mhm`)."""
_SAID = regex.compile(r"[^\s\x15](?:.*[^\s\x15])?", regex.DOTALL)
_TIMES = regex.compile(r"\d+_\d+(?:_\d+)?-?")


def _is_chat(source: Source) -> bool:
    """Whether a source is named `.cha` or begins as CHAT does."""
    if source.folder or is_binary(source.head):
        return False
    return source.suffix == ".cha" or _HEAD.match(source.head) is not None


def tokenise(content: str, label: str) -> Draft:
    """Return the pieces of a file; joined they are `content`.

    Raises:
        FormatError: If it has no `@Begin`.
    """
    if regex.search(r"(?:\A|[\r\n])@Begin[ \t]*(?:[\r\n]|\Z)", content) is None:
        raise FormatError(f"{label}: no @Begin line")
    return _Taker(content).take()


class _Taker:
    """Takes one file apart, line by line."""

    def __init__(self, content: str) -> None:
        self._content = content
        self._draft = Draft()
        self._named = named_codes(content)
        self._utterance = -1
        self._lines = 0

    def take(self) -> Draft:
        self._draft.begin("header")
        for match in _LINE.finditer(self._content):
            self._lines += 1
            sign = match["sign"]
            if sign is None:
                self._other(match["other"], match["stop"])
            elif match["gap"] is None and match["value"]:
                self._other(match[0][: len(match[0]) - len(match["end"])], match["end"])
            elif sign == "@":
                self._header(match)
            elif sign == "*":
                self._main(match)
            else:
                self._tier(match)
        return self._draft

    def _other(self, text: str, end: str) -> None:
        if text.strip():
            self._draft.begin(f"line {self._lines}", INVALID)
            self._draft.pieces.append(
                self._draft.value(("lines", self._lines), Role.TEXT, text, Part.CUE),
            )
            self._draft.current = 0
        else:
            self._draft.literal(text)
        self._draft.literal(end)

    def _path(self, *steps: str | int) -> Path:
        return ("headers", self._lines, *steps)

    def _extra(
        self, path: Path, role: Role, text: str, lead: str = "", tail: str = "", kind: str = ""
    ) -> None:
        """Add a value that leaves with what stands around it."""
        if text:
            self._draft.pieces.append(
                self._draft.value(path, role, text, Part.EXTRA, kind=kind, head=lead, tail=tail),
            )
        else:
            self._draft.literal(lead + tail)

    def _code(self, root: Path, code: str) -> Piece:
        """Return the code of a speaker; one that may be a name of its own is a label."""
        draft = self._draft
        subject = draft.speaker(code)
        if is_standard(code) or code in self._named:
            return draft.value((*root, "code"), Role.CODE, code, Part.LABEL, subject=subject)
        return draft.value(
            (*root, "code"), Role.NAME, code, Part.LABEL, kind="speaker", subject=subject
        )

    # Headers

    def _header(self, match: regex.Match[str]) -> None:
        draft = self._draft
        draft.current = 0
        name, gap, value, end = match["name"], match["gap"] or "", match["value"], match["end"]
        title, of, code = name.partition(" of ")
        kind = chat_words.HEADERS.get(f"{title}{of}".strip().lower())
        lead = f"@{name}{gap}"
        if kind is None:
            self._extra(self._path("header"), Role.OPAQUE, lead + value, "", end, "unknown")
        elif kind is Header.BARE and not value.strip():
            draft.literal(match[0])
        elif kind is Header.BARE:
            self._extra(self._path("value"), Role.OPAQUE, value, lead, end, "unknown")
        elif kind is Header.RULE:
            self._extra(self._path("header"), Role.OPAQUE, lead + value, "", end, "rule")
        elif of:
            draft.literal(f"@{title}{of}")
            draft.pieces.append(self._code(self._path(), code.strip()))
            draft.literal(code[len(code.rstrip()) :] + gap)
            self._simple(kind, value, "", "")
            draft.literal(end)
        elif kind is Header.PARTICIPANTS:
            draft.literal(lead)
            self._participants(value)
            draft.literal(end)
        elif kind is Header.ID:
            draft.literal(lead)
            self._id(value)
            draft.literal(end)
        else:
            self._simple(kind, value, lead, end)

    def _simple(self, kind: Header, value: str, lead: str, end: str) -> None:
        """Add a header of one value; without it the line leaves."""
        draft = self._draft
        stripped = value.strip()
        if not stripped:
            draft.literal(lead + value + end)
            return
        start = value.index(stripped)
        lead, tail = lead + value[:start], value[start + len(stripped) :] + end
        if kind is Header.TEXT:
            draft.literal(lead)
            self._text(self._path("text"), stripped, Part.TEXT)
            draft.literal(tail)
        elif kind is Header.PERSONS and (found := names(stripped)):
            draft.literal(lead)
            at = 0
            for number, (begin, stop) in enumerate(found):
                draft.literal(stripped[at:begin])
                person = stripped[begin:stop]
                path = self._path("person", number)
                piece = draft.value(
                    path,
                    Role.NAME,
                    person,
                    Part.LABEL,
                    kind="person",
                    subject=draft.speaker(person),
                )
                draft.pieces.append(piece)
                at = stop
            draft.literal(stripped[at:] + tail)
        elif kind is Header.PERSONS:
            self._extra(self._path("text"), Role.TEXT, stripped, lead, tail)
        elif kind is Header.MEDIA:
            stem, comma, rest = stripped.partition(",")
            known = regex.fullmatch(r"(?:\s*(?:audio|video|missing|unlinked|notrans)\s*,?)*", rest)
            if not known:
                self._extra(self._path("header"), Role.OPAQUE, stripped, lead, tail, "unknown")
            else:
                self._extra(
                    self._path("media"), Role.OPAQUE, stem, lead, comma + rest + tail, "rule"
                )
        elif kind in {Header.DATE, Header.PLACE}:
            role = Role.DATE if kind is Header.DATE else Role.PLACE
            self._extra(self._path(kind.value), role, stripped, lead, tail)
        else:
            pattern = chat_words.LANGUAGE if kind is Header.LANGUAGES else chat_words.CLOSED
            words = regex.split(r"[,\s]+", stripped)
            options = kind is Header.OPTIONS
            if all(w in chat_words.OPTIONS if options else pattern.fullmatch(w) for w in words):
                draft.literal(lead + stripped + tail)
            else:
                self._extra(self._path("value"), Role.OPAQUE, stripped, lead, tail, "unknown")

    def _participants(self, value: str) -> None:
        draft = self._draft
        at = 0
        for number, part in enumerate(regex.finditer(r"[^,]+", value)):
            draft.literal(value[at : part.start()])
            at = part.end()
            one = PARTICIPANT.search(part[0])
            root = self._path("participant", number)
            if one is None or part[0][one.end() :].strip():
                stripped = part[0].strip()
                begin = part[0].find(stripped)
                if len(stripped.split()) == 1:
                    draft.literal(part[0][:begin])
                    draft.pieces.append(self._code(root, stripped))
                    draft.literal(part[0][begin + len(stripped) :])
                else:
                    self._extra((*root, "value"), Role.OPAQUE, part[0], kind="unknown")
                continue
            draft.literal(part[0][: one.start()])
            draft.pieces.append(self._code(root, one["code"]))
            draft.literal(one["gap"])
            if one["name"]:
                # A name is one word to CHAT; a line below joins its parts again.
                whole = one["name"]
                piece = draft.value(
                    (*root, "name"),
                    Role.NAME,
                    name_of(whole),
                    Part.EXTRA,
                    kind="speaker",
                    subject=draft.speaker(one["code"]),
                    tail=one["more"],
                )
                draft.pieces.append(replace(piece, text=whole))
            self._role((*root, "role"), one["role"])
            draft.literal(part[0][one.end() :])
        draft.literal(value[at:])

    def _role(self, path: Path, role: str) -> None:
        known = role in chat_words.ROLES
        piece = self._draft.value(
            path,
            Role.CODE if known else Role.OPAQUE,
            role,
            Part.LABEL,
            kind="" if known else "unknown",
        )
        self._draft.pieces.append(piece)

    def _id(self, value: str) -> None:
        """Add `lang|corpus|code|age|sex|group|eth,SES|role|education|custom|`."""
        draft = self._draft
        parts = value.split("|")
        kept = {4: chat_words.SEXES, 7: chat_words.ROLES, 8: chat_words.SCHOOLING}
        steps = chat_words.ID_STEPS
        for at, part in enumerate(parts):
            draft.literal("|" if at else "")
            step = steps[at] if at < len(steps) else f"more {at}"
            path = self._path(step)
            stripped = part.strip()
            languages = regex.split(r"[,\s]+", stripped)
            if not stripped:
                draft.literal(part)
            elif at == 2:
                draft.literal(part[: part.index(stripped)])
                draft.pieces.append(self._code(self._path(), stripped))
                draft.literal(part[part.index(stripped) + len(stripped) :])
            elif at == 7:
                self._role(path, part)
            elif (at == 0 and all(map(chat_words.LANGUAGE.fullmatch, languages))) or (
                part in kept.get(at, ()) or (at == 6 and part in chat_words.CLASSES)
            ):
                draft.literal(part)
            elif at == 5:
                self._extra(path, Role.TEXT, part)
            else:
                # The corpus leads to the original; a day of birth, descent and what a corpus
                # adds of its own single somebody out.
                kind = "rule" if at in {1, 3, 6, 9} else "unknown"
                self._extra(path, Role.OPAQUE, part, kind=kind)

    # Utterances

    def _main(self, match: regex.Match[str]) -> None:
        draft = self._draft
        self._utterance += 1
        root = ("utterances", self._utterance)
        draft.begin(str(self._utterance))
        draft.literal("*")
        code = match["name"].strip()
        if code:
            draft.pieces.append(self._code(root, code))
            draft.author(draft.speaker(code))
        draft.literal(match["name"][len(code) :] + (match["gap"] or ""))
        self._text((*root, "text"), match["value"], Part.CUE)
        draft.literal(match["end"])

    def _tier(self, match: regex.Match[str]) -> None:
        name, gap, value, end = match["name"], match["gap"] or "", match["value"], match["end"]
        if self._utterance < 0:
            self._other(match[0][: len(match[0]) - len(end)], end)
            return
        kind = chat_words.TIERS.get(name)
        root = ("utterances", self._utterance, name if kind else "tier", self._lines)
        lead = f"%{name}{gap}"
        if kind is None:
            self._extra(root, Role.OPAQUE, lead + value, "", end, "unknown")
        elif not value.strip():
            self._draft.literal(match[0])
        elif kind is Tier.NUMBERS:
            known = not chat_words.NUMBERS.sub("", value).strip()
            role, what = (Role.CODE, "") if known else (Role.OPAQUE, "unknown")
            self._extra(root, role, value, lead, end, what)
        elif kind is Tier.CODES and all(map(self._is_code, regex.split(r"[,\s]+", value.strip()))):
            self._draft.literal(lead)
            at = 0
            for number, one in enumerate(regex.finditer(r"[^,\s]+", value)):
                self._draft.literal(value[at : one.start()])
                self._draft.pieces.append(self._code((*root, number), one[0]))
                at = one.end()
            self._draft.literal(value[at:] + end)
        else:
            self._text(root, value, Part.EXTRA, lead, end)

    def _is_code(self, word: str) -> bool:
        return is_standard(word) or regex.fullmatch(r"[A-Z0-9]{1,7}", word) is not None

    def _text(self, path: Path, raw: str, part: Part, lead: str = "", tail: str = "") -> None:
        """Add text whose times, and codes of others, are tags in it: a sign each to the text."""
        draft = self._draft
        text, marks, at = "", [], 0
        for match in _MARK.finditer(raw):
            text += raw[at : match.start()]
            marks.append((len(text), match))
            text += MARK
            at = match.end()
        text += raw[at:]
        said = _SAID.search(text)
        if said is None:
            draft.literal(lead)
            self._spread(
                text, [(at, self._marks(path, n, one)) for n, (at, one) in enumerate(marks)]
            )
            draft.literal(tail)
            return
        # A tier that leaves takes its blanks and times along.
        start, stop = (0, len(text)) if part is Part.EXTRA else said.span()
        # The field of the text goes before those of the marks in it, in reading order.
        piece = draft.value(path, Role.TEXT, text[start:stop], part, head=lead, tail=tail)
        made = [(place, self._marks(path, n, match)) for n, (place, match) in enumerate(marks)]
        self._spread(text[:start], [one for one in made if one[0] < start])
        inner = tuple((place - start, tag) for place, tag in made if start <= place < stop)
        draft.pieces.append(replace(piece, tags=inner))
        self._spread(text[stop:], [(at - stop, tag) for at, tag in made if at >= stop])

    def _spread(self, text: str, tags: list[tuple[int, tuple[Piece, ...]]]) -> None:
        """Add blanks and the marks that stand between them."""
        at = 0
        for place, pieces in tags:
            self._draft.literal(text[at:place])
            self._draft.pieces += pieces
            at = place + 1
        self._draft.literal(text[at:])

    def _marks(self, path: Path, number: int, match: regex.Match[str]) -> tuple[Piece, ...]:
        root = (*path, "mark", number)
        if match["code"] is not None:
            return (Piece("&*", stands=MARK), self._code(root, match["code"]), Piece(":"))
        if _TIMES.fullmatch(match["times"]):
            return (Piece(match[0], stands=MARK),)
        # The old form names the file of the sound.
        value = self._draft.value(root, Role.OPAQUE, match[0], Part.EXTRA, kind="rule")
        return (replace(value, stands=MARK),)


FORMAT = Spoken(
    "chat",
    (".cha",),
    40,
    _is_chat,
    tokenise,
    clean_chat,
    write=partial(render, mark=LACK),
    settle=settle,
)
