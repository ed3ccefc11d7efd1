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
    from ...model import catalogue
    from ...render import render_library

    destination.write(render_library(catalogue(), destination.format))
