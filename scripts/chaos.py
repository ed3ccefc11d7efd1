"""A class among which some submissions loop, crash or swallow memory: the rest must be graded.

    python scripts/chaos.py [SUBMISSIONS]

One submission in a hundred each loops for ever, ends its process with a segmentation fault, and
takes all memory that it gets. (No submission can do this by what is in it; the faults are put in
the place of the grader.) Exactly the healthy ones must be graded, and none given 0 for a fault.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from symbolic_bptt.grading.pool import Limits
from symbolic_bptt.grading.record import Record
from symbolic_bptt.grading.run import Run, run
from symbolic_bptt.grading.submissions import Part, Submission
from symbolic_bptt.grading.worker import work

EXERCISE = """
title = "V"
model = "elman"
[[targets]]
quantity = "dE/dV"
points = 2
"""
ANSWER = "dE/dV = Σ_t (ŷ_t - y_t) s_t'\n"
FAULTS = {17: "loops", 43: "crashes", 71: "swallows memory"}
TIMEOUT = 3.0


def fault_of(number: int) -> str:
    """What is wrong with the submission of that number; mostly nothing."""
    return FAULTS.get(number % 100, "")


def faulty(path: Path, submission: Submission) -> Record:
    """The grader, with faults in it."""
    match fault_of(int(submission.student)):
        case "loops":
            while True:
                pass
        case "crashes":
            faulthandler.disable()  # its report would be of no use here
            os.kill(os.getpid(), signal.SIGSEGV)
        case "swallows memory":
            hoard = []
            while True:
                hoard.append(bytearray(10_000_000))
    return work(path, submission)


def submissions(count: int) -> list[Submission]:
    """So many right answers."""
    part = Part("answer.txt", ANSWER.encode())
    return [Submission(f"{number:05}", (part,)) for number in range(count)]


def grade_with_faults(folder: Path, count: int, jobs: int = 2) -> list[Record]:
    """All of them graded into a folder."""
    exercise = folder / "exercise.toml"
    exercise.write_text(EXERCISE, "utf-8")
    limits = Limits(jobs, TIMEOUT, 512)
    return run(Run(exercise, folder / "out", limits, task=faulty), submissions(count))


def complaints(records: list[Record], count: int) -> list[str]:
    """Everything that is not as it must be."""
    said = [] if len(records) == count else [f"{len(records)} records of {count} submissions"]
    for record in records:
        fault = fault_of(int(record.student))
        reason = record.for_person[0].reason if record.for_person else ""
        if fault and (record.points is not None or record.status != "for a person"):
            said.append(f"{record.student} {fault} and got {record.points}")
        if not fault and record.points != 2:
            said.append(f"{record.student} is healthy and got {record.points}: {reason}")
    return said


def main() -> None:
    """Prints what happened; the exit status is 1 if anything is not as it must be."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        records = grade_with_faults(Path(folder), count)
    said = complaints(records, count)
    graded = sum(record.points is not None for record in records)
    print(f"{graded} of {count} graded in {time.perf_counter() - begin:.0f} s")
    print("\n".join(said) or "exactly the healthy ones")
    sys.exit(bool(said))


if __name__ == "__main__":
    main()
