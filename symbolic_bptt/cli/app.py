"""The group `bptt`, its entry point, and its exit statuses."""

from __future__ import annotations

import gc
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module

import click
from click.shell_completion import shell_complete

from .. import __version__
from .config import configured_defaults
from .output import detach_closed_output, show_error, use_utf8

# In the order in which --help lists them. Each is `command` of the module of that name.
COMMANDS = (
    "models",
    "show",
    "derive",
    "verify",
    "check",
    "read",
    "export",
    "explain",
    "fill",
    "graph",
    "plot",
    "exercise",
    "grade",
    "regrade",
    "merge",
    "atlas",
    "schema",
    "doctor",
    "completion",
)

DEBUG_VARIABLE = "SYMBOLIC_BPTT_DEBUG"  # what is logged goes to standard error, defects as well
COMPLETION_VARIABLE = "_BPTT_COMPLETE"  # set by the script of `bptt completion`

UNUSABLE = 2
INTERRUPTED = 128 + 2  # as a shell reports SIGINT
CLOSED_PIPE = 128 + 13  # as a shell reports SIGPIPE


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in reading order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f".commands.{cmd_name}", __package__)
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown command is answered with the nearest one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(COMMANDS)}."
            ctx.fail(f"No such command {args[0]!r}. {hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=(
        "\b\nExamples:\n"
        "  bptt models\n"
        "  bptt derive elman -T 3\n"
        "  bptt verify elman -T 3\n"
        "  bptt check elman derivation.tex\n"
        "\n"
        "MODEL is a name that `bptt models` lists, or the path of a .toml file.\n"
        "\n"
        "Exit status: 0 everything holds, 1 something fails, 2 usage or unusable input, "
        "3 nothing fails but something is undecided."
    ),
)
@click.version_option(__version__, prog_name="bptt")
@click.pass_context
def bptt(ctx: click.Context) -> None:
    """Backpropagation through time, derived symbolically: every partial derivative of a recurrent
    model as text or LaTeX, verified against SymPy and NumPy; and any formula about it, checked.
    """
    ctx.default_map = configured_defaults(ctx)


YOUNG = 20_000
"""New objects before the collector looks for circles: a run makes many objects and few circles."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: never a traceback for bad input.

    0, 1, 2, 3 as the help says; 130 after Ctrl-C, 141 when the reader of the output is gone.
    """
    use_utf8()
    gc.set_threshold(YOUNG)
    if os.environ.get(DEBUG_VARIABLE):
        logging.basicConfig(level=logging.DEBUG)
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if instruction := os.environ.get(COMPLETION_VARIABLE):
            return shell_complete(bptt, {}, "bptt", COMPLETION_VARIABLE, instruction)
        with bptt.make_context("bptt", words) as ctx:
            status = bptt.invoke(ctx)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        detach_closed_output()
        return CLOSED_PIPE
    except Exception as error:  # noqa: BLE001  (an uncaught one would exit with 1, a verdict)
        _explain(error)
        detach_closed_output()
        return UNUSABLE


def _explain(error: Exception) -> None:
    """One line for what the package or the system refuses; the traceback for anything else."""
    from ..notation.errors import NotationError

    match error:
        case NotationError(problems=problems):
            for problem in problems:
                show_error(str(problem))
        case OSError(filename=str() as name, strerror=str() as reason):
            show_error(f"{name}: {reason}")
        case OSError():
            show_error(str(error))
        case MemoryError():
            show_error("not enough memory; try a smaller -T or another --style")
        case _ if type(error).__module__.startswith("symbolic_bptt."):
            show_error(str(error))
        case _:
            traceback.print_exception(error)
            show_error("this is a defect of bptt itself, not of your input; please report it")
