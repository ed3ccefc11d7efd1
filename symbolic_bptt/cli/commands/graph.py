"""`bptt graph`: the unrolled graph as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..options import examples, load, model_argument, model_options, steps_of, steps_option
from ..output import check_file, write_whole

if TYPE_CHECKING:
    from ...render.graph import PictureFormat

ENDINGS: dict[str, PictureFormat] = {
    ".svg": "svg",
    ".tikz": "tikz",
    ".tex": "tikz",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
}
FORMATS = tuple(dict.fromkeys(ENDINGS.values()))


@click.command(
    short_help="Draw the unrolled graph: SVG, TikZ, DOT, Mermaid.",
    epilog=examples(
        "bptt graph elman -T 3 -o elman.svg",
        "bptt graph elman -T 3 --highlight W -o elman.tikz",
        "bptt graph scalar-additive -T 2 --highlight u_0 --format mermaid",
    ),
)
@model_argument
@steps_option
@click.option(
    "--highlight",
    metavar="SYMBOL",
    help="Make the paths of a parameter W stand out, or of u_0, the copy that step 0 uses.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="How the picture is written.  [default: by the ending of -o, else mermaid]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=f"Write to FILE ({', '.join(ENDINGS)}) instead of standard output.",
)
@click.option("--compact/--wide", default=None, help="For a column of a paper, or for a screen.")
@click.option("--force", is_flag=True, help="Let -o replace a file that exists.")
@model_options
def command(
    model: str,
    count: int | None,
    highlight: str | None,
    format_: PictureFormat | None,
    output: Path | None,
    compact: bool | None,
    force: bool,
    let: tuple[tuple[str, str], ...],
    seed: int,
) -> None:
    """Draw the unrolled graph of MODEL: how everything is computed, and on the way back (dashed)
    the gradient, each arrow with its local derivative.
    """
    from ...render.graph import graph, render_graph

    chosen = _format(format_, output, force=force)
    loaded = load([model], let)[0]
    narrow = chosen == "tikz" if compact is None else compact
    drawn = graph(loaded, steps_of(loaded, count), highlight, compact=narrow)
    result = render_graph(drawn, chosen) + "\n"
    if output is None:
        click.echo(result, nl=False)
    else:
        write_whole(output, result.encode(), replace=force)


def _format(chosen: PictureFormat | None, path: Path | None, *, force: bool) -> PictureFormat:
    if path is None:
        return chosen or "mermaid"
    inferred = ENDINGS.get(path.suffix.lower())
    if chosen is None and inferred is None:
        raise click.UsageError(f"-o {path}: the ending must be one of {', '.join(ENDINGS)}.")
    if chosen and inferred and chosen != inferred:
        raise click.UsageError(f"-o {path}: the ending means {inferred}, but --format is {chosen}.")
    check_file(path, force=force)
    return chosen or inferred or "svg"
