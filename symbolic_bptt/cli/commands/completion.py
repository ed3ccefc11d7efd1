"""`bptt completion`: completion of commands, options and model names in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from ..app import COMPLETION_VARIABLE
from ..options import examples

SHELLS = ("bash", "zsh", "fish")


@click.command(
    short_help="Print the script that completes bptt in a shell.",
    epilog=examples("bptt completion bash", "bptt completion zsh")
    + '\n\nIn ~/.bashrc:  eval "$(bptt completion bash)"'
    + "\n\nFor fish:  bptt completion fish > ~/.config/fish/completions/bptt.fish",
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that teaches SHELL to complete bptt: commands, options, model names."""
    completion = get_completion_class(shell)
    assert completion is not None
    root = ctx.find_root()
    click.echo(completion(root.command, {}, "bptt", COMPLETION_VARIABLE).source())
