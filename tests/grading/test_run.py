"""A class is graded reliably: resumed, in shards, again, on a cluster, and always alike."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from symbolic_bptt.grading.journal import read_journal
from symbolic_bptt.grading.pool import Limits
from symbolic_bptt.grading.regrading import regrade
from symbolic_bptt.grading.run import Run, merge, run
from symbolic_bptt.grading.submissions import Submission, SubmissionError, collect

from .conftest import ELMAN

ROOT = Path(__file__).parents[2]
RIGHT = "dE/dV = Σ_t (ŷ_t - y_t) s_t'\n"
WRONG = "dE/dV = Σ_t (y_t - ŷ_t) s_t'\n"
NAMES = ("=cmd|' /C calc'!A0", "+1", "-1", "@sum", "<b>Bold</b>", 'quo"te, comma', "ada", "Ünï")


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    path = tmp_path / "exercise.toml"
    path.write_text(ELMAN, "utf-8")
    return path


def class_of(folder: Path, size: int) -> list[Submission]:
    folder.mkdir(exist_ok=True)
    for number in range(size):
        (folder / f"s{number:03}.txt").write_text(RIGHT if number % 3 else WRONG, "utf-8")
    return collect([folder])


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_runs_give_identical_files(tmp_path: Path, exercise: Path) -> None:
    submissions = class_of(tmp_path / "class", 12)
    run(Run(exercise, tmp_path / "one", Limits(jobs=2), anonymise=True), submissions)
    run(Run(exercise, tmp_path / "two", Limits(jobs=1), anonymise=True), submissions[::-1])
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")


def test_a_killed_run_is_resumed_without_loss_or_double(tmp_path: Path, exercise: Path) -> None:
    class_of(tmp_path / "class", 60)
    arguments = [sys.executable, "-m", "symbolic_bptt", "grade", str(exercise)]
    arguments += [str(tmp_path / "class"), "-o", str(tmp_path / "out"), "--jobs", "1"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        arguments, env=env, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    journal = tmp_path / "out" / "results.jsonl"
    while not journal.exists() or journal.read_bytes().count(b"\n") < 5:
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with journal.open("ab") as file:
        file.write(b'{"student": "cut o')  # as if the power had failed within a line
    done = len(read_journal(journal)[1])
    assert 0 < done < 60
    records = run(Run(exercise, tmp_path / "out", resume=True), collect([tmp_path / "class"]))
    assert len(records) == len({one.student for one in records}) == 60
    run(Run(exercise, tmp_path / "whole"), collect([tmp_path / "class"]))
    assert fingerprint(tmp_path / "out") == fingerprint(tmp_path / "whole")


def test_resuming_grades_again_what_was_changed(tmp_path: Path, exercise: Path) -> None:
    class_of(tmp_path / "class", 3)
    run(Run(exercise, tmp_path / "out"), collect([tmp_path / "class"]))
    (tmp_path / "class" / "s000.txt").write_text(RIGHT, "utf-8")
    records = run(Run(exercise, tmp_path / "out", resume=True), collect([tmp_path / "class"]))
    assert [one.points for one in records] == [2, 2, 2]


def test_results_are_never_overwritten_or_mixed(tmp_path: Path, exercise: Path) -> None:
    submissions = class_of(tmp_path / "class", 2)
    run(Run(exercise, tmp_path / "out"), submissions)
    with pytest.raises(SubmissionError, match="--resume"):
        run(Run(exercise, tmp_path / "out"), submissions)
    exercise.write_text(ELMAN.replace("points = 2", "points = 3"), "utf-8")
    with pytest.raises(SubmissionError, match="another exercise"):
        run(Run(exercise, tmp_path / "out", resume=True), submissions)


def test_shards_merge_into_what_one_run_gives(tmp_path: Path, exercise: Path) -> None:
    submissions = class_of(tmp_path / "class", 7)
    parts = []
    for part in (1, 2, 3):
        parts.append(tmp_path / f"part{part}")
        run(Run(exercise, parts[-1], shard=(part, 3)), submissions)
    merged = merge(exercise, parts, tmp_path / "merged")
    whole = run(Run(exercise, tmp_path / "whole"), submissions)
    assert merged == whole
    assert fingerprint(tmp_path / "merged") == fingerprint(tmp_path / "whole")
    with pytest.raises(SubmissionError, match="s000 is in"):
        merge(exercise, [parts[0], parts[0]], tmp_path / "twice")


def test_regrading_keeps_both_and_shows_the_difference(tmp_path: Path, exercise: Path) -> None:
    submissions = class_of(tmp_path / "class", 4)
    run(Run(exercise, tmp_path / "old"), submissions)
    before = fingerprint(tmp_path / "old")
    exercise.write_text(ELMAN + "[credit.mistakes]\nsign = 0.5\n", "utf-8")
    found = regrade(Run(exercise, tmp_path / "new"), tmp_path / "old", submissions)
    assert [one.change for one in found] == [1, 0, 0, 1]
    assert fingerprint(tmp_path / "old") == before
    assert "| s000 | 0 | 1 | +1 |" in (tmp_path / "new" / "difference.md").read_text("utf-8")


def hostile_class(folder: Path) -> list[Submission]:
    folder.mkdir()
    made = []
    for number, name in enumerate(NAMES):
        (folder / f"{number}.txt").write_text(RIGHT, "utf-8")
        (one,) = collect([folder / f"{number}.txt"])
        made.append(Submission(name, one.parts, identifier=f"={number}"))
    return sorted(made, key=lambda one: one.student)


def test_names_do_no_harm_in_tables_pages_or_file_names(tmp_path: Path, exercise: Path) -> None:
    run(Run(exercise, tmp_path / "out"), hostile_class(tmp_path / "class"))
    for table in ("results.csv", "nbgrader.csv", "moodle.csv"):
        text = (tmp_path / "out" / table).read_text("utf-8")
        rows = list(csv.reader(io.StringIO(text)))
        assert len({len(row) for row in rows}) == 1
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+-@\t" and cell[:1]]
    for page in (tmp_path / "out" / "feedback").glob("*.html"):
        assert "<b>Bold" not in page.read_text("utf-8")
    names = {path.stem for path in (tmp_path / "out" / "feedback").iterdir()}
    assert len(names) == len(NAMES)
    assert all("/" not in name and "<" not in name for name in names)


def test_results_for_gradescope_are_what_it_takes(tmp_path: Path, exercise: Path) -> None:
    run(Run(exercise, tmp_path / "out"), class_of(tmp_path / "class", 1))
    path = tmp_path / "out" / "gradescope" / "s000" / "results.json"
    found = json.loads(path.read_text("utf-8"))
    assert found["score"] == 0
    assert [test["max_score"] for test in found["tests"]] == [2, 4]
    assert sum(test["score"] for test in found["tests"]) == found["score"]


def test_pseudonyms_are_stable_and_tell_nothing(tmp_path: Path, exercise: Path) -> None:
    submissions = class_of(tmp_path / "class", 2)
    run(Run(exercise, tmp_path / "out", anonymise=True), submissions)
    shown = "".join(path.read_text("utf-8") for path in (tmp_path / "out" / "anonymised").iterdir())
    assert "s000" not in shown
    assert shown.count("student-") >= 4
    exercise.write_text(ELMAN.replace("[[targets]]", "seed = 5\n[[targets]]", 1), "utf-8")
    run(Run(exercise, tmp_path / "other", anonymise=True), submissions)
    first, second = (
        (tmp_path / folder / "anonymised" / "results.csv").read_text("utf-8")
        for folder in ("out", "other")
    )
    assert first != second


def test_a_dask_cluster_gives_the_same_though_a_worker_is_killed(
    tmp_path: Path, exercise: Path
) -> None:
    distributed = pytest.importorskip("distributed")
    import dask

    from symbolic_bptt.grading import cluster

    submissions = class_of(tmp_path / "class", 24)
    whole = run(Run(exercise, tmp_path / "whole"), submissions)
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as local,
    ):
        victim = next(iter(local.workers.values())).pid
        engine = cluster.Cluster(local.scheduler_address, chunk=3)
        seen = []

        def kill_once(record: object) -> None:
            seen.append(record)
            if len(seen) == 3:
                os.kill(victim, signal.SIGKILL)

        found = run(Run(exercise, tmp_path / "dask", engine=engine), submissions, kill_once)
    assert found == whole
    assert fingerprint(tmp_path / "dask") == fingerprint(tmp_path / "whole")
