"""`bptt verify`: SymPy against NumPy against the closed forms."""

from __future__ import annotations

import time

import click

from ..options import ModelName, examples, load, model_options, steps_of, steps_option
from ..output import Destination, output_options
from ..progress import tracked

HOLDS, FAILS, OPEN = 0, 1, 3


@click.command(
    short_help="Hold SymPy against NumPy against the closed forms.",
    epilog=examples(
        "bptt verify elman -T 3",
        "bptt verify elman scalar-additive --let f=sigmoid",
        "bptt verify --all -T 4 --seed 7",
        "bptt verify elman --format json -o verification.json",
    ),
)
@click.argument("models", metavar="MODEL...", type=ModelName(), nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Verify every model of the library.")
@steps_option
@model_options
@output_options
def command(
    models: tuple[str, ...],
    everything: bool,
    count: int | None,
    let: tuple[tuple[str, str], ...],
    seed: int,
    destination: Destination,
) -> int:
    """Hold SymPy's gradient, the closed form, finite differences and the complex step of each
    MODEL side by side, one row a parameter.
    """
    from ...checking.verification import verify
    from ...model import library_names
    from ...render import render_verifications

    if bool(models) == everything:
        raise click.UsageError("Name at least one MODEL, or say --all.")
    # All are loaded before the first is verified: an unreadable one costs no waiting.
    loaded = load(library_names() if everything else models, let)
    begin = time.perf_counter()
    results = [
        verify(model, T=steps_of(model, count), seed=seed) for model in tracked(loaded, "verifying")
    ]
    seconds = time.perf_counter() - begin
    destination.write(render_verifications(results, destination.format))
    click.echo(f"{len(results)} verified in {seconds:.1f} s", err=True)
    return exit_status([row.verdict for result in results for row in result.rows])


def exit_status(verdicts: list[str]) -> int:
    """1 if anything fails, else 3 if anything is left open, else 0."""
    if any(verdict in ("fails", "ill-shaped") for verdict in verdicts):
        return FAILS
    return HOLDS if all(verdict == "holds" for verdict in verdicts) else OPEN
