"""What is mutated of what is spoken: small transcripts, documents and projects, by family."""

from __future__ import annotations

from collections.abc import Callable

from tests import generators
from tests.acceptance.damage import NAME
from tests.formats import docx_cases, docx_whole, odt_cases, refi_cases, speech_cases
from tests.fuzz_inputs import Seed, one


def _transcripts() -> list[Seed]:
    said = f"Interviewer: Jane\nDate: 1 May 2024\n\nJane: Ask @{NAME}.\n\n"
    said += f"Bo: I met {NAME}.\nJane: Ah\n"
    return [
        one("a.txt", said.encode()),
        one("a.txt", said.encode("utf-16")),
        one("a.txt", said.replace(": ", "\t").encode("cp1252")),
        one("a.md", said.replace("Jane:", "**Jane:**").replace("Bo:", "**Bo:**").encode()),
        one("a.txt", generators.canary_txt()[0]),
        one("a.vtt", generators.canary_vtt()[0] + f"\n00:11.000 --> 00:12.000\n@{NAME}\n".encode()),
        one(
            "a.srt",
            generators.canary_srt()[0] + f"\n9\n00:00:09,0 --> 00:00:10,0\n@{NAME}".encode(),
        ),
    ]


def _annotated() -> list[Seed]:
    from tests.formats import test_chat as chat_cases
    from tests.formats import test_textgrid as textgrid_cases

    said = f"Jane: Ask @{NAME}.\n\n0:00:03.000,0:00:05.000\nBo: I met {NAME}.\n\n"
    talk = chat_cases.TALK.replace("*CHI:\t", f"*CHI:\t{NAME} ", 1)
    return [
        one("a.cha", talk.encode()),
        one("a.TextGrid", textgrid_cases.LONG.replace("Anna", NAME, 1).encode()),
        one("a.TextGrid", textgrid_cases.SHORT.encode("utf-16")),
        one("a.sbv", f"0:00:01.000,0:00:02.000\n{said}".encode()),
    ]


def _extracted() -> list[Seed]:
    from tests.formats import test_extracted as extracted_cases

    turns = [*extracted_cases.TURNS, f"Anna: Ask @{NAME}."]
    return [
        one("a.rtf", extracted_cases.rtf(turns)),
        one("a.rtf", extracted_cases.rtf(turns, r"{\b \u8364? x\'e9} \tab ")),
        one("a.pdf", extracted_cases.pdf([turns[:2], turns[2:]])),
        one("a.pdf", extracted_cases.pdf([turns, []], picture=True)),
    ]


def _refi() -> list[Seed]:
    talk = f"{refi_cases.TALK}Zofia: Ask @{NAME}.\n"
    seeds = [one("a.qdpx", refi_cases.project(how, talk)) for how in refi_cases.DIALECTS.values()]
    return [
        *seeds,
        one("a.qdpx", refi_cases.full()),
        one("a.qde", refi_cases.FULL.encode()),
        one("a.qdc", refi_cases.CODEBOOK.encode()),
    ]


def _docx() -> list[Seed]:
    said = ("Jane: Hello.", f"Bo: Ask @{NAME}.", "Jane: Why?", "Bo: Because.")
    return [
        one("a.docx", docx_whole.everything(tells=f"@{NAME}")),
        one("a.docx", docx_whole.everything(), "--drop-unknown-parts"),
        one("a.docx", docx_cases.simple(*said)),
    ]


def _odt() -> list[Seed]:
    talk = f"<text:p>Jane: Hello.</text:p><text:p>Bo: Ask @{NAME}.</text:p>"
    body = odt_cases.BODY + talk + talk
    return [
        one("a.odt", odt_cases.pack(odt_cases.parts(body))),
        one("a.odt", odt_cases.pack(odt_cases.parts(talk + talk))),
        one("a.fodt", odt_cases.flat(body)),
    ]


_SUFFIXES = {
    "elan": "eaf",
    "exmaralda": "exb",
    "transcriber": "trs",
    "ttml": "ttml",
    "tei": "xml",
}


def _speech() -> list[Seed]:
    label = speech_cases.LABEL.encode()
    return [
        one(f"a.{_SUFFIXES[form]}", data.replace(label, NAME.encode()))
        for form, data in speech_cases.CASES.items()
    ]


SPOKEN: dict[str, Callable[[], list[Seed]]] = {
    "transcripts": _transcripts,
    "annotated": _annotated,
    "speech": _speech,
    "extracted": _extracted,
    "refi": _refi,
    "docx": _docx,
    "odt": _odt,
}
"""Makes the seeds of each family of what is spoken."""
