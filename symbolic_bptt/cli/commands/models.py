"""`bptt models`: the library."""

from __future__ import annotations

import click

from ..options import examples
from ..output import Destination, output_options


@click.command(
    epilog=examples("bptt models", "bptt models --format json", "bptt models -o models.md")
)
@output_options
def command(destination: Destination) -> None:
    """List the models of the library."""
    from ...model import library_names, load_model
    from ...render import render_library

    models = [load_model(name) for name in library_names()]
    destination.write(render_library(models, destination.format))
