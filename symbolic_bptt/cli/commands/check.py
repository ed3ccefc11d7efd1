"""`bptt check`: a verdict for every formula in a file."""

from __future__ import annotations

import time
from pathlib import Path

import click

from ..options import examples, load, model_argument, model_options
from ..output import Destination, output_options, show_warning


@click.command(
    short_help="Check every formula in a file against a model, line by line.",
    epilog=examples(
        "bptt check elman derivation.tex",
        "bptt check elman notes.md derivation.tex --strict",
        "bptt check scalar-additive answer.txt --format json",
    ),
)
@model_argument
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--strict", is_flag=True, help="Allow the default reading of every formula alone.")
@model_options
@output_options
def command(
    model: str,
    files: tuple[Path, ...],
    strict: bool,
    let: tuple[tuple[str, str], ...],
    seed: int,
    destination: Destination,
) -> int:
    """Give every relation in FILE... (.tex, .md, .txt, .ipynb) a verdict against MODEL:
    holds, fails (with numbers to recompute), ill-shaped, undefined, unreadable, undecided.
    """
    from ...checking.check import check_files
    from ...render import render_check

    begin = time.perf_counter()
    report = check_files(load([model], let)[0], files, strict=strict, seed=seed)
    if not report.claims:
        show_warning("no formula with a relation was found in " + ", ".join(map(str, files)))
    destination.write(render_check(report, destination.format))
    seconds = time.perf_counter() - begin
    click.echo(f"{len(report.claims)} formulas checked in {seconds:.2f} s", err=True)
    return report.exit_status
