"""The arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from ..model import Model

Command = TypeVar("Command", bound=Callable[..., Any])

MOST_STEPS = 10_000


class ModelName(click.ParamType):  # type: ignore[type-arg]  # generic in new clicks
    """The name of a library model, or the path of a .toml file."""

    name = "MODEL"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """As written: what cannot be loaded is told when it is loaded."""
        return value

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The library's names, and files."""
        from ..model import library_names

        names = [CompletionItem(name) for name in library_names() if name.startswith(incomplete)]
        return [CompletionItem(incomplete, type="file"), *names]


class Assignment(click.ParamType):  # type: ignore[type-arg]  # generic in new clicks
    """`f=tanh` → ("f", "tanh")."""

    name = "NAME=FUNCTION"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The two sides of the sign."""
        if isinstance(value, tuple):
            return value
        name, sign, function = (part.strip() for part in value.partition("="))
        if not (name and sign and function):
            self.fail(f"{value!r} is not of the form f=tanh", param, ctx)
        return name, function


def model_argument(command: Command) -> Command:
    """MODEL, one."""
    return click.argument("model", type=ModelName())(command)


def model_options(command: Command) -> Command:
    """--let and --seed: what every command that takes a MODEL takes."""
    command = click.option(
        "--seed",
        type=click.IntRange(min=0),
        default=0,
        show_default=True,
        help="For random numbers.",
    )(command)
    return click.option(
        "--let",
        type=Assignment(),
        multiple=True,
        metavar="F=FUNCTION",
        help="Settle an undetermined function, e.g. f=tanh. Repeatable.",
    )(command)


def steps_option(command: Command) -> Command:
    """-T, the number of steps."""
    return click.option(
        "-T",
        "count",
        type=click.IntRange(1, MOST_STEPS),
        metavar="STEPS",
        help="The number of steps to unroll.  [default: 3, or as many as MODEL is written out for]",
    )(command)


def steps_of(model: Model, count: int | None) -> int:
    """The number of steps that -T asks for, or that suits the model."""
    return count or model.literal_length or 3


def examples(*commands: str) -> str:
    """The end of a --help: commands that run as they stand."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


def load(names: Iterable[str], let: Iterable[tuple[str, str]]) -> list[Model]:
    """The models, with undetermined functions settled as --let says: each with those it has.

    A function that none of them has is an error.
    """
    from ..model import load_model, settle

    models = [load_model(name) for name in names]
    settled: dict[str, str] = {}
    for function, choice in let:
        if settled.setdefault(function, choice) != choice:
            raise click.UsageError(
                f"--let gives {function!r} twice: {settled[function]}, {choice}."
            )
    taken = {name for model in models for name in settled if name in model.functions}
    if unknown := settled.keys() - taken:
        known = ", ".join(sorted({name for model in models for name in model.functions})) or "none"
        raise click.UsageError(
            f"--let {min(unknown)}={settled[min(unknown)]}: no such undetermined function here; "
            f"there are: {known}."
        )
    return [
        settle(model, {name: settled[name] for name in settled if name in model.functions})
        for model in models
    ]
