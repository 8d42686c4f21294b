"""Presidio as it comes, without a network."""

from __future__ import annotations

import logging

import pytest

from anonymize.detect.baseline import MODELS, Presidio
from anonymize.errors import EngineError


def test_a_missing_model_is_told_with_what_to_install() -> None:
    """Nothing is downloaded: without the model the baseline names what is needed."""
    with pytest.raises(EngineError, match="en_core_web_sm") as caught:
        Presidio(("no_such_model_here",))
    assert caught.value.exit_code == 5


def test_finds_what_presidio_finds(caplog: pytest.LogCaptureFixture) -> None:
    """Names, phones and e-mail addresses are found, offline, and no text is logged."""
    text = "My name is Jane Smith, mail jane@example.org or ring +44 7700 900123."
    with caplog.at_level(logging.DEBUG):
        try:
            engine = Presidio()
        except EngineError:
            pytest.skip(f"neither of {MODELS} is installed")
        found = {(text[start:end], kind) for start, end, kind, _ in engine.entities(text)}
    assert {("Jane Smith", "PERSON"), ("jane@example.org", "EMAIL_ADDRESS")} <= found
    assert "presidio-analyzer" in engine.versions
    assert "Jane" not in caplog.text
