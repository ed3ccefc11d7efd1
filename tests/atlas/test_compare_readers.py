"""The script that holds the two readers together sees where they differ."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "compare_readers.py"


@pytest.fixture(scope="module")
def compare() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compare_readers", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_where_both_readers_agree_there_is_no_difference(
    compare: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare.main(["gbc-10.21-printed"]) == 0
    assert capsys.readouterr().out == "0 differences\n"


def test_another_verdict_is_a_difference(
    compare: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compare, "check_by_terms", lambda *_, **__: ())
    assert compare.main(["gbc-10.21-printed"]) == 1
    assert "unreadable by terms" in capsys.readouterr().out
