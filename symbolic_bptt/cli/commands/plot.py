"""`bptt plot`: vanishing and exploding gradients."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..options import MOST_STEPS, examples, load, model_argument, model_options
from ..output import check_file, write_whole

if TYPE_CHECKING:
    from ...model import Model
    from ...render.plot import PlotFormat, Series

ENDINGS: dict[str, PlotFormat] = {".svg": "svg", ".png": "png"}


@click.command(
    short_help="Draw how the gradient shrinks or grows with every step back.",
    epilog=examples(
        "bptt plot elman -T 20 -o elman.svg",
        "bptt plot linear-rnn -T 20 --gain 0.5 --gain 2 -o gains.png",
    ),
)
@model_argument
@click.option(
    "-T",
    "count",
    type=click.IntRange(1, MOST_STEPS),
    metavar="STEPS",
    help="The number of steps.  [default: 20, or as many as MODEL is written out for]",
)
@click.option(
    "--wrt",
    multiple=True,
    metavar="SYMBOL",
    help="Only this parameter. Repeatable.  [default: square matrices, or all if there are none]",
)
@click.option(
    "--weights",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Parameters from an .npz or .json file; the others are drawn.",
)
@click.option(
    "--gain",
    "gains",
    type=click.FloatRange(min=0, min_open=True),
    multiple=True,
    help="Drawn matrices have entries from N(0, gain²/columns). Repeatable: one curve each.  "
    "[default: 1]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    required=True,
    help="Write to FILE (.svg, .png).",
)
@click.option("--force", is_flag=True, help="Let -o replace a file that exists.")
@model_options
def command(
    model: str,
    count: int | None,
    wrt: tuple[str, ...],
    weights: Path | None,
    gains: tuple[float, ...],
    output: Path,
    force: bool,
    let: tuple[tuple[str, str], ...],
    seed: int,
) -> None:
    """Draw the norm of what each step back through time contributes to the gradients of MODEL,
    against the number of steps: it vanishes, or explodes. Needs matplotlib.
    """
    from ...derivation.requests import requested
    from ...model import settle
    from ...render.plot import plot

    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise click.UsageError(f"-o {output}: the ending must be one of {', '.join(ENDINGS)}.")
    check_file(output, force=force)
    loaded = load([model], let)[0]
    defaults = {f.name: f.default for f in loaded.functions.values() if f.default}
    loaded = settle(loaded, defaults)
    names = {symbol.name for symbol in requested(loaded, wrt or _square(loaded), None)}
    steps = count or loaded.literal_length or 20
    series = [_series(loaded, steps, weights, gain, seed, names) for gain in gains or (1.0,)]
    if len(series) == 1:
        series = [type(series[0])("", series[0].contributions)]
    title = f"{loaded.title or loaded.name}\n{steps} steps, seed {seed}"
    write_whole(output, plot(series, title, ENDINGS[ending]), replace=force)


def _square(model: Model) -> tuple[str, ...]:
    """The parameters that may carry a state from step to step."""
    shapes = {name: model.declarations[(name, False)].shape for name in model.parameters}
    return tuple(n for n, s in shapes.items() if s.rows == s.columns and not s.is_scalar)


def _series(
    model: Model, steps: int, path: Path | None, gain: float, seed: int, names: set[str]
) -> Series:
    from ...derivation.paths import contributions
    from ...evaluation.instance import sound_sizes
    from ...evaluation.unroll import unroll
    from ...evaluation.weights import numbers, read_weights, sizes_of
    from ...render.plot import Series

    weights = {} if path is None else read_weights(path, model)
    sizes = sizes_of(model, weights, sound_sizes(model))
    given = numbers(unroll(model, steps, sizes), weights, seed, gain)
    found = contributions(model, steps, sizes, given)
    return Series(f"gain {gain:g}", tuple(one for one in found if one.parameter in names))
