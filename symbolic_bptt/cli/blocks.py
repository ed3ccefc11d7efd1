"""Blocks of a paper that a command fills in, between markers that are comments there.

% bptt: derive elman --wrt W        <!-- bptt: derive elman --wrt W -->
…                                   …
% bptt: end                         <!-- bptt: end -->
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import click

Kind = Literal["latex", "markdown"]

KINDS: Mapping[str, Kind] = {".tex": "latex", ".md": "markdown"}
"""The endings of papers that have blocks."""

_MARKERS: Mapping[Kind, re.Pattern[str]] = {
    "latex": re.compile(r"[ \t]*%+[ \t]*bptt:[ \t]*(?P<command>.*?)[ \t]*"),
    "markdown": re.compile(r"[ \t]*<!--[ \t]*bptt:[ \t]*(?P<command>.*?)[ \t]*-->[ \t]*"),
}

_FENCE = re.compile(r"[ ]{0,3}(```+|~~~+)")


class BlockError(ValueError):
    """Markers that do not fit together, or a command that cannot stand in one; with the line."""


@dataclass(frozen=True)
class Block:
    """The lines between two markers; `line` is that of the first, counted from 1.

    `start` and `end` are offsets into the text; `newline` is how the first marker's line ends.
    """

    line: int
    command: str
    start: int
    end: int
    newline: str


def blocks(text: str, kind: Kind, name: str) -> tuple[Block, ...]:
    """The blocks of a text, in order. Raises `BlockError`."""
    found: list[Block] = []
    opened: tuple[int, str, int, str] | None = None
    fence = ""
    offset = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        bare = line.rstrip("\r\n")
        marker = _MARKERS[kind].fullmatch(bare)
        place, offset = offset, offset + len(line)
        if kind == "markdown" and opened is None:
            fence, fenced = _fenced(fence, bare)
            if fenced:
                continue
        if marker is None:
            continue
        command = marker["command"]
        if command == "end":
            if opened is None:
                raise BlockError(f"{name}:{number}: `bptt: end` without a block before it")
            at, asked, start, newline = opened
            found.append(Block(at, asked, start, place, newline))
            opened = None
        elif opened is not None:
            raise BlockError(f"{name}:{number}: the block of line {opened[0]} has no `bptt: end`")
        else:
            opened = number, command, offset, line[len(bare) :] or "\n"
    if opened is not None:
        raise BlockError(f"{name}:{opened[0]}: this block has no `bptt: end`")
    return tuple(found)


def _fenced(fence: str, line: str) -> tuple[str, bool]:
    """The fence that is open after this line of Markdown, and whether the line is inside one."""
    match = _FENCE.match(line)
    if match is None:
        return fence, bool(fence)
    sign = match[1]
    if not fence:
        return sign, True
    closes = sign[0] == fence[0] and len(sign) >= len(fence)
    return ("" if closes else fence), True


@dataclass(frozen=True)
class Filled:
    """A paper as it is and as its commands would have it, with the blocks that differ."""

    path: Path
    old: bytes
    new: bytes
    stale: tuple[Block, ...]


def filled(path: Path) -> Filled:
    """The paper with every block computed anew. Nothing outside the markers differs by a byte.

    Raises `BlockError` for a file without blocks to fill, or with markers or commands that are
    wrong; `OSError`.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise BlockError(f"{path}: only {' and '.join(KINDS)} files have blocks to fill in")
    old = path.read_bytes()
    text = old.decode("utf-8", errors="surrogateescape")
    parts: list[str] = []
    stale: list[Block] = []
    done = 0
    for block in blocks(text, kind, str(path)):
        made = block.newline.join([*_output(block, kind, path).splitlines(), ""])
        if made != text[block.start : block.end]:
            stale.append(block)
        parts += text[done : block.start], made
        done = block.end
    new = "".join([*parts, text[done:]]).encode("utf-8", errors="surrogateescape")
    return Filled(path, old, new, tuple(stale))


def has_blocks(path: Path) -> bool:
    """Whether the file is one that may have blocks, and has a marker."""
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        return False
    lines = path.read_bytes().decode("utf-8", errors="replace").splitlines()
    return any(_MARKERS[kind].fullmatch(line) for line in lines)


def _output(block: Block, kind: Kind, path: Path) -> str:
    place = f"{path}:{block.line}"
    try:
        name, *arguments = shlex.split(block.command) or [""]
    except ValueError as error:
        raise BlockError(f"{place}: {block.command}: {error}") from None
    if name not in RUNNERS:
        raise BlockError(f"{place}: no block is made by {name!r}; there are {', '.join(RUNNERS)}")
    try:
        return RUNNERS[name](_parameters(name, arguments, path), kind)
    except click.ClickException as error:
        raise BlockError(f"{place}: {error.format_message()}") from None


_OUTPUT = ("output", "format_", "force", "standalone", "dialect")
"""Where a block's result goes, and in which format, is decided by the paper."""


def _parameters(name: str, arguments: list[str], path: Path) -> Mapping[str, Any]:
    from importlib import import_module

    command: click.Command = import_module(f".commands.{name}", __package__).command
    required = [p for p in command.params if p.name == "output" and p.required]
    extra = ["-o", "block.tex"] if required else []
    with command.make_context(name, [*arguments, *extra]) as context:
        given = {p for p in _OUTPUT if _is_given(context, p)} - ({"output"} if extra else set())
        if given:
            raise click.UsageError("in a block, -o, --format and their like have no meaning")
        chosen = dict(context.params)
    model = str(chosen["model"])
    if model.endswith(".toml"):
        chosen["model"] = str(path.parent / model)
    return chosen


def _is_given(context: click.Context, parameter: str) -> bool:
    source = context.get_parameter_source(parameter)
    return source is click.core.ParameterSource.COMMANDLINE


def _derive(chosen: Mapping[str, Any], kind: Kind) -> str:
    from ..checking.printed import derive
    from ..render import render_derivation
    from .options import load

    model = load([chosen["model"]], chosen["let"])[0]
    made = derive(model, T=chosen["count"], wrt=chosen["wrt"], style=chosen["style"])
    return render_derivation(made, kind)


def _show(chosen: Mapping[str, Any], kind: Kind) -> str:
    from ..render import render_model
    from .options import load

    return render_model(load([chosen["model"]], chosen["let"])[0], kind)


def _export(chosen: Mapping[str, Any], kind: Kind) -> str:
    from ..render.document import build_document
    from ..render.document.write import written
    from ..render.notations import load_notation
    from .options import load, steps_of

    model = load([chosen["model"]], chosen["let"])[0]
    notation = load_notation(chosen["notation"]) if chosen["notation"] else None
    count, seed = steps_of(model, chosen["count"]), chosen["seed"]
    document = build_document(model, count, seed, chosen["parts"], "", notation)
    return written(document, {"latex": ".tex", "markdown": ".md"}[kind])


RUNNERS: Mapping[str, Callable[[Mapping[str, Any], Kind], str]] = {
    "derive": _derive,
    "show": _show,
    "export": _export,
}
"""The commands whose results may stand in a paper."""
