"""`bptt fill`: the blocks of a paper, computed anew."""

from __future__ import annotations

from pathlib import Path

import click

from ..options import examples
from ..output import write_whole

CURRENT, STALE = 0, 1


@click.command(
    short_help="Fill in the blocks of a paper, or check that they are up to date.",
    epilog=examples(
        "bptt fill derivation.tex",
        "bptt fill --check derivation.tex notes.md",
    ),
)
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a block is stale.")
def command(files: tuple[Path, ...], check: bool) -> int:
    """Fill in every block of FILE... (.tex, .md): what stands between the lines

    \b
      % bptt: derive elman --wrt W
      % bptt: end

    is replaced by what the command prints (derive, show, export). In Markdown the markers are
    <!-- bptt: … -->. Nothing outside the markers is touched.
    """
    from ..blocks import filled

    papers = [filled(path) for path in files]  # all are computed before the first is written
    for paper in papers:
        for block in paper.stale:
            word = "stale" if check else "filled in"
            click.echo(f"{paper.path}:{block.line}: {word}: {block.command}")
        if not check and paper.new != paper.old:
            write_whole(paper.path, paper.new, replace=True)
        if not paper.stale:
            click.echo(f"{paper.path}: up to date")
    return STALE if check and any(paper.stale for paper in papers) else CURRENT
