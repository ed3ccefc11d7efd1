"""`bptt grade`: a class's derivations, marked and explained."""

from __future__ import annotations

import time
from pathlib import Path

import click

from ..grading import (
    END,
    Shard,
    counted,
    exercise_argument,
    folder_option,
    limit_options,
    paths_argument,
    roster_option,
)
from ..options import examples


@click.command(
    short_help="Grade submissions: marks, the first wrong step, the reason, feedback.",
    epilog=examples(
        "bptt grade exercise.toml class -o results",
        "bptt grade exercise.toml derivation.tex -o results --jobs 2 --timeout 30",
        "bptt grade exercise.toml class -o part1 --shard 1/2 --anonymise",
    )
    + END,
)
@exercise_argument
@paths_argument
@folder_option
@roster_option
@limit_options
@click.option("--resume", is_flag=True, help="Go on with the results that DIR holds.")
@click.option("--shard", type=Shard(), metavar="I/N", help="Only the I-th of N equal parts.")
@click.option("--anonymise", is_flag=True, help="Export results under stable pseudonyms as well.")
@click.option(
    "--engine",
    type=click.Choice(("local", "dask")),
    default="local",
    show_default=True,
    help="dask: spread over a cluster (the extra `cluster`).",
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Of the dask cluster.  [default: this machine]"
)
def command(
    exercise: Path,
    paths: tuple[Path, ...],
    output: Path,
    roster: Path | None,
    jobs: int,
    timeout: float,
    memory: int,
    resume: bool,
    shard: tuple[int, int] | None,
    anonymise: bool,
    engine: str,
    scheduler: str | None,
) -> int:
    """Grade every submission in PATH... (.tex .md .txt .ipynb; folders and zips of them, one a
    student) by EXERCISE, and write marks, feedback and a report on the class to DIR.
    """
    from ...grading.pool import Limits, graded
    from ...grading.run import Engine, Run, run
    from ...grading.submissions import collect
    from ...grading.submissions.roster import read_roster

    begin = time.perf_counter()
    submissions = collect(paths, read_roster(roster) if roster else None)
    limits = Limits(jobs, timeout, memory)
    chosen: Engine = graded
    if engine == "dask":
        from ...grading.cluster import Cluster

        chosen = Cluster(scheduler)
    one = Run(exercise, output, limits, resume, shard, anonymise, engine=chosen)
    with counted(len(submissions), "grading") as progress:
        records = run(one, submissions, progress)
    open_ones = sum(record.status == "for a person" for record in records)
    marked = sum(record.points is not None for record in records)
    click.echo(f"{output / 'class.md'}: {marked} graded, {open_ones} for a person")
    click.echo(f"{time.perf_counter() - begin:.1f} s", err=True)
    return 3 if open_ones else 0
