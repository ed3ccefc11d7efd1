"""Where a result goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import click

Format = Literal["text", "latex", "markdown", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

# The ending of a file that -o names, and the format it asks for.
ENDINGS: dict[str, Format] = {
    ".txt": "text",
    ".tex": "latex",
    ".md": "markdown",
    ".json": "json",
}

Command = TypeVar("Command", bound=Callable[..., Any])
F = TypeVar("F", bound=str)


@dataclass(frozen=True)
class Destination:
    """A format and a file (None: standard output); `force` lets it replace a file that exists."""

    format: Format
    path: Path | None = None
    force: bool = False

    def write(self, result: str) -> None:
        """The result, ending in one newline, in UTF-8."""
        write_result(result, self.path, force=self.force)


def write_result(result: str, path: Path | None, *, force: bool) -> None:
    """The result, ending in one newline, in UTF-8, in a file or on standard output."""
    text = result.rstrip("\n") + "\n"
    if path is None:
        click.echo(text, nl=False)
    else:
        write_whole(path, text.encode(), replace=force)


def output_options(command: Command) -> Command:
    """Gives a command --format, -o and --force, and hands it one `destination` instead."""

    @click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        help="How the result is written.  [default: by the ending of -o, else text]",
    )
    @click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help=f"Write to FILE ({', '.join(ENDINGS)}) instead of standard output.",
    )
    @click.option("--force", is_flag=True, help="Let -o replace a file that exists.")
    @wraps(command)
    def with_destination(
        *args: Any, format_: Format | None, output: Path | None, force: bool, **kwargs: Any
    ) -> Any:
        return command(*args, destination=_destination(format_, output, force), **kwargs)

    return with_destination  # type: ignore[return-value]


def _destination(chosen: Format | None, path: Path | None, force: bool) -> Destination:
    """The destination, refused before anything is computed if it cannot be written."""
    return Destination(format_for(chosen, path, ENDINGS, force=force) or "text", path, force)


def format_for(
    chosen: F | None, path: Path | None, endings: Mapping[str, F], *, force: bool
) -> F | None:
    """The format that is asked for, by name or by the ending of a file; None if nothing says.

    Refuses, before anything is computed, a file that cannot be written or says something else.
    """
    if path is None:
        return chosen
    inferred = endings.get(path.suffix.lower())
    if chosen is None and inferred is None:
        named = ", ".join(endings)
        raise click.UsageError(
            f"-o {path}: the ending {path.suffix!r} names no format; use one of {named}, "
            "or say --format."
        )
    if chosen and inferred and chosen != inferred:
        raise click.UsageError(f"-o {path}: the ending means {inferred}, but --format is {chosen}.")
    check_file(path, force=force)
    return chosen or inferred


def check_file(path: Path, *, force: bool) -> None:
    """Refuses, before anything is computed, a file that cannot be written or must not be."""
    if path.exists() and not path.is_file():
        raise click.UsageError(f"-o {path}: not a regular file.")
    if path.exists() and not force:
        raise click.UsageError(f"-o {path}: the file exists; --force replaces it.")
    if not path.absolute().parent.is_dir():
        raise click.UsageError(f"-o {path}: there is no folder {path.parent}.")


def write_whole(path: Path, data: bytes, *, replace: bool) -> None:
    """`path` holds `data`, or what it held before: nobody ever sees half a file.

    Without `replace` an existing file is left alone and FileExistsError raised, even if it came
    into being a moment ago. A symbolic link is followed.
    """
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_usual_mode(target))
        if replace:
            temporary.replace(target)
        else:
            _move_to_new(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _move_to_new(temporary: Path, target: Path) -> None:
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: the best that is left
        if target.exists():
            raise FileExistsError(17, "File exists", str(target)) from None
        temporary.replace(target)


def _usual_mode(target: Path) -> int:
    """The mode that an ordinary open() would have left the file with."""
    if target.exists():
        return target.stat().st_mode & 0o777
    umask = os.umask(0o022)
    os.umask(umask)
    return 0o666 & ~umask


def show_error(message: str) -> None:
    """`error: message` on standard error; red on a terminal, unless NO_COLOR."""
    label = "error:" if os.environ.get("NO_COLOR") else click.style("error:", fg="red", bold=True)
    click.echo(f"{label} {message}", err=True)


def show_warning(message: str) -> None:
    """`warning: message` on standard error."""
    click.echo(f"warning: {message}", err=True)


def use_utf8() -> None:
    """Results are UTF-8 wherever they go, whatever the locale says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def detach_closed_output() -> None:
    """Keeps the interpreter from flushing once more, at its end, what nobody can take."""
    try:
        sys.stdout.flush()
    except OSError:
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, sys.stdout.fileno())
