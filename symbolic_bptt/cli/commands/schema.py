"""`bptt schema`: what the JSON outputs look like."""

from __future__ import annotations

from importlib.resources import files

import click

from ..options import examples

SCHEMAS = ("models", "show", "derive", "verify", "check", "read", "atlas")


@click.command(epilog=examples("bptt schema derive", "bptt schema verify"))
@click.argument("command_name", metavar="COMMAND", type=click.Choice(SCHEMAS))
def command(command_name: str) -> None:
    """Print the JSON Schema of what COMMAND --format json prints.

    COMMAND is models, show, derive, verify, check, read or atlas. Fields are added over time, never
    renamed.
    """
    schema = files(__package__).joinpath("..", "schemas", f"{command_name}.json")
    click.echo(schema.read_text("utf-8"), nl=False)
