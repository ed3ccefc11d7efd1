"""`bptt export`: the whole derivation as a document."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..options import examples, load, model_argument, model_options, steps_of, steps_option
from ..output import check_file, show_warning, write_whole

if TYPE_CHECKING:
    from ...render.document import Document
    from ...render.document.markdown import Dialect

ENDINGS = (".tex", ".pdf", ".html", ".md", ".ipynb")
PARTS = (
    "model",
    "graph",
    "forward",
    "local",
    "adjoint",
    "gradients",
    "expansion",
    "check",
    "citation",
)
FAILS = 1


@click.command(
    short_help="Write the whole derivation as a document: LaTeX, PDF, HTML, Markdown, notebook.",
    epilog=examples(
        "bptt export elman -T 3 -o appendix.tex",
        "bptt export elman -T 3 -o elman.tex --standalone --notation goodfellow",
        "bptt export scalar-additive -o derivation.md --part forward --part adjoint",
        "bptt export elman -T 3 -o elman.html",
        "bptt export elman-bias -T 2 -o derivation.ipynb",
    ),
)
@model_argument
@steps_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    required=True,
    help=f"Write to FILE: {', '.join(ENDINGS)}.",
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(PARTS),
    help="Only this section. Repeatable.  [default: all]",
)
@click.option("--standalone", is_flag=True, help="A whole article, not a file for \\input.")
@click.option(
    "--dialect",
    type=click.Choice(["paper", "web"]),
    help="paper: numbered equations with labels; web: what KaTeX and GitHub take.  "
    "[default: web for .md, else paper]",
)
@click.option(
    "--notation",
    metavar="NAME|FILE.toml",
    help="goodfellow, wildml, karpathy, d2l, or a file of one's own.  [default: the model's]",
)
@click.option("--force", is_flag=True, help="Let -o replace a file that exists.")
@model_options
def command(
    model: str,
    count: int | None,
    output: Path,
    parts: tuple[str, ...],
    standalone: bool,
    dialect: Dialect | None,
    notation: str | None,
    force: bool,
    let: tuple[tuple[str, str], ...],
    seed: int,
) -> int:
    """Write the derivation of every gradient of MODEL, step by step, each step checked: model and
    shapes, unrolled graph, forward equations, local derivatives, backward recurrence, gradients,
    their expansion, and what was proved.
    """
    from ...render.document import build_document
    from ...render.document.write import written
    from ...render.notations import load_notation

    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise click.UsageError(f"-o {output}: the ending must be one of {', '.join(ENDINGS)}.")
    check_file(output, force=force)
    loaded = load([model], let)[0]
    asked = _asked(model, steps_of(loaded, count), seed, parts, notation, let)
    chosen = None if notation is None else load_notation(notation)
    document = build_document(loaded, steps_of(loaded, count), seed, parts, asked, chosen)
    if ending == ".pdf":
        _write_pdf(document, output, force=force)
    else:
        made = written(document, ending, standalone=standalone, dialect=dialect)
        write_whole(output, made.encode(), replace=force)
    for warning in document.warnings:
        show_warning(warning)
    return FAILS if document.failing else 0


def _asked(
    model: str,
    count: int,
    seed: int,
    parts: tuple[str, ...],
    notation: str | None,
    let: tuple[tuple[str, str], ...],
) -> str:
    """The command that makes the document again."""
    words = ["bptt", "export", model, "-T", str(count), "--seed", str(seed)]
    words += [word for part in parts for word in ("--part", part)]
    words += ["--notation", notation] if notation else []
    words += [word for name, function in let for word in ("--let", f"{name}={function}")]
    return shlex.join(words)


def _write_pdf(document: Document, output: Path, *, force: bool) -> None:
    """The PDF; where none can be made, at least the LaTeX beside it."""
    from ...render.document.pdf import TypesettingError, typeset
    from ...render.document.write import written

    source = written(document, ".tex", standalone=True)
    try:
        write_whole(output, typeset(source), replace=force)
    except TypesettingError as error:
        beside = output.with_suffix(".tex")
        if force or not beside.exists():
            write_whole(beside, source.encode(), replace=force)
            raise click.ClickException(f"{error}. The LaTeX is in {beside}.") from None
        raise click.ClickException(f"{error}. {beside} exists and was left alone.") from None
