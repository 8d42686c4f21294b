"""Whole runs over the transcripts of services and of linguists' programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from anonymize import api
from tests.acceptance.running import found
from tests.canaries import Canaries

PEOPLE = """person,role,names,handles,emails,consent,pseudonym
p1,pupil,Zelda Quorrington;Zelda,,,yes,
p2,teacher,Odile Vantresse;Odile,,,yes,
"""
TALK = [
    ("Zelda", "I am Zelda Quorrington and Odile taught me ."),
    ("Odile", "Zelda sat with Mrs Vantresse ."),
    ("Zelda", "so Odile Vantresse did ."),
]
"""Each names herself or the other, in full and in part."""


def _cha() -> str:
    head = (
        "@UTF8\n@PID:\t1/zelda-quorrington\n@Begin\n@Languages:\teng\n"
        "@Participants:\tZEL Zelda_Quorrington Student, ODI Odile_Vantresse Teacher\n"
        "@ID:\teng|Vantresse|ZEL|15;02.||||Student|||\n"
        "@Media:\tzelda_quorrington, audio\n@Coder:\tOdile Vantresse\n"
        "@Comment:\tZelda Quorrington was late\n@Zelda:\tQuorrington\n"
    )
    body = ""
    for who, said in TALK:
        items = " ".join("." if word == "." else f"n:prop|{word}" for word in said.split())
        body += f"*{who[:3].upper()}:\t{said} \x151_2\x15\n%mor:\t{items}\n%com:\tsays {who}\n"
    return f"{head}{body}@End\n"


def _grid() -> str:
    tiers = ""
    for n, name in enumerate(("Zelda Quorrington - words", "Odile Vantresse")):
        texts = [said for who, said in TALK if name.startswith(who)]
        marks = "".join(f'{at}\n{at + 1}\n"{said}"\n' for at, said in enumerate(texts))
        tiers += f'"IntervalTier"\n"{name}"\n0\n2\n{2 - n}\n{marks}'
    words = TALK[0][1].split()
    marks = "".join(f'{at}\n{at + 1}\n"{word}"\n' for at, word in enumerate(words))
    tiers += f'"IntervalTier"\n"words"\n0\n9\n{len(words)}\n{marks}'
    return f'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n2\n<exists>\n3\n{tiers}'


def _write(folder: Path) -> None:
    folder.mkdir()
    (folder / "zelda.cha").write_text(_cha(), "utf-8")
    (folder / "zelda.TextGrid").write_text(_grid(), "utf-16")
    times = [f"0:00:0{n}.000,0:00:0{n + 1}.000" for n in range(3)]
    blocks = (f"{time}\n{who}: {said}\n" for time, (who, said) in zip(times, TALK, strict=True))
    (folder / "zelda.sbv").write_text("\n".join(blocks), "utf-8")


def _outputs(share: Path) -> Iterator[str]:
    for path in sorted(share.glob("data/*/*")):
        data = path.read_bytes()
        yield data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8")


@pytest.mark.parametrize("policy", ["safeguarded", "open"])
def test_one_person_has_one_name_in_every_form(tmp_path: Path, policy: str) -> None:
    """Labels, names of tiers, codes, items beside words and mentions get one pseudonym."""
    _write(tmp_path / "in")
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    done = api.run(
        [tmp_path / "in"], out=tmp_path / "share", people=tmp_path / "people.csv", policy=policy
    )
    assert done.records == {"read": 12, "written": 12, "withheld": 0}
    assert done.exit_code == 10
    assert found(tmp_path / "share", ["zelda", "quorrington", "odile", "vantresse"]) == {}
    grid, cha, sbv = sorted(_outputs(tmp_path / "share"), key=lambda text: (text[0] != "F", text))
    cha, sbv = (cha, sbv) if cha.startswith("@") else (sbv, cha)
    people = dict(re.findall(r"([A-Z0-9]{3}) (\S+) (?:Student|Teacher)", cha))
    zelda, odile = (name.replace("_", " ") for name in people.values())
    short = {zelda: zelda, odile: odile}
    if policy == "safeguarded":
        short = {name: name.split()[0] for name in short}
    else:
        assert re.fullmatch(r"Pupil \d\d", zelda)
        assert re.fullmatch(r"Teacher \d\d", odile)
    assert [line.split(": ")[0] for line in sbv.splitlines() if ": " in line] == [
        short[zelda], short[odile], short[zelda],
    ]  # fmt: skip
    assert f'"{zelda} - words"' in grid
    assert f'"{odile}"' in grid
    said = f"I am {zelda} and {short[odile]} taught me ."
    assert f": {said}\n" in sbv
    assert f'"{said}"' in grid
    words = re.findall(r'\n\d\n\d\n"([^"]*)"', grid)[-9:]
    assert " ".join(words) == said
    assert (words[:2], words[4], words[6]) == (["I", "am"], "and", "taught")
    joined = said.replace(short[odile], short[odile].replace(" ", "_"))
    assert f"*{next(iter(people))}:\t{joined} \x151_2\x15\n%mor:\tn:prop|I n:prop|am " in cha
    for main, mor in re.findall(r"\*\w+:\t(.*) \x15.*\n%mor:\t(.*)\n", cha):
        assert len(main.split()) == len(mor.split())
        assert [item.partition("|")[2] or item for item in mor.split()] == main.split()


@pytest.mark.parametrize("policy", ["safeguarded", "open"])
def test_no_canary_is_in_the_shared_folder(tmp_path: Path, policy: str) -> None:
    """A name in every place a transcript has for one is in no shared file, and none is printed."""
    canaries = Canaries(7000)
    word, name = canaries.word, canaries.name
    who, other = name("participant"), name("coder")
    cha = (
        f"@UTF8\n@Begin\n@Window:\t{word('window')}\n@PID:\t{word('pid')}\n"
        f"@Languages:\t{word('language')}\n@Options:\t{word('option')}\n"
        f"@Participants:\tZQK {who.replace(' ', '_')} {word('role')}, MOT Mother\n"
        "@ID:\t"
        + "|".join(
            word(f"id {n}") if n not in {2, 4, 5} else "ZQK" if n == 2 else who for n in range(12)
        )
        + "\n"
        f"@ID:\teng|x|MOT||{word('sex')}|||Mother|||\n@Birth of ZQK:\t{word('birth')}\n"
        f"@L1 of ZQK:\t{word('l1')}\n@Birthplace of ZQK:\t{word('birthplace')}\n"
        f"@Media:\t{word('media')}, audio\n@Media:\ta {word('media of another form')}\n"
        f"@Date:\t{word('date')}\n@Time Start:\t{word('time')}\n@Location:\t{word('place')}\n"
        f"@Coder:\t{other}\n@Tape Location:\t{word('tape')}\n@New Episode:\t{word('episode')}\n"
        f"@{word('unknown header')}:\t{word('its value')}\n@Number:\t{word('number')}\n"
        f"@Comment:\t{who}\n{word('no line')}\n"
        f'*ZQK:\tHello {other} \x15%snd:"{word("sound")}"_1_2\x15 . \x151_2\x15\n'
        f"%mor:\tco|hello n:prop|{other.split()[0]} n:prop|{other.split()[1]} .\n"
        f"%gra:\t1|0|{word('relation')}\n%x{word('tier')}:\t{word('its text')}\n"
        f"%com:\tmail {canaries.email('comment')} or @{word('handle in a comment')}\n@End\n"
    )
    tier = name("tier")
    grid = (
        'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n2\n<exists>\n1\n"TextTier"\n'
        f'"{tier} - words"\n0\n2\n1\n1\n"ask {tier} or {canaries.email("point")}"\n'
        f"! {word('comment of Praat')} by\n"
    )
    sbv = f"0:00:01.000,0:00:02.000\n{tier}: I am {who}\n\n0:00:0d.000\n{word('no cue')}\n"
    (tmp_path / "in").mkdir()
    for suffix, text in (("cha", cha), ("TextGrid", grid), ("sbv", sbv)):
        (tmp_path / "in" / f"{word('file name')}.{suffix}").write_text(text, "utf-8")
    done = api.run([tmp_path / "in"], out=tmp_path / "share", policy=policy)
    assert done.exit_code == 10
    assert done.records == {"read": 7, "written": 5, "withheld": 2}
    left = {
        place: canaries.where[key]
        for key, place in found(tmp_path / "share", canaries.where).items()
    }
    assert left == {}
    report = json.loads((tmp_path / "share" / "report.json").read_text("utf-8"))
    assert "headers[].header" in json.dumps(report)


def test_names_by_role(tmp_path: Path) -> None:
    """Labels, headers and mentions are roles in every transcript; one interviewer has no number."""
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "people.csv").write_text(
        "person,role,names,handles,emails,consent,pseudonym\n"
        "p1,teacher,Zelda Quorrington;Zelda;ZQ,,,yes,\n"
        "p2,teacher,Odile Vantresse;Odile,,,yes,\n"
        "p3,interviewer,Bram Askwith;Bram,,,yes,\n",
        "utf-8",
    )
    (folder / "one.txt").write_text(
        "Interviewer: Bram Askwith\nInterviewee: Zelda Quorrington\n\n"
        "Bram: Who taught you?\nZQ: Odile Vantresse, Bram.\nBram: Thanks, Zelda.\nZQ: Bye.\n",
        "utf-8",
    )
    (folder / "two.txt").write_text(
        "Odile: Zelda and Bram came.\nInterviewer: Did Zelda?\nOdile: Yes.\nInterviewer: So.\n",
        "utf-8",
    )
    (folder / "three.vtt").write_text(
        "WEBVTT\n\nSTYLE\n::cue(v[voice=Bram]) { color: red; }\n\nNOTE by Bram Askwith\n\n"
        "00:01.000 --> 00:02.000\n<v Bram Askwith>Hello Odile</v> <v Zelda>Hi</v>\n",
        "utf-8",
    )
    done = api.run([folder], out=tmp_path / "share", people=tmp_path / "people.csv", policy="open")
    assert done.exit_code == 0
    assert found(tmp_path / "share", ["zelda", "quorrington", "odile", "bram", "askwith"]) == {}
    texts = {text.splitlines()[0][:6]: text for text in _outputs(tmp_path / "share")}
    match = re.search(r"Interviewee: (Teacher \d\d)\n", texts["Interv"])
    assert match is not None
    zelda = match[1]
    odile = texts["Teache"].partition(":")[0]
    assert re.fullmatch(r"Teacher \d\d", odile)
    assert odile != zelda
    assert texts["Interv"] == (
        f"Interviewer: Interviewer\nInterviewee: {zelda}\n\n"
        f"Interviewer: Who taught you?\n{zelda}: {odile}, Interviewer.\n"
        f"Interviewer: Thanks, {zelda}.\n{zelda}: Bye.\n"
    )
    assert texts["Teache"] == (
        f"{odile}: {zelda} and Interviewer came.\nInterviewer: Did {zelda}?\n"
        f"{odile}: Yes.\nInterviewer: So.\n"
    )
    assert f"<v Interviewer>Hello {odile}</v> <v {zelda}>Hi</v>" in texts["WEBVTT"]
    assert "::cue(v[voice=Interviewer])" in texts["WEBVTT"]
    assert "NOTE by Interviewer\n" in texts["WEBVTT"]


def test_initials_that_look_like_words(tmp_path: Path) -> None:
    """Labels such as `PS` become the initials of the pseudonym; what is no label stays."""
    (tmp_path / "people.csv").write_text(
        "person,role,names,handles,emails,consent,pseudonym\n"
        "p1,,Petra Sandhaven,,,yes,\np2,,Alma Munkebo,,,yes,\n",
        "utf-8",
    )
    talk = "PS: At 10:30 AM we ran.\nAM: Who?\nPS: Alma.\nAM: Note: no.\nNote: loud\nSs: Yes.\n"
    (tmp_path / "talk.txt").write_text(talk, "utf-8")
    api.run([tmp_path / "talk.txt"], out=tmp_path / "share", people=tmp_path / "people.csv")
    (path,) = tmp_path.glob("share/data/*.txt")
    out = path.read_text("utf-8")
    match = re.fullmatch(
        r"(\w\w): At 10:30 AM we ran\.\n(\w\w): Who\?\n\1: (\w)\w+\.\n\2: Note: no\.\n"
        r"Note: loud\nSs: Yes\.\n",
        out,
    )
    assert match is not None
    assert match[1] != "PS"
    assert match[2] != "AM"
    assert match[2][0] == match[3]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_table_of_turns(tmp_path: Path, suffix: str) -> None:
    """One row a turn: the column of speakers and mentions in its texts have one pseudonym."""
    folder, share = tmp_path / "in", tmp_path / "share"
    folder.mkdir()
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    rows = [["time", "speaker", "text"]]
    rows += [[f"00:00:0{n}", who, said] for n, (who, said) in enumerate(TALK)]
    if suffix == "csv":
        lines = ("\t".join(row) + "\r\n" for row in rows)
        (folder / "talk.csv").write_bytes("".join(lines).encode())
    else:
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(folder / "talk.xlsx")
    done = api.run([folder], out=share, people=tmp_path / "people.csv", policy="safeguarded")
    assert done.records == {"read": 3, "written": 3, "withheld": 0}
    assert found(share, ["zelda", "quorrington", "odile", "vantresse"]) == {}
    (path,) = share.glob(f"data/*/*.{suffix}")
    if suffix == "csv":
        after = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    else:
        sheet = openpyxl.load_workbook(path).active
        after = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert after[0] == rows[0]
    assert [row[0] for row in after] == [row[0] for row in rows]
    zelda, odile, again = (row[1] for row in after[1:])
    assert zelda == again != odile
    assert re.fullmatch(rf"I am {zelda} \w+ and {odile} taught me \.", after[1][2])
    assert after[2][2].startswith(f"{zelda} sat with Mrs ")
