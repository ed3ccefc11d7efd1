"""`bptt doctor`: what is installed, and what is missing for which command."""

from __future__ import annotations

import click

from ..options import examples

LIBRARIES = ("sympy", "numpy", "python-flint", "click", "rich", "jinja2")
EXTRAS = {
    "matplotlib": "bptt plot",
    "autograd": "a third opinion on gradients, in the tests",
    "nbformat": "checking exported notebooks",
}
TOOLS = {"pdftoppm": "looking at PDF pages as pictures"}

READY, MISSING = 0, 1


@click.command(
    short_help="Report what is installed: Python, libraries, LaTeX engines, extras.",
    epilog=examples("bptt doctor"),
)
def command() -> int:
    """Report the versions of Python and of the libraries, the LaTeX engines that `bptt export` can
    use, and the optional extras. Exit with 1 if something is missing that every command needs.
    """
    import platform
    import shutil

    from ...render.document.pdf import ENGINES, INSTALL
    from ...render.table import plain_table

    rows = [("Python", platform.python_version(), "")]
    rows += [(name, _version(name) or "missing", "") for name in LIBRARIES]
    found = [one for one in ENGINES if all(map(shutil.which, (one.name, *one.needs)))]
    for engine in ENGINES:
        path = shutil.which(engine.name) if engine in found else None
        rows.append((engine.name, path or "not found", "LaTeX, for bptt export -o FILE.pdf"))
    rows += [(name, _version(name) or "not installed", use) for name, use in EXTRAS.items()]
    rows += [(name, shutil.which(name) or "not found", use) for name, use in TOOLS.items()]
    click.echo(plain_table(("", "", ""), rows))
    if found:
        click.echo(f"\nPDFs are made with {found[0].name}.")
    else:
        click.echo(f"\nNo PDF can be made: {INSTALL}.")
    return READY if all(_version(name) for name in LIBRARIES) else MISSING


def _version(distribution: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
