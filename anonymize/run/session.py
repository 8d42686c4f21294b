"""One-pass use from Python: texts, data frames and documents, without files.

Each call links what it is given to what the project knows and goes on from there.  Persons are
told apart across a corpus only by a run, which sees everything before it decides; calls here
are consistent with one another by the normal form of names and handles.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from anonymize.errors import UsageError
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.model.audit import AuditEntry
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Field, Role
from anonymize.model.fields import Path as FieldPath
from anonymize.rulepacks.policies import load_policy
from anonymize.rulepacks.roster import load_roster
from anonymize.rulepacks.study import load_study
from anonymize.run import engines, facts, reduce
from anonymize.run import project as projects

if TYPE_CHECKING:
    import pandas as pd

    from anonymize.transform.document import Transformed

_BATCH = 1000
"""Documents decided together by `documents`: bounded memory, and names seen early help later."""


class HasRoot(Protocol):
    """A project: anything with the path of its folder."""

    @property
    def root(self) -> Path:
        """The project folder."""


@dataclass(frozen=True, slots=True)
class Result:
    """An anonymised text or document.

    Attributes:
        text: The new text; empty when it was withheld.
        replacements: What was replaced, without originals.
        problems: Why it was withheld, or nothing.
        fields: New value by path, for documents with several fields; None was dropped.
    """

    text: str
    replacements: tuple[AuditEntry, ...] = ()
    problems: tuple[str, ...] = ()
    fields: Mapping[FieldPath, str | None] = field(default_factory=dict, repr=False)


class Anonymizer:
    """Anonymises what is in memory by a project and one of its access tiers.

    Args:
        project: The project; its vault remembers every pseudonym.
        policy: Name or file of the policy.
        packs: Names or files of rule packs; the project's own by default.

    Raises:
        SecretError: If the project's key cannot be opened.
        EngineError: If the model is missing, or what tells the project's languages apart.

    Warns:
        UserWarning: When texts are given in a language that no installed model reads.
    """

    def __init__(
        self,
        project: HasRoot,
        *,
        policy: str = "safeguarded",
        packs: Sequence[str] = (),
    ) -> None:
        self._space = projects.locate(project.root)
        self._keys = self._space.keys()
        self._policy = load_policy(policy)
        study = load_study(self._space.settings)
        self._roster = load_roster(self._space.people)
        self._names = tuple(packs)
        self._languages = engines.spoken(study.language)
        if not packs:
            self._names = engines.with_languages(study.packs, self._languages)
        self._packs = engines.rule_packs(self._names)
        self._scanner = engines.Scanner(
            self._keys,
            engines.detector(self._names, self._languages, self._policy.recall),
            engines.surrogate_words(),
        )

    def text(self, text: str) -> Result:
        """Return a text with its personal data replaced."""
        return next(self.documents([_document("1", [(Role.TEXT, "text", text)])]))

    def documents(self, documents: Iterable[Document]) -> Iterator[Result]:
        """Yield a result for each document, in bounded memory.

        Args:
            documents: From a format's reader, or made by hand.
        """
        batch: list[Document] = []
        for document in documents:
            batch.append(document)
            if len(batch) == _BATCH:
                yield from self._decide(batch)
                batch = []
        yield from self._decide(batch)

    def frame(
        self,
        frame: pd.DataFrame,
        *,
        text: Sequence[str] = (),
        handle: Sequence[str] = (),
        name: Sequence[str] = (),
        id: Sequence[str] = (),  # noqa: A002 - the role's own name
        date: Sequence[str] = (),
        place: Sequence[str] = (),
        url: Sequence[str] = (),
        count: Sequence[str] = (),
        keep: Sequence[str] = (),
    ) -> pd.DataFrame:
        """Return a data frame with its columns treated by their roles.

        Columns without a role are dropped.  Missing values stay missing; all others become
        strings, so that ids are never rounded.  A row that must be withheld has only missing
        values.  `frame.attrs["withheld"]` of the result holds the reasons by position.

        Args:
            frame: Any frame; it is not changed.
            text: Columns of free text.
            handle: Columns of handles; the first is the author's.
            name: Columns of display names; the first is the author's.
            id: Columns of ids.
            date: Columns of times.
            place: Columns of places.
            url: Columns of addresses.
            count: Columns of counts.
            keep: Columns passed on as they are, on your responsibility.

        Raises:
            UsageError: If a column is not in the frame or has two roles.
        """
        import pandas as pd

        roles: dict[str, tuple[Role, bool]] = {}
        given = {
            Role.TEXT: text, Role.HANDLE: handle, Role.NAME: name, Role.ID: id, Role.DATE: date,
            Role.PLACE: place, Role.URL: url, Role.COUNT: count,
        }  # fmt: skip
        for role, columns in given.items():
            for position, column in enumerate(columns):
                if column not in frame.columns or column in roles or column in keep:
                    raise UsageError(f"column {column!r} is missing or has two roles")
                roles[column] = role, position == 0
        for column in keep:
            if column not in frame.columns:
                raise UsageError(f"column {column!r} is missing")
        columns = [column for column in frame.columns if column in roles or column in keep]
        documents = [
            _row(position, {str(name): row[name] for name in roles}, roles)
            for position, row in enumerate(frame[list(roles)].to_dict("records"))
        ]
        results = list(self.documents(documents))
        kept = pd.Series([not result.problems for result in results], index=frame.index)
        out = frame[columns].where(kept, other=None)
        for column in roles:
            values = [result.fields.get((column,)) for result in results]
            out[column] = pd.Series(values, index=frame.index, dtype="object")
        out.attrs["withheld"] = {
            position: result.problems[0]
            for position, result in enumerate(results)
            if result.problems
        }
        return out

    def _decide(self, documents: Sequence[Document]) -> Iterator[Result]:
        if not documents:
            return
        found = self._scanner.detect(documents)
        tally = Tally()
        unaided: Counter[str] = Counter()
        for document, one in zip(documents, found, strict=True):
            tally.note(document, one.findings, self._scanner.pool)
            unaided.update(one.unaided)
        for line in facts.unaided_warning(unaided, self._policy.recall):
            warnings.warn(line, stacklevel=2)
        with (
            projects.locked(self._space),
            IdentityStore(self._space.vault, self._keys, write=True) as store,
        ):
            reduce.link(store, tally, self._roster, self._policy, self._keys, self._packs)
            applier = engines.Applier(self._keys, self._policy, store, self._packs)
            results = [
                _result(document, applier.transform(document, one.found, "record"))
                for document, one in zip(documents, found, strict=True)
            ]
        # Given out only now: whoever stops in the middle must not keep the project locked.
        yield from results


def _document(number: str, values: Iterable[tuple[Role, str, str]]) -> Document:
    fields = tuple(Field((path,), role, value) for role, path, value in values)
    return Document(number, fields, (Section(number),), None)


_KINDS = {Role.HANDLE: "x", Role.NAME: "display", Role.ID: "other"}


def _row(
    position: int,
    row: Mapping[str, object],
    roles: Mapping[str, tuple[Role, bool]],
) -> Document:
    import pandas as pd

    fields = [
        Field(
            (column,),
            role,
            str(row[column]),
            kind=_KINDS.get(role, ""),
            subject="author" if first and role in {Role.HANDLE, Role.NAME} else "",
        )
        for column, (role, first) in roles.items()
        if not pd.isna(row[column])  # type: ignore[call-overload]
    ]
    return Document(str(position), tuple(fields), (Section(str(position), "author"),), None)


def _result(document: Document, done: Transformed) -> Result:
    reasons = tuple(done.withheld[section] for section in sorted(done.withheld))
    if reasons:
        return Result("", (), reasons)
    texts = [f for f in document.fields if f.role is Role.TEXT]
    whole = "\n".join(done.texts.get(one.path) or "" for one in texts)
    return Result(whole, done.entries, (), done.texts)
