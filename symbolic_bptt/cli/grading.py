"""The arguments and options that the commands about classes share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

END = (
    "\n\nExit status: 0 all graded, 2 an input that cannot be used, "
    "3 something waits for a person (DIR/for-a-person.md)."
)


class Shard(click.ParamType):  # type: ignore[type-arg]  # generic in new clicks
    """`2/5` → (2, 5)."""

    name = "I/N"

    def convert(
        self, value: str | tuple[int, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """The two numbers, 1 ≤ I ≤ N."""
        if isinstance(value, tuple):
            return value
        part, _, parts = value.partition("/")
        if not (part.isdigit() and parts.isdigit() and 1 <= int(part) <= int(parts)):
            self.fail(f"{value!r} is not of the form 2/5", param, ctx)
        return int(part), int(parts)


def exercise_argument(command: Command) -> Command:
    """EXERCISE, the TOML file."""
    kind = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.argument("exercise", type=kind)(command)


def paths_argument(command: Command) -> Command:
    """PATH..., the submissions."""
    kind = click.Path(exists=True, path_type=Path)
    return click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=kind)(command)


def folder_option(command: Command) -> Command:
    """-o DIR."""
    kind = click.Path(path_type=Path, file_okay=False)
    return click.option(
        "-o", "--output", required=True, type=kind, metavar="DIR", help="The folder of results."
    )(command)


def roster_option(command: Command) -> Command:
    """--roster CSV."""
    kind = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.option(
        "--roster",
        type=kind,
        metavar="CSV",
        help="Names of students: columns `name`, and `file` or `id`.",
    )(command)


def limit_options(command: Command) -> Command:
    """--jobs, --timeout, --memory."""
    for option in (
        click.option(
            "--memory",
            type=click.IntRange(min=64),
            default=1024,
            show_default=True,
            metavar="MB",
            help="What one submission may take.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(min=1),
            default=60.0,
            show_default=True,
            metavar="SECONDS",
            help="For one submission.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(1, 256),
            default=lambda: min(os.cpu_count() or 1, 8),
            show_default="one a processor",
            help="Processes.",
        ),
    ):
        command = option(command)
    return command


@contextmanager
def counted(total: int, what: str) -> Iterator[Callable[[object], None] | None]:
    """What is to be called for each one done: a bar on standard error, if that is a terminal."""
    if total < 2 or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda _: bar.advance(task)
