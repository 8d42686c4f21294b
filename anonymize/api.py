"""The façade: everything the command line can do, as functions, and two classes for Python.

Functions return frozen values and raise `anonymize.errors.AnonymizeError`; they print nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anonymize.errors import UsageError
from anonymize.run import keyfile, project
from anonymize.run.outcomes import Linked, PartDone, RunResult
from anonymize.run.progress import Progress
from anonymize.run.releases import (
    Checked,
    Revealed,
    key_destroy,
    key_export,
    key_id,
    reveal,
    verify,
)
from anonymize.run.spec import RunSpec, parse_columns, parse_include, parse_part, parse_workers

if TYPE_CHECKING:
    from anonymize.package.packing import Packed
    from anonymize.report.page import rebuild as report
    from anonymize.rulepacks.exposition import overview as rules_list
    from anonymize.rulepacks.exposition import text as rules_show
    from anonymize.run.explaining import check_rules as rules_check
    from anonymize.run.exploring import explore as scan
    from anonymize.run.people import check as people_check
    from anonymize.run.people import suggest as people_suggest
    from anonymize.run.pipeline import Outcome
    from anonymize.run.rulings import merge as people_merge
    from anonymize.run.rulings import rename as people_rename
    from anonymize.run.rulings import split as people_split
    from anonymize.run.session import Anonymizer, Result
    from anonymize.run.who import who

__all__ = [
    "Anonymizer",
    "Checked",
    "Project",
    "Result",
    "Revealed",
    "RunResult",
    "demo",
    "evaluate",
    "gather",
    "init",
    "key_destroy",
    "key_export",
    "key_id",
    "package",
    "parse_columns",
    "parse_include",
    "parse_workers",
    "people_check",
    "people_merge",
    "people_rename",
    "people_split",
    "people_suggest",
    "report",
    "reveal",
    "rules_check",
    "rules_explain",
    "rules_list",
    "rules_show",
    "run",
    "run_part",
    "scan",
    "verify",
    "who",
]

_DONE_WITH_WITHHELD = 10


_LAZY = {
    "Anonymizer": ("run.session", "Anonymizer"),
    "Result": ("run.session", "Result"),
    "people_check": ("run.people", "check"),
    "people_merge": ("run.rulings", "merge"),
    "people_rename": ("run.rulings", "rename"),
    "people_split": ("run.rulings", "split"),
    "people_suggest": ("run.people", "suggest"),
    "report": ("report.page", "rebuild"),
    "rules_check": ("run.explaining", "check_rules"),
    "rules_list": ("rulepacks.exposition", "overview"),
    "rules_show": ("rulepacks.exposition", "text"),
    "scan": ("run.exploring", "explore"),
    "who": ("run.who", "who"),
}
"""Modules that are imported when asked for: they bring pandas, a model, a store."""


def __getattr__(name: str) -> object:
    """Import what stands in `_LAZY`."""
    if name in _LAZY:
        module, attribute = _LAZY[name]
        return getattr(import_module(f"anonymize.{module}"), attribute)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder: one key, one vault, one roster.

    Attributes:
        root: The folder.
        key_id: Public id of its key.
    """

    root: Path
    key_id: str

    @classmethod
    def create(cls, root: str | Path, *, passphrase: str | None = None) -> Project:
        """Make a project folder with a fresh key.

        Raises:
            WorkspaceError: If there is one already.
        """
        space = project.create(Path(root), passphrase)
        return cls(space.root, keyfile.public_id(space.key))

    @classmethod
    def open(cls, root: str | Path) -> Project:
        """Return the project at `root`.

        Raises:
            WorkspaceError: If there is none.
            SecretError: If its key is missing.
        """
        space = project.locate(Path(root))
        return cls(space.root, keyfile.public_id(space.key))

    def run(self, inputs: Iterable[str | Path], *, out: str | Path, **options: Any) -> RunResult:
        """Do what `anonymize run` does; options are those of `api.run`."""
        return run(list(map(Path, inputs)), out=Path(out), project=self.root, **options)


def init(directory: Path, *, passphrase: str | None = None) -> Project:
    """Make a project folder; see `Project.create`."""
    return Project.create(directory, passphrase=passphrase)


def run(
    inputs: Sequence[Path],
    *,
    out: Path,
    project: Path | None = None,
    policy: str | None = None,
    people: Path | None = None,
    packs: tuple[str, ...] = (),
    language: str = "",
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    workers: int = 1,
    scheduler: str = "",
    shard_bytes: int = 0,
    include: tuple[str, ...] = (),
    drop_unknown_parts: bool = False,
    progress: Progress | None = None,
    unlock: Callable[[], None] | None = None,
) -> RunResult:
    """Anonymise inputs into a shared folder; see `RunSpec` for the arguments.

    Raises:
        AnonymizeError: Nothing is published then; see `anonymize.errors`.
    """
    from anonymize.run import pipeline

    outcome = pipeline.run(
        RunSpec(
            inputs=tuple(inputs),
            out=out,
            project=project,
            policy=policy,
            people=people,
            packs=packs,
            language=language,
            workers=workers,
            columns=columns or {},
            encoding=encoding,
            shard_bytes=shard_bytes,
            include=include,
            drop_unknown_parts=drop_unknown_parts,
            scheduler=scheduler,
        ),
        _describe,
        progress,
        unlock,
    )
    return _result(outcome)


def _result(outcome: Outcome) -> RunResult:
    return RunResult(
        outcome.report["records"],
        outcome.report["dropped"],
        outcome.out,
        outcome.project,
        _DONE_WITH_WITHHELD if outcome.partial else 0,
        warnings=tuple(outcome.report["warnings"]),
        review=outcome.report["review"],
        unchanged=outcome.unchanged,
    )


def run_part(
    inputs: Sequence[Path],
    *,
    out: Path,
    shard: str,
    progress: Progress | None = None,
    unlock: Callable[[], None] | None = None,
    **options: Any,
) -> PartDone:
    """Do a part of a run in a project all parts share; nothing is published.

    Args:
        inputs: The same for all parts.
        out: Where `gather` is told of it; may be the same for all parts.
        shard: Which part, such as `1/8`.
        progress: Told how far it is.
        unlock: Opens the project's key.
        options: Others of `RunSpec`.

    Raises:
        AnonymizeError: See `anonymize.errors`.
    """
    from anonymize.run import arrays

    spec = RunSpec(tuple(inputs), out, **options)
    return arrays.run_part(spec, parse_part(shard), _describe, progress, unlock)


def gather(
    folders: Sequence[Path],
    *,
    out: Path | None = None,
    workers: int = 1,
    scheduler: str = "",
    progress: Progress | None = None,
    unlock: Callable[[], None] | None = None,
) -> RunResult | Linked:
    """Join the parts of a run into a shared folder; see `run.arrays.gather`.

    Raises:
        AnonymizeError: Nothing is published then.
    """
    from anonymize.run import arrays

    done = arrays.gather(
        folders, out, _describe, progress, unlock, workers=workers, scheduler=scheduler
    )
    return done if isinstance(done, Linked) else _result(done)


def _describe(root: Path, study: Mapping[str, Any], content: dict[str, Any]) -> None:
    """Write report page, README and packaging into a folder about to be published."""
    from anonymize.package import contents
    from anonymize.report import markdown, page

    (root / "report.html").write_text(page.render(content), encoding="utf-8", newline="\n")
    contents.write_all(root, study, content, markdown.summary(content))


def demo(out: Path, *, progress: Progress | None = None) -> RunResult:
    """Run the main job on the shipped example.

    Raises:
        UsageError: If `out` exists.
    """
    from anonymize.rulepacks.location import shipped

    examples = shipped("examples")
    study = examples / "study"
    inputs = sorted(path for path in study.iterdir() if path.name != "people.csv")
    home = out.with_name(out.name + ".private")
    if not out.exists() and not home.exists():
        space = project.create(home)
        space.settings.write_bytes((examples / "project.yaml").read_bytes())
    return run(inputs, out=out, people=study / "people.csv", progress=progress)


def evaluate(
    gold: Sequence[Path],
    *,
    errors: Path | None = None,
    html: Path | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Measure detection on gold standards.

    Args:
        gold: JSONL files; see `formats.gold_spans`.
        errors: Where to list mistakes; it holds text.
        html: Where to write a page of the figures; it holds none.
        progress: Told how far it is.
        options: Those of `run.evaluation.Request`.

    Raises:
        AnonymizeError: Nothing is written to `html` then.
    """
    from anonymize.run import evaluation

    if html is not None and not html.resolve().parent.is_dir():
        raise UsageError("--html cannot be written: no such folder")
    wanted = evaluation.Request(tuple(gold), **options)
    found = evaluation.evaluate(wanted, errors=errors, progress=progress)
    if html is not None:
        from anonymize.report import evaluation as shown

        try:
            html.write_text(shown.render(found), encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(f"--html cannot be written: {error.strerror}") from None
    return found


def package(
    directory: Path,
    forms: Sequence[str],
    *,
    out: Path | None = None,
    project: Path | None = None,
    unlock: Callable[[], None] | None = None,
) -> Packed:
    """Package a shared folder for repositories; it stays as it is.

    Args:
        directory: The shared folder; checked first.
        forms: Names of packagers; see `anonymize.package.packagers`.
        out: A new folder; None for `DIR.package`.
        project: States title, creators …, and knows what must stand nowhere; without it the
            folder's own statements are repeated, which were searched when it was written.
        unlock: Opens the project's key.

    Raises:
        UsageError: If a packager is unknown or `out` cannot be made.
        IntegrityError: If the folder is not as published.
        LeakError: If a known identifier would have been published.
    """
    from anonymize.package.packing import pack
    from anonymize.run import releases

    if not forms:
        raise UsageError("--as wants a name, such as ro-crate or bagit")
    verify(directory, project=project, unlock=unlock).raise_for_faults()

    def check(folder: Path) -> None:
        if project is not None:
            releases.search(folder, project, unlock)

    root = directory.resolve()
    out = out or root.with_name(f"{root.name}.package")
    return pack(root, forms, out, releases.stated(project) if project else None, check)


def rules_explain(
    text: str,
    *,
    packs: tuple[str, ...],
    policy: str,
    language: str = "",
) -> dict[str, Any]:
    """Return every detection in a text: what stands, with what the policy would do, and others.

    Returns:
        `{"spans": […], "others": […], "problems": […]}`.
    """
    from anonymize.run import explaining

    return dataclasses.asdict(explaining.explain(text, packs, policy, language))
