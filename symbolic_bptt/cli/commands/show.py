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
    from ...checking.degenerate import degenerate_parameters
    from ...checking.laboratory import Laboratory
    from ...render import render_model

    loaded = load([model], let)[0]
    without_effect = ", ".join(degenerate_parameters(Laboratory(loaded, seed)))
    notes = [f"degenerate: {loaded.loss} does not depend on {without_effect}"]
    shown = render_model(loaded, destination.format, notes if without_effect else ())
    destination.write(shown)
