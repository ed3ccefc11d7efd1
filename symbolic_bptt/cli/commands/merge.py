"""`bptt merge`: the shards of a class as one."""

from __future__ import annotations

from pathlib import Path

import click

from ..grading import END, exercise_argument, folder_option
from ..options import examples


@click.command(
    short_help="Put the shards of a graded class together.",
    epilog=examples("bptt merge exercise.toml graded -o whole") + END,
)
@exercise_argument
@click.argument(
    "parts",
    metavar="PART...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@folder_option
@click.option("--anonymise", is_flag=True, help="Export results under stable pseudonyms as well.")
def command(exercise: Path, parts: tuple[Path, ...], output: Path, anonymise: bool) -> int:
    """Write the results in the folders PART..., made by `bptt grade --shard`, as those of one
    class to DIR.
    """
    from ...grading.run import merge

    records = merge(exercise, parts, output, anonymise=anonymise)
    open_ones = sum(record.status == "for a person" for record in records)
    click.echo(f"{output / 'class.md'}: {len(records)} submissions, {open_ones} for a person")
    return 3 if open_ones else 0
