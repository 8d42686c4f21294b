"""A study through a whole run: what it is taken for, what is left of names, what they became."""

from __future__ import annotations

import html
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from anonymize import api
from anonymize.link.store import IdentityStore
from anonymize.rulepacks import vocabulary
from anonymize.rulepacks.packs import load_pack
from anonymize.rulepacks.study import PACKS
from anonymize.run import naming
from anonymize.run.project import locate
from tests.benchmarks.studies.gold import (
    Asked,
    Reply,
    answers,
    documents,
    located,
    parts,
    planned,
)
from tests.benchmarks.studies.people import Person
from tests.benchmarks.studies.study import LABEL, TEXT, TWEETS, Said, Study

_TIER = "safeguarded"
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")

Entries: TypeAlias = dict[tuple[str, tuple[str | int, ...]], list[dict[str, Any]]]
Found: TypeAlias = tuple[Said, str, bool]
"""A name, what stands there now, and whether all of it was replaced; empty where none was."""


def whole(
    study: Study, *, roster: bool
) -> tuple[list[Reply], dict[str, Any], list[dict[str, str]]]:
    """Run a study.

    Returns:
        The answers of its vault, figures of what was shared, and a private list of what is left.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs, out = folder / "in", folder / "out"
        inputs.mkdir()
        study.write(inputs)
        table = folder / "people.csv"
        table.write_text(study.roster(), "utf-8")
        since = time.perf_counter()
        result = api.run(
            sorted(inputs.iterdir()), out=out, policy=_TIER, people=table if roster else None
        )
        seconds = time.perf_counter() - since
        keys = locate(result.project).keys()
        with IdentityStore.open(locate(result.project).vault, keys) as store:
            read = list(located(study, inputs))
            answered = list(answers(study, read, store.directory(_TIER)))
        shared = naming.shared(keys.tier(_TIER))
        token = naming.inside(keys)
        files = {
            path: out / "data" / shared(planned(path, token)[0].output)
            for path in sorted(inputs.iterdir())
        }
        found = list(_became([one for _, asked in read for one in asked], files, out))
        unlike = {one.file for one in study.truth()} - {said.file for said, _, _ in found}
        left = leaks(study, out, roster=roster)
        figures = {
            "seconds": round(seconds, 1),
            "records": dict(result.records),
            **_figures(found),
            "files read otherwise": len(unlike),
            "leaks": sum(left.values()),
            "leaks by form": dict(sorted(Counter(form for form, _ in left.elements()).items())),
        }
        return answered, figures, [*_listed(found), *_leaked(left)]


def leaks(study: Study, out: Path, *, roster: bool) -> Counter[tuple[str, str]]:
    """Return how often each known name still stands in a shared folder.

    Known are handles, ids and addresses of the files, full names of everybody in the roster or
    with an account, and of these, as single words, what the roster, a display name or a label
    says, unless it is an ordinary word.  Words are looked for in data and audit log, all else
    in every file; case, JSON and HTML escapes make no difference.

    Returns:
        How often, by form of name and name.
    """
    packs = [load_pack(name) for name in PACKS]
    ordinary = vocabulary.everyday() | vocabulary.ordinary(packs) | vocabulary.allowed(packs)
    words, texts = Counter[str](), list[str]()
    for path in sorted(one for one in out.rglob("*") if one.is_file()):
        text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), path.read_bytes().decode("utf-8"))
        text = html.unescape(text).casefold()
        texts.append(text)
        if path.relative_to(out).parts[0] in {"data", "audit"}:
            words.update(re.findall(r"[^\W_]+", text))
    every = "\n".join(texts)
    tokens = re.findall(r"\w+", every)
    counts, line = Counter(tokens), f" {' '.join(tokens)} "
    found: Counter[tuple[str, str]] = Counter()
    for form, name in sorted(_known(study, roster=roster)):
        folded = name.casefold()
        match form:
            case "word":
                count = 0 if folded in ordinary else words[folded]
            case "full":
                count = line.count(f" {folded} ")
            case "email":
                count = every.count(folded)
            case _:
                count = counts[folded]
        if count:
            found[form, name] = count
    return found


def _known(study: Study, *, roster: bool) -> Iterator[tuple[str, str]]:
    taking_part = {one.id for one in study.participants}
    labels: dict[str, set[str]] = {}
    for one in study.truth():
        if one.part == LABEL:
            labels.setdefault(one.mark.person, set()).add(one.surface)
        elif one.mark.kind in {"handle", "email"}:
            yield one.mark.kind, one.surface.removeprefix("@")
    for person, account, handles in study.writers:
        yield "user", account.user_id
        yield from (("handle", handle) for handle in handles)
        labels.setdefault(person.id, set()).add(account.display)
    for person in study.people:
        if person.id in taking_part:
            yield "full", person.full
            yield from (("word", one) for one in _told(person, labels, roster=roster))


def _told(person: Person, labels: Mapping[str, set[str]], *, roster: bool) -> Iterator[str]:
    """Yield given and family name of a person, each if roster, display name or label tell it."""
    said = " ".join(labels.get(person.id, ())).casefold()
    words = set(re.findall(r"[^\W_]+", said))
    for name in (person.given, person.family):
        if roster or name.casefold() in words:
            yield name


def _became(asked: Sequence[Asked], files: Mapping[Path, Path], out: Path) -> Iterator[Found]:
    """Yield what became of every name in a text, by the audit log."""
    entries: Entries = {}
    for line in (out / "audit" / "audit.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        document = one["document"].partition("#")[0]
        entries.setdefault((document, tuple(one["path"])), []).append(one)
    now = {path.name: dict(_texts(path, new)) for path, new in files.items()}
    for one in asked:
        if one.said.part != TEXT or one.said.mark.entity_type != "PERSON":
            continue
        if one.said.record not in now[one.said.file]:
            continue
        document, new = now[one.said.file][one.said.record]
        changed = entries.get((document, one.path), [])
        start, end = one.said.mark.start, one.said.mark.end
        over = [
            (a, b, shown) for a, b, shown in _stretches(one.value, new, changed)
            if a < end and start < b
        ]  # fmt: skip
        covered = {at for a, b, _ in over for at in range(a, b)}
        gone = all(at in covered for at in range(start, end) if one.value[at].isalnum())
        yield one.said, " ".join(shown for _, _, shown in over), gone


def _texts(old: Path, new: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each record of a file with what its text is now, and how the audit log names it.

    Nothing, where the new file is not read in the same parts: a label that became "AM" is none.
    """
    for was, now in zip(documents(old), documents(new), strict=True):
        name = now.id if old.name == TWEETS else new.name
        texts = [one.value for _, part, one in parts(now, old.name) if part == TEXT]
        records = [record for record, part, _ in parts(was, old.name) if part == TEXT]
        if len(records) == len(texts):
            yield from zip(records, ((name, text) for text in texts), strict=True)


def _stretches(
    was: str, now: str, entries: Sequence[Mapping[str, Any]]
) -> list[tuple[int, int, str]]:
    """Return where the replaced stretches of a text stood, and what stands there now."""
    kept, at = [], 0
    ordered = sorted(entries, key=lambda one: int(one["start"]))
    for one in ordered:
        kept.append(now[at : one["start"]])
        at = one["end"]
    match = re.fullmatch("(.+?)".join(map(re.escape, [*kept, now[at:]])), was, re.DOTALL)
    if match is None:
        raise ValueError("a text is not the old one with stretches replaced")
    return [(*match.span(n), one["pseudonym"]) for n, one in enumerate(ordered, 1)]


def _figures(found: Sequence[Found]) -> dict[str, Any]:
    left = Counter(said.mark.kind for said, shown, _ in found if not shown)
    partly = sum(bool(shown) and not gone for _, shown, gone in found)
    givens: dict[str, Counter[str]] = {}
    families: dict[str, Counter[str]] = {}
    for said, shown, gone in found:
        if not gone or not shown:
            continue
        names = re.findall(r"[^\W\d_]+", shown.casefold())
        kind = said.mark.kind.removeprefix("typo-")
        if names and kind in {"full", "given", "nickname"}:
            givens.setdefault(said.mark.person, Counter())[names[0]] += 1
        if names and kind in {"full", "titled"}:
            families.setdefault(said.mark.person, Counter())[names[-1]] += 1
    return {
        "names": len(found),
        "left": sum(left.values()),
        "left by kind": dict(sorted(left.items())),
        "partly left": partly,
        "of one given name": _agreeing(givens),
        "of one family name": _agreeing(families),
    }


def _listed(found: Sequence[Found]) -> Iterator[dict[str, str]]:
    for said, shown, gone in found:
        if not gone:
            where = f"{said.file} {said.record} {said.part}"
            yield {
                "wrong": "partly left" if shown else "left",
                "kind": said.mark.kind,
                "surface": said.surface,
                "person": said.mark.person,
                "where": where,
            }


def _leaked(left: Counter[tuple[str, str]]) -> Iterator[dict[str, str]]:
    for (form, name), count in left.items():
        yield {"wrong": "leak", "kind": form, "surface": name, "person": "", "where": str(count)}


def _agreeing(called: Mapping[str, Counter[str]]) -> float:
    """Return the share of names that became what most of their person's did."""
    total = sum(sum(one.values()) for one in called.values())
    most = sum(max(one.values()) for one in called.values())
    return round(most / total, 4) if total else 1.0
