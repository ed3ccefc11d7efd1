"""`bptt show`: one model."""

from __future__ import annotations

import click

from ..options import examples, load, model_argument, model_options
from ..output import Destination, output_options


@click.command(
    epilog=examples(
        "bptt show elman",
        "bptt show scalar-additive --let f=tanh",
        "bptt show elman-bias --format latex",
    )
)
@model_argument
@model_options
@output_options
def command(
    model: str, let: tuple[tuple[str, str], ...], seed: int, destination: Destination
) -> None:
    """Print the equations, shapes and assumptions of MODEL."""
    from ...render import render_model

    destination.write(render_model(load([model], let)[0], destination.format))
