"""Everything that can stop the program, with the exit code scripts may rely on.

```
AnonymizeError                1   internal: a promise of the program itself is broken
├── UsageError                2   the call cannot be carried out as written
├── RuleError                 3   a rule pack, policy or roster is invalid
├── FormatError               4   the input is not of the format claimed
├── EngineError               5   a model is missing or a recognizer failed
├── SecretError               6   key missing, changed, readable by others, wrong passphrase
├── LeakError                 7   a known identifier stands in what was written
└── WorkspaceError            8   the project is locked, changed or damaged
    └── IntegrityError        8   the shared folder is not what was published
```

Exit code 10 (done, some records withheld) is an outcome, not an error.  Trouble in a single
record is a value, `anonymize.model.documents.Problem`; only trouble with a promise is raised.
Messages say where (file, record, field) and never what stands there.
"""

from __future__ import annotations

from typing import ClassVar


class AnonymizeError(Exception):
    """Base of all errors of this program; raised as such, it is a defect of the program."""

    exit_code: ClassVar[int] = 1


class UsageError(AnonymizeError):
    """The command or call cannot be carried out as written."""

    exit_code = 2


class RuleError(AnonymizeError):
    """A rule pack, policy, project file or roster is invalid.

    Attributes:
        errors: Every fault found, each as one line with file, line and entry.
    """

    exit_code = 3

    def __init__(self, errors: list[str]) -> None:
        self.errors = tuple(errors)
        shown = errors[0] if errors else "invalid rules"
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(shown + more)

    def __reduce__(self) -> tuple[type[RuleError], tuple[list[str]]]:
        return type(self), (list(self.errors),)


class FormatError(AnonymizeError):
    """The input is damaged or not of the format claimed."""

    exit_code = 4


class EngineError(AnonymizeError):
    """A model is missing or changed, or a recognizer failed."""

    exit_code = 5


class SecretError(AnonymizeError):
    """The project key is missing, changed, readable by others or locked by a passphrase."""

    exit_code = 6


class LeakError(AnonymizeError):
    """A known identifier was found in what would have been published."""

    exit_code = 7


class WorkspaceError(AnonymizeError):
    """The project folder is locked, does not fit this run, or is damaged."""

    exit_code = 8


class IntegrityError(WorkspaceError):
    """A shared folder is not what was published: data, log or signature changed."""
