"""Defaults of options from [tool.symbolic_bptt] of the nearest pyproject.toml.

[tool.symbolic_bptt]
T = 4                   # for every command that has the option
[tool.symbolic_bptt.derive]
style = "expanded"      # for one command
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

Defaults = dict[str, dict[str, object]]


def configured_defaults(ctx: click.Context) -> Defaults:
    """Command → parameter → default, as click's `default_map`. Raises on keys that mean nothing."""
    path = _nearest_pyproject(Path.cwd())
    table = _own_table(path) if path else {}
    if not path or not table:
        return {}
    group = ctx.command
    assert isinstance(group, click.Group)
    commands = {name: group.get_command(ctx, name) for name in group.list_commands(ctx)}
    options = {name: _options(command) for name, command in commands.items() if command}
    defaults: Defaults = {name: {} for name in options}
    general = {key: value for key, value in table.items() if key not in options}
    special = {key: value for key, value in table.items() if key in options}
    for key, value in general.items():
        takers = [name for name in options if key in options[name]]
        if not takers:
            raise click.UsageError(f"{path}: [tool.symbolic_bptt] has no option {key!r}")
        for name in takers:
            _set(defaults[name], options[name][key], value)
    for name, section in special.items():
        for key, value in section.items() if isinstance(section, Mapping) else [(name, section)]:
            if key not in options[name]:
                raise click.UsageError(f"{path}: `bptt {name}` has no option {key!r}")
            _set(defaults[name], options[name][key], value)
    return defaults


def _nearest_pyproject(folder: Path) -> Path | None:
    candidates = (place / "pyproject.toml" for place in (folder, *folder.parents))
    return next((path for path in candidates if path.is_file()), None)


def _own_table(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text("utf-8")).get("tool", {}).get("symbolic_bptt", {})
    except (OSError, ValueError, AttributeError) as error:
        raise click.UsageError(f"{path} cannot be read: {error}") from None
    if not isinstance(table, dict):
        raise click.UsageError(f"{path}: tool.symbolic_bptt must be a table")
    return table


def _options(command: click.Command) -> dict[str, click.Option]:
    """The options of a command by the name that a user writes, without dashes."""
    return dict(_named_options(command))


def _named_options(command: click.Command) -> Iterator[tuple[str, click.Option]]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            for written in parameter.opts:
                yield written.lstrip("-"), parameter


def _set(defaults: dict[str, object], option: click.Option, value: object) -> None:
    many = option.multiple and isinstance(value, str)
    assert option.name is not None
    defaults[option.name] = [value] if many else value
