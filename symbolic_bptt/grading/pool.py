"""Submissions graded by processes that may die: each one costs only itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as PoolTimeout
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from .record import Record, failure
from .submissions import Submission
from .worker import Work, context, start, work

CHUNK = 64
"""Submissions that wait in the pool at once; more would only take memory."""


@dataclass(frozen=True)
class Limits:
    """Processes, seconds for one submission, and megabytes that it may take."""

    jobs: int = 1
    timeout: float = 60.0
    memory: int | None = 1024


def graded(
    path: Path,
    full: float,
    submissions: Sequence[Submission],
    limits: Limits,
    task: Work = work,
) -> Iterator[Record]:
    """A record for every submission, in the order in which they are done."""
    with ProcessPool(
        max_workers=limits.jobs,
        initializer=start,
        initargs=(path, limits.memory),
        context=context(),
    ) as pool:
        waiting: list[tuple[Submission, ProcessFuture[Record]]] = []
        pending = iter(submissions)
        more = True
        try:
            while more or waiting:
                while more and len(waiting) < CHUNK:
                    one = next(pending, None)
                    if one is None:
                        more = False
                    else:
                        args = (path, one)
                        waiting.append((one, pool.schedule(task, args, timeout=limits.timeout)))
                if waiting:
                    one, future = waiting.pop(0)
                    yield _outcome(one, future, full, limits)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _outcome(one: Submission, future: ProcessFuture[Record], full: float, limits: Limits) -> Record:
    try:
        return future.result()
    except PoolTimeout:
        reason = f"it was not graded within {limits.timeout:g} seconds"
    except ProcessExpired as error:
        reason = f"the process that graded it died (exit code {error.exitcode})"
    except MemoryError:
        reason = f"grading it took more than {limits.memory} MB"
    except Exception as error:  # noqa: BLE001  (whatever happens costs this submission alone)
        reason = f"grading it ended with {type(error).__name__}: {error}"
    files = tuple(part.name for part in one.parts)
    return failure(one.student, one.digest, files, full, reason, one.identifier)
