"""`bptt explain`: the derivation in a terminal, one step at a time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ..options import examples, load, model_argument, model_options, steps_of, steps_option

if TYPE_CHECKING:
    from ...render.explanation import Explanation


@click.command(
    short_help="Explain a derivation step by step, with a hint before each step.",
    epilog=examples(
        "bptt explain elman --wrt W",
        "bptt explain elman --wrt W --hint",
        "bptt explain elman --wrt W --step 2 --hint",
        "bptt explain scalar-multiplicative --wrt u",
    ),
)
@model_argument
@steps_option
@click.option(
    "--wrt",
    metavar="PARAMETER",
    help="Only what leads to the gradient with respect to this parameter.  [default: all]",
)
@click.option("--step", type=click.IntRange(min=1), metavar="K", help="Only step K.")
@click.option("--hint", is_flag=True, help="A question before the step; with --step, it alone.")
@model_options
def command(
    model: str,
    count: int | None,
    wrt: str | None,
    step: int | None,
    hint: bool,
    let: tuple[tuple[str, str], ...],
    seed: int,
) -> None:
    """Explain how the gradients of MODEL are derived: each step with the rule that it uses and the
    reason. On a terminal, Enter goes on from one step to the next.
    """
    from ...render.explanation import explain

    loaded = load([model], let)[0]
    found = explain(loaded, steps_of(loaded, count), wrt)
    if step is not None:
        if step > len(found.steps):
            raise click.UsageError(f"--step {step}: there are {len(found.steps)} steps.")
        click.echo(found.hint(step) if hint else found.step(step))
        return
    click.echo(found.title)
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    for number in range(1, len(found.steps) + 1):
        _show(found, number, hint=hint, interactive=interactive)


def _show(found: Explanation, number: int, *, hint: bool, interactive: bool) -> None:
    click.echo()
    if hint:
        click.echo(found.hint(number))
    if interactive:
        last = number == len(found.steps)
        click.prompt("", default="", show_default=False, prompt_suffix="" if last else "… ")
    click.echo(found.step(number, head=not hint))
