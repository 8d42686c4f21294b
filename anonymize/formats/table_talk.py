"""Tables of a transcript: one row a turn, with who speaks and what is said.

Their headers are nobody's standard: a table is one where a column is called a word for a
speaker and another a word for what is said, in the languages of the packs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anonymize.formats.column_types import LANGUAGE, Column
from anonymize.model.fields import Role
from anonymize.model.folding import words

_SPEAKER = Column(Role.NAME, "speaker", "author")
_SAID = Column(Role.TEXT)
_TIME = Column(Role.CODE, pattern=r"[\[(#]?\d{1,6}(?:[:.,]\d{1,6}){0,4}(?:-\d)?[\])#]?s?")
"""A place in the recording; a day is no such place."""
_NUMBER = Column(Role.CODE, pattern=r"\d{1,6}(?:\.0)?")


def _all(names: str, column: Column) -> dict[str, Column]:
    return dict.fromkeys(names.split(","), column)


_SPEAKERS = _all(
    "speaker,speakers,speaker name,speaker label,sprecher,sprecherin,spreker,locuteur,hablante,"
    "sprecher name,participant name",
    _SPEAKER,
)
_TEXTS = _all(
    "text,transcript,transcription,utterance,utterances,said,speech,turn text,tekst,texte,texto,"
    "transkript,transkription,aeusserung,ausserung,uiting,content,words,sentence",
    _SAID,
)
_OTHERS = {
    **_all("comment,comments,note,notes,translation,kommentar,notiz,uebersetzung,topic", _SAID),
    **_all(
        "time,timecode,time code,timestamp,start,end,stop,start time,end time,starttime,endtime,"
        "begin,begin time,in,out,duration,length,zeit,zeitmarke,tijd,offset,start s,end s",
        _TIME,
    ),
    **_all("no,nr,turn,turn no,line,line no,row,index,number,nummer,zeile,segment", _NUMBER),
    **_all("language,lang,sprache,taal", LANGUAGE),
}


def recognise_talk(header: Sequence[str]) -> Mapping[str, Column] | None:
    """Return the columns of a table of turns by their names as they stand; None for another.

    >>> sorted(recognise_talk(["TIMECODE", "Speaker", "text", "mood"]) or ())
    ['Speaker', 'TIMECODE', 'text']
    >>> recognise_talk(["speaker", "country"]) is None
    True
    """
    known: dict[str, Column] = {}
    for name in header:
        column = {**_SPEAKERS, **_TEXTS, **_OTHERS}.get(words(name))
        if column is not None:
            known[name] = column
    speakers = [name for name in header if words(name) in _SPEAKERS]
    said = [name for name in header if words(name) in _TEXTS]
    return known if len(speakers) == 1 and said else None
