"""`bptt derive`: every partial derivative of a model's loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..options import examples, load, model_argument, model_options, steps_option
from ..output import Destination, output_options, show_warning

if TYPE_CHECKING:
    from ...derivation.result import Style

STYLES: dict[Style, str] = {
    "named": "matrix form for T steps",
    "general": "matrix form for any T",
    "expanded": "everything substituted, by SymPy",
    "entries": "one formula an entry, by SymPy",
}


@click.command(
    epilog=examples(
        "bptt derive elman -T 3",
        "bptt derive elman --style general --format latex",
        "bptt derive scalar-additive -T 2 --wrt u --wrt u_0",
        "bptt derive scalar-additive -T 2 --style expanded --let f=tanh",
        "bptt derive elman -T 3 --wrt W -o gradient.tex",
    )
)
@model_argument
@steps_option
@click.option(
    "--wrt",
    multiple=True,
    metavar="SYMBOL",
    help="With respect to what: a parameter, or the copy u_0 that step 0 uses. Repeatable.  "
    "[default: every parameter]",
)
@click.option(
    "--style",
    type=click.Choice(list(STYLES)),
    default="named",
    show_default=True,
    help="; ".join(f"{name}: {meaning}" for name, meaning in STYLES.items()) + ".",
)
@model_options
@output_options
def command(
    model: str,
    count: int | None,
    wrt: tuple[str, ...],
    style: Style,
    let: tuple[tuple[str, str], ...],
    seed: int,
    destination: Destination,
) -> None:
    """Print every partial derivative of the loss of MODEL."""
    from ...checking.printed import derive
    from ...render import render_derivation

    if style == "general" and count is not None:
        show_warning("the general style holds for every number of steps: -T is not used")
    derivation = derive(load([model], let)[0], T=count, wrt=wrt, style=style)
    if destination.path is not None:  # who sees the result sees its notes
        for note in derivation.notes:
            show_warning(note)
    destination.write(render_derivation(derivation, destination.format))
