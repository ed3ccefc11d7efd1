"""A class spread over a `dask.distributed` cluster: chunks to workers, a pebble pool inside each.

The exercise and its model travel with every chunk, so workers need no common file system. A chunk
whose worker dies is given to another one by the scheduler.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from .exercise_file import parse_exercise
from .pool import Limits, graded
from .record import Record, failure
from .submissions import Submission
from .worker import Work

CHUNK = 50
"""Submissions that travel together: few enough that a lost chunk costs little."""


@dataclass(frozen=True)
class Parcel:
    """An exercise that can travel: its text, and that of its model if that is a file."""

    exercise: str
    model: str = ""

    @classmethod
    def of(cls, path: Path) -> Parcel:
        """The exercise at a path."""
        text = path.read_text("utf-8")
        named = parse_exercise(text, str(path)).model
        model = path.parent / named if named.endswith(".toml") else None
        return cls(text, model.read_text("utf-8") if model is not None else "")

    def unpacked(self) -> Path:
        """The exercise as a file on this machine, the same one for the same parcel."""
        digest = sha256(f"{self.exercise}\x00{self.model}".encode()).hexdigest()[:24]
        folder = Path(tempfile.gettempdir()) / f"symbolic_bptt-{digest}"
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / "exercise.toml"
        text = self.exercise
        if self.model:
            named = parse_exercise(text).model
            (folder / Path(named).name).write_text(self.model, "utf-8")
            text = text.replace(named, Path(named).name)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
        return path


@dataclass(frozen=True)
class Cluster:
    """The engine on the cluster of a scheduler; without one, on processes of this machine."""

    scheduler: str | None = None
    chunk: int = CHUNK

    def __call__(
        self,
        path: Path,
        full: float,
        submissions: Sequence[Submission],
        limits: Limits,
        task: Work,
    ) -> Iterator[Record]:
        """A record for every submission, in the order in which chunks are done."""
        import distributed

        size = self.chunk
        chunks = [submissions[at : at + size] for at in range(0, len(submissions), size)]
        parcel = Parcel.of(path)
        with ExitStack() as stack:
            client = self._client(limits, stack)
            own = replace(limits, jobs=1)
            waiting = {
                client.submit(grade_chunk, parcel, full, chunk, own, task, pure=False): chunk
                for chunk in chunks
            }
            for future in distributed.as_completed(list(waiting)):
                chunk = waiting.pop(future)
                error = future.exception()
                yield from future.result() if error is None else _lost(chunk, full, error)
                future.release()

    def _client(self, limits: Limits, stack: ExitStack):  # type: ignore[no-untyped-def]
        import dask
        import distributed

        if self.scheduler is not None:
            return stack.enter_context(distributed.Client(self.scheduler))
        # Workers have children of their own, which daemonic processes may not have.
        stack.enter_context(dask.config.set({"distributed.worker.daemon": False}))
        local = distributed.LocalCluster(
            n_workers=limits.jobs, threads_per_worker=1, dashboard_address=None
        )
        return stack.enter_context(distributed.Client(stack.enter_context(local)))


def grade_chunk(
    parcel: Parcel, full: float, chunk: Sequence[Submission], limits: Limits, task: Work
) -> list[Record]:
    """What a worker of the cluster does with a chunk: processes that may die, one after another."""
    from .worker import desk_of

    path = parcel.unpacked()
    desk_of(path)
    return list(graded(path, full, chunk, limits, task))


def _lost(chunk: Sequence[Submission], full: float, error: BaseException) -> Iterator[Record]:
    reason = f"the cluster lost it ({type(error).__name__})"
    for one in chunk:
        files = tuple(part.name for part in one.parts)
        yield failure(one.student, one.digest, files, full, reason, one.identifier)
