"""`bptt regrade`: what a changed exercise does to a class."""

from __future__ import annotations

from pathlib import Path

import click

from ..grading import (
    END,
    counted,
    exercise_argument,
    limit_options,
    paths_argument,
    roster_option,
)
from ..options import examples


@click.command(
    short_help="Grade again after the exercise was changed, and show the difference.",
    epilog=examples("bptt regrade exercise.toml graded class -o regraded") + END,
)
@exercise_argument
@click.argument("old", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@paths_argument
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="NEW",
    help="The folder for the new results.",
)
@roster_option
@limit_options
def command(
    exercise: Path,
    old: Path,
    paths: tuple[Path, ...],
    output: Path,
    roster: Path | None,
    jobs: int,
    timeout: float,
    memory: int,
) -> int:
    """Grade the submissions in PATH... again by EXERCISE into NEW; the results in DIR stay. The
    difference for each student is in NEW/difference.md and .csv.
    """
    from ...grading.pool import Limits
    from ...grading.regrading import regrade
    from ...grading.run import Run
    from ...grading.submissions import collect
    from ...grading.submissions.roster import read_roster

    submissions = collect(paths, read_roster(roster) if roster else None)
    one = Run(exercise, output, Limits(jobs, timeout, memory))
    with counted(len(submissions), "grading") as progress:
        found = regrade(one, old, submissions, progress)
    changed = sum(each.differs for each in found)
    click.echo(f"{output / 'difference.md'}: {changed} of {len(found)} results differ")
    waiting = [each for each in found if each.after and each.after.status == "for a person"]
    return 3 if waiting else 0
