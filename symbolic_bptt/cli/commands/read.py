"""`bptt read`: how every formula in a file is understood."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import click

from ..options import Assignment, ModelName, examples, load
from ..output import format_for, write_result

if TYPE_CHECKING:
    from ...model import Model

Format = Literal["text", "json", "html"]
ENDINGS: Mapping[str, Format] = {".txt": "text", ".json": "json", ".html": "html"}


@click.command(
    short_help="Show how every formula in a file is understood; judge nothing.",
    epilog=examples(
        "bptt read elman derivation.tex",
        "bptt read elman notes.md derivation.tex -o understood.html",
        "bptt read scalar-additive answer.txt --format json",
    ),
)
@click.argument("words", metavar="[MODEL] FILE...", nargs=-1, required=True, type=ModelName())
@click.option(
    "--let",
    type=Assignment(),
    multiple=True,
    metavar="F=FUNCTION",
    help="Settle an undetermined function, e.g. f=tanh. Repeatable.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(get_args(Format)),
    help="How the result is written.  [default: by the ending of -o, else text]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=f"Write to FILE ({', '.join(ENDINGS)}) instead of standard output.",
)
@click.option("--force", is_flag=True, help="Let -o replace a file that exists.")
def command(
    words: tuple[str, ...],
    let: tuple[tuple[str, str], ...],
    format_: Format | None,
    output: Path | None,
    force: bool,
) -> int:
    """Set every formula in FILE... (.tex, .md, .txt, .ipynb and more) again as it is understood:
    its shape, what it is, what was doubtful and how it was read; then every name with its shape,
    what was not read and why. Nothing is judged. Exit status 0 if everything was read, else 3.
    """
    from ...checking.understand import understand_files
    from ...render.understanding import render_understanding

    chosen = format_for(format_, output, ENDINGS, force=force) or "text"
    model, files = _model_and_files(words, let)
    understanding = understand_files(model, files)
    for file in understanding.files:
        if not file.statements and not file.unread:
            click.echo(f"{file.name}: no formula", err=True)
    write_result(render_understanding(understanding, chosen), output, force=force)
    return understanding.exit_status


def _model_and_files(
    words: tuple[str, ...], let: tuple[tuple[str, str], ...]
) -> tuple[Model, tuple[Path, ...]]:
    """MODEL is the first word if it ends with .toml, or is a library name and more follow."""
    from ...model import library_names

    first, *rest = words
    if not first.endswith(".toml") and not (rest and first in library_names()):
        raise click.UsageError(
            f"{first!r} is no MODEL: name one that `bptt models` lists, or a .toml file, "
            "before the files."
        )
    if not rest:
        raise click.UsageError("Name at least one FILE after MODEL.")
    files = tuple(map(Path, rest))
    for path in files:
        if not path.is_file():
            raise click.UsageError(f"File {str(path)!r} does not exist, or is a folder.")
    return load([first], let)[0], files
