"""`bptt check`: a verdict for every formula in a file."""

from __future__ import annotations

import time
from pathlib import Path

import click

from ..options import examples, load, model_argument, model_options
from ..output import Destination, output_options, show_warning, write_whole

STALE = 1


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
@click.option(
    "--fix-stale", is_flag=True, help="First fill in the blocks of each paper, as `bptt fill` does."
)
@model_options
@output_options
def command(
    model: str,
    files: tuple[Path, ...],
    strict: bool,
    fix_stale: bool,
    let: tuple[tuple[str, str], ...],
    seed: int,
    destination: Destination,
) -> int:
    """Give every relation in FILE... (.tex, .md, .txt, .ipynb) a verdict against MODEL:
    holds, fails (with numbers to recompute), ill-shaped, undefined, unreadable, undecided.
    A block that `bptt fill` would change counts as failing. Exit status 0 needs at least one
    relation that holds: a file without a formula, or with definitions alone, gives 3.
    """
    from ...checking.check import check_files
    from ...render import render_check

    begin = time.perf_counter()
    stale = _stale_blocks(files, fix=fix_stale)
    report = check_files(load([model], let)[0], files, strict=strict, seed=seed)
    for name in report.empty:
        click.echo(f"{name}: no formula", err=True)
    destination.write(render_check(report, destination.format))
    seconds = time.perf_counter() - begin
    click.echo(f"{len(report.claims)} formulas checked in {seconds:.2f} s", err=True)
    return STALE if stale else report.exit_status


def _stale_blocks(files: tuple[Path, ...], *, fix: bool) -> bool:
    """Whether a block of a paper does not match its command; with `fix` they are filled in."""
    from ..blocks import filled, has_blocks

    papers = [filled(path) for path in files if has_blocks(path)]
    for paper in papers:
        for block in paper.stale:
            word = "filled in" if fix else "stale"
            show_warning(f"{paper.path}:{block.line}: {word}: {block.command}")
        if fix and paper.new != paper.old:
            write_whole(paper.path, paper.new, replace=True)
    return not fix and any(paper.stale for paper in papers)
