"""What a worker process does: prepare its desk once, then grade one submission after another."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from .exercise_file import load_exercise
from .grade import Desk, prepare_desk
from .record import Record
from .recording import graded_record
from .submissions import Submission

MEGABYTE = 1 << 20

Work = Callable[[Path, Submission], Record]
"""How a submission of the exercise at a path is graded; tests put faults in its place."""


@lru_cache(maxsize=1)
def desk_of(path: Path) -> Desk:
    """The exercise made ready, once a process; forked workers find it ready."""
    return prepare_desk(load_exercise(path), path)


def work(path: Path, submission: Submission) -> Record:
    """One submission graded."""
    return graded_record(desk_of(path), submission)


def start(path: Path, memory: int | None) -> None:
    """A worker's beginning: its desk, and a limit of so many megabytes beyond what that takes."""
    desk_of(path)
    if memory is not None:
        limit = _address_space() + memory * MEGABYTE
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or limit < hard:
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _address_space() -> int:
    """The bytes of address space in use; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * resource.getpagesize()


def context() -> multiprocessing.context.BaseContext:
    """Forked where that can be: a worker that replaces a dead one is ready at once."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")
