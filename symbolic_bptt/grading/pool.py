"""Submissions graded by processes that may die: each one costs only itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as PoolTimeout
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from .record import Record, failure
from .submissions import Submission
from .worker import Work, context, start, work

WAITING = 64
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
    """A record for every submission, in the order in which they are done.

    One that ran out of time, or whose process died, is tried once more at the end: it may have been
    the machine.
    """
    suspects: list[Submission] = []
    for one, record in _pass(path, full, submissions, limits, task):
        if isinstance(record, Record):
            yield record
        else:
            suspects.append(one)
    for _, record in _pass(path, full, suspects, limits, task):
        yield record if isinstance(record, Record) else record.record


@dataclass(frozen=True)
class _Suspect:
    """What becomes of a submission that may be tried again, if it is not."""

    record: Record


def _pass(
    path: Path, full: float, submissions: Sequence[Submission], limits: Limits, task: Work
) -> Iterator[tuple[Submission, Record | _Suspect]]:
    if not submissions:
        return
    with ProcessPool(
        max_workers=limits.jobs,
        initializer=start,
        initargs=(path, limits.memory),
        context=context(),
    ) as pool:
        waiting: deque[tuple[Submission, ProcessFuture[Record]]] = deque()
        try:
            for one in submissions:
                if len(waiting) == WAITING:
                    yield _next(waiting, full, limits)
                waiting.append((one, pool.schedule(task, (path, one), timeout=limits.timeout)))
            while waiting:
                yield _next(waiting, full, limits)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _next(
    waiting: deque[tuple[Submission, ProcessFuture[Record]]], full: float, limits: Limits
) -> tuple[Submission, Record | _Suspect]:
    one, future = waiting.popleft()

    def failed(reason: str) -> Record:
        files = tuple(part.name for part in one.parts)
        return failure(one.student, one.digest, files, full, reason, one.identifier)

    try:
        return one, future.result()
    except PoolTimeout:
        return one, _Suspect(failed(f"it was not graded within {limits.timeout:g} seconds"))
    except ProcessExpired as error:
        return one, _Suspect(failed(f"the process that graded it died (code {error.exitcode})"))
    except MemoryError:
        return one, failed(f"grading it took more than {limits.memory} MB")
    except Exception as error:  # noqa: BLE001  (whatever happens costs this submission alone)
        return one, failed(f"grading it ended with {type(error).__name__}: {error}")
