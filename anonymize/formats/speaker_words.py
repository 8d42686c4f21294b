"""Word lists for telling speaker labels and header blocks from other text.

Written for this project from the conventions of transcription guides and services.
"""

from __future__ import annotations

from collections.abc import Mapping


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


FALSE = _listed(
    "note notes nb ps pps re fwd fw subject http https mailto ftp www eg ie e g i example "
    "examples email mail tel phone fax url figure fig table chapter section part page source "
    "sources time date place location title topic project warning todo question questions answer "
    "summary keywords keyword transcript transcribed by transcriber start end begin stop file "
    "recording duration language comment comments context from to cc bcc laughter laughs laugh "
    "laughing pause silence inaudible unintelligible crosstalk applause music noise cough sighs "
    "unclear overlap overlapping background am pm conclusion introduction abstract references "
    "attachment consent speakers participants yes no ok okay the and but so because well kind "
    "caption captions style region webvtt"
) - {"i", "e", "g"}
"""Words that stand before a colon or in brackets and name nobody."""
GENERIC = _listed(
    "speaker participant person respondent interviewee interviewer student teacher voice female "
    "male unknown man woman child"
)
"""Words that begin a label of several words, the others in lower case or digits."""
INITIALS = _listed("am pm ps nb re no ok eg ie cc fw so")
"""Of these, those that in capitals may be somebody's initials: `PM: Good morning.`"""
SMALL = _listed(
    "de van von der den del della da di du la le los bin al el ibn ten ter op of the and und en et"
)
"""Words in lower case inside a label."""


def _keys() -> Mapping[str, str]:
    lists = {
        "person": "interviewee,interviewees,interviewer,interviewers,participant,participants,name,"
        "names,moderator,moderators,respondent,speaker,speakers,attendees,transcriber,host,guest,"
        "guests,informant,befragte,interviewte,geinterviewde,naam,transcribed by,conducted by",
        "date": "date,datum,interview date,date of interview,recorded on",
        "place": "place,location,venue,ort,plaats,city,town",
        "file": "file,filename,file name,recording,audio,media,audio source,audio file,video,"
        "video file,source file,source,audiofile,consent no,consent number,consent id,consent form",
        "text": "title,topic,project,subject,language,duration,length,time,consent,role,age,gender,"
        "occupation,school,keywords,notes,note,id,code,interview no,summary keywords",
    }
    return {key: kind for kind, keys in lists.items() for key in keys.split(",")}


HEADINGS = {
    **dict.fromkeys(
        ("speakers", "attendees", "participants", "teilnehmer", "deelnemers"), "person"
    ),
    **dict.fromkeys(("summary keywords", "keywords"), "text"),
    "transcript": "alone",
}
"""What stands below a line of the header that is one of these words (Otter, Google Meet)."""
EVERYBODY = _listed("everyone all me") | {"hosts and panelists", "waiting room participants"}
"""To whom a chat message goes that goes to nobody by name, folded."""
HEADER_KEYS = _keys()
"""What the value of a header line is, by its folded key."""
