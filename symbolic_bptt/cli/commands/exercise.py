"""`bptt exercise`: exercise files written, tried out, described."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..options import ModelName, examples
from ..output import write_whole


@click.group(
    short_help="Write, try out and describe exercise files.",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "bptt exercise new elman -o elman.exercise.toml",
        "bptt exercise lint exercise.toml",
        "bptt exercise schema",
    ),
)
def command() -> None:
    """An exercise says what a class must derive from a model, and what it is worth."""


@command.command(epilog=examples("bptt exercise new elman"))
@click.argument("model", type=ModelName())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to FILE, which must not exist.  [default: standard output]",
)
def new(model: str, output: Path | None) -> None:
    """Write a commented exercise that asks for the gradient of every parameter of MODEL."""
    from ...grading.new_exercise import new_exercise
    from ...model import load_model

    text = new_exercise(load_model(model), model)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text.encode(), replace=False)
        click.echo(f"{output} written; edit it, then: bptt exercise lint {output}", err=True)


@command.command(epilog=examples("bptt exercise lint exercise.toml"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def lint(file: Path) -> int:
    """Grade the model answer of the exercise, which must get full points, and wrong answers made
    from it, each of which must lose what it should.
    """
    from ...grading.exercise_file import load_exercise
    from ...grading.linting import lint as try_out

    found = try_out(load_exercise(file), file)
    click.echo("The model answer:\n\n" + found.answer)
    for one in found.remarks:
        click.echo(f"{one.level}: {one.message}")
    click.echo(f"{found.lost} of {found.tried} wrong answers lose what they should")
    return 0 if found.ok else 1


@command.command(epilog=examples("bptt exercise schema"))
def schema() -> None:
    """Print the JSON Schema of an exercise file."""
    from ...grading.exercise import schema as exercise_schema

    click.echo(json.dumps(exercise_schema(), indent=2, ensure_ascii=False))
