"""Names of tiers: which part of `utterance@AnnaK` is a speaker, and which the kind of tier.

Neither ELAN nor EXMARaLDA has a rule for it.  Projects write the kind before `@`, or join both by
a line, a bar or a blank; many give the speaker as `PARTICIPANT` besides.  A word is taken for
the kind if the list below has it, or if the file says elsewhere that another part of the name is
the speaker; else it is a label, so that a name never stays because nobody knew it for one.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import regex

from anonymize.formats.pieces import Draft, Part
from anonymize.formats.xml_pieces import Slot, Stretch
from anonymize.formats.xml_rules import said_by
from anonymize.formats.xml_tables import attribute_of
from anonymize.formats.xml_text import Token
from anonymize.model.fields import Role

TIER = "tier"
"""Group of the names of tiers."""


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KINDS = _listed(
    # Abbreviations of Toolbox and FLEx, words of ELAN's manual and templates and of published
    # corpora, in English, Dutch, German, French and Spanish; folded.
    "tx txt txd ref id ft fte ftd ftf fts mb mot mrph morph morpheme morphemes ge gls gl gloss "
    "glosse glosses ps pos msa cf hn lit nt note notes notiz kommentar comment comments "
    "commentaire comentario com rem remark text texte texto wd word words wort woerter mots "
    "palabra lemma lemmas lex lexeme phrase phrases segnum item interlinear paragraph sentence "
    "sentences satz saetze zin utt utterance utterances utts aeusserung uiting enonce enunciado "
    "turn turns tier tiers default spch speech talk trs transcription transcript transcriptions "
    "transkript transkription transcriptie transcripcion orth orthography orthographic ortho phon "
    "phono phonetic phonetics phoneme phonemes phones ipa sampa syllable syllables syl tone tones "
    "pitch intonation prosody stress trans transl translation translations uebersetzung vertaling "
    "traduction traduccion free literal english german deutsch dutch french spanish en eng de deu "
    "ger nl nld fr fra fre es spa it pt ru gesture gestures geste gesten gest rgu lgu gu gp hand "
    "hands left right lh rh gaze blick regard head kopf nod nods face facial mimik eyebrow "
    "eyebrows brow eyes mouth mund body posture proxemics movement movements action actions "
    "handling event events overlap overlaps pause pauses silence laughter laugh noise noises "
    "sound sounds music backchannel feedback topic topics theme themes code codes coding "
    "annotation annotations label labels segment segments seg chunk chunks section sections "
    "episode episodes activity activities situation scene stimulus stimuli question questions "
    "answer answers function functions form forms type types value values meta metadata info "
    "information language sprache langue lang voice verbal nonverbal non vocal other misc temp "
    "test new old copy cp merged main audio video media all both the of and with for "
)
_SHORT = 3
"""Letters up to which a kind is written small: `PS` may be somebody's initials, `ps` is none."""
_NUMBER = regex.compile(r"[0-9]{1,4}")
_WORD = regex.compile(r"(?:&[^;\s]+;|[^\s@_\-–/:.,;()\[\]{}|+=])+")
_LETTER = r"[\p{L}\p{M}\p{N}]"
_BLANKS = regex.compile(r"[ \u00a0]+")


@dataclass(frozen=True, slots=True)
class Tiers:
    """Whose the tiers of a file are.

    Attributes:
        labels: Speaker of each tier by its name, without references; empty for none.
        participants: Speakers the file names as such.
    """

    labels: Mapping[str, str] = field(default_factory=dict, repr=False)
    participants: frozenset[str] = field(default=frozenset(), repr=False)

    def stretches(self, value: str, draft: Draft) -> tuple[Stretch, ...]:
        """Return what the name of a tier is made of, as one id."""
        label = self.labels.get(html.unescape(value), "")
        known = label if label in self.participants else ""
        return (tier_id(value, known, draft, word=False),)


def tier_id(value: str, label: str, draft: Draft, *, word: bool) -> Stretch:
    """Return the stretch of the name of a tier, which is an id; `word` as in `Stretch`."""
    # Without parts, all of it is markup.
    parts = tier_parts(value, label, draft) or (Stretch(0, len(value)),)
    return Stretch(0, len(value), group=TIER, parts=parts, word=word)


def tier_parts(value: str, label: str, draft: Draft) -> tuple[Stretch, ...]:
    """Return the fields in the name of a tier.

    Args:
        value: The name as written.
        label: Its speaker as the file says it elsewhere; empty if nowhere.
        draft: Of the file.
    """
    return tuple(
        Stretch(start, stop, _slot(_plain(value, start, stop), label, part, draft))
        for start, stop, part in _parts(value, label)
    )


def _slot(text: str, label: str, part: _Part, draft: Draft) -> Slot:
    if part is _Part.WORD:
        return _TEXT
    if part is _Part.HERS:
        return Slot(Role.NAME, "speaker", draft.speaker(label), Part.LABEL)
    return said_by(text, draft)


_TEXT = Slot(Role.TEXT)


class _Part(StrEnum):
    """What a part of the name of a tier is."""

    LABEL = "label"
    HERS = "hers"
    """A label of the tier's speaker, whatever it is."""
    WORD = "word"


def tiers_of(starts: Sequence[Token]) -> Tiers:
    """Return whose the tiers of a file are: their participant's, else their label's."""
    own: dict[str, str] = {}
    parents: dict[str, str] = {}
    for token in starts:
        name = attribute_of(token, "TIER_ID") if token.local == "TIER" else ""
        if name:
            own[name] = attribute_of(token, "PARTICIPANT")
            parents[name] = attribute_of(token, "PARENT_REF")
    labels = {name: _inherited(name, own, parents) for name in own}
    return Tiers(labels, frozenset(own.values()) - {""})


def _inherited(name: str, own: Mapping[str, str], parents: Mapping[str, str]) -> str:
    """Return the speaker of a tier, else of the nearest tier above, else the label it is.

    What stands behind `@` says that a tier is not that of the tier above.
    """
    at, seen = name, {name}
    while not own.get(at) and parents.get(at) in own and parents[at] not in seen:
        if _after_at(at) not in {"", _after_at(parents[at])}:
            break
        at = parents[at]
        seen.add(at)
    if found := own.get(at) or _after_at(at):
        return found
    labels = (at[start:stop] for start, stop, part in _parts(at, "") if part is not _Part.WORD)
    return next(labels, "")


def _after_at(name: str) -> str:
    return name.partition("@")[2].strip()


def _plain(value: str, start: int, stop: int) -> str:
    return html.unescape(value[start:stop])


def _parts(value: str, label: str) -> Iterator[tuple[int, int, _Part]]:
    """Yield what in the name of a tier is no markup: start, end and what it is."""
    labels = list(_found(value, label))
    sure = bool(labels)
    after = value.find("@") + 1
    behind = value[after:].strip() if after and not any(at >= after for at, _ in labels) else ""
    if behind:
        start = value.index(behind, after)
        labels.append((start, start + len(behind)))
    words: list[tuple[int, int]] = []
    for match in _WORD.finditer(value):
        start, stop = match.span()
        word = html.unescape(match[0])
        inside = any(start < end and begin < stop for begin, end in labels)
        kind = word if len(word) <= _SHORT else word.casefold()
        if inside or kind in _KINDS or _NUMBER.fullmatch(word):
            continue
        if not sure and words and _BLANKS.fullmatch(value, words[-1][1], start):
            # "Anna Kowal" is one label.
            start = words.pop()[0]
        words.append((start, stop))
    # Behind a known kind and `@` stands what the speaker is called whom the file names elsewhere.
    hers = bool(label) and (sure or not words)
    parts = [(at, stop, _Part.HERS if hers else _Part.LABEL) for at, stop in labels]
    parts += [(at, stop, _Part.WORD if sure else _Part.LABEL) for at, stop in words]
    yield from sorted(parts)


def _found(value: str, label: str) -> Iterator[tuple[int, int]]:
    """Yield where a label stands in the name of a tier as a word or words of its own."""
    if label:
        for form in {label, html.escape(label, quote=False), html.escape(label)}:
            pattern = rf"(?<!{_LETTER}){regex.escape(form)}(?!{_LETTER})"
            match = regex.search(pattern, value)
            if match:
                yield match.span()
                return
