from __future__ import annotations

import pytest

from anonymize.model.labels import is_generic_label


@pytest.mark.parametrize(
    "label",
    ["I", "R", "Q", "A", "INT", "Interviewer", "INTERVIEWEE", "Speaker 1", "P01", "P1", "B1",
     "Respondent", "Moderator", "Participant 3", "Unknown Speaker", "Speaker A", "Students",
     "Teacher 2", "00:12", "Male speaker", "Unidentified man", "—"],
)  # fmt: skip
def test_roles_are_no_names(label: str) -> None:
    """Role words, numbers and codes of transcripts are not taken for persons."""
    assert is_generic_label(label)


@pytest.mark.parametrize("label", ["Jane", "JS", "JANE SMITH", "Ms Smith", "Mr Baker", "Jane S."])
def test_names_are_no_roles(label: str) -> None:
    """Names, titled names and initials are not taken for roles."""
    assert not is_generic_label(label)
