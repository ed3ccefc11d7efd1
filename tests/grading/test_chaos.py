"""A submission that loops, crashes or swallows memory costs only itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import chaos
from symbolic_bptt.grading.pool import Limits, graded
from symbolic_bptt.grading.record import Record
from symbolic_bptt.grading.submissions import Submission


def test_exactly_the_healthy_ones_are_graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chaos, "TIMEOUT", 2.0)
    records = chaos.grade_with_faults(tmp_path, 200)
    assert chaos.complaints(records, 200) == []
    reasons = {record.student[-2:]: record.for_person[0].reason for record in records[:100]
               if record.for_person}  # fmt: skip
    assert "within 2 seconds" in reasons["17"]
    assert "died" in reasons["43"]
    assert "512 MB" in reasons["71"] or "died" in reasons["71"]
    waiting = (tmp_path / "out" / "for-a-person.md").read_text("utf-8")
    assert waiting.count("Not graded.") == 6


def broken(path: Path, submission: Submission) -> Record:
    raise RuntimeError("a defect of ours")


def test_a_defect_of_ours_is_nobodys_0(tmp_path: Path) -> None:
    exercise = tmp_path / "exercise.toml"
    exercise.write_text(chaos.EXERCISE, "utf-8")
    (record,) = graded(exercise, 2.0, chaos.submissions(1), Limits(), broken)
    assert record.points is None
    assert record.status == "for a person"
    assert "a defect of ours" in record.for_person[0].reason
