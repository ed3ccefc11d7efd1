"""A notation as data, and its file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from ...notation.errors import NotationError
from ...notation.names.key import key_of
from .roles import ROLES, Role

StepScript = Literal["sub", "paren", "angle", "bracket"]
Bold = Literal["none", "vectors", "vectors and matrices"]


class NotationFileError(ValueError):
    """A notation that cannot be found, read or used; says what to write instead."""


@dataclass(frozen=True)
class Notation:
    r"""How symbols are named and set. Every field left out keeps what the model has.

    roles: what takes a part in the model (`recurrent weights`) to its name here (`W_{hh}`).
    names: names of the model to names here, whatever their role; they win over roles.
    step: where the step is written: h_t, h^{(t)}, h^{\langle t\rangle}, h^{[t]}.
    transpose: `\top`, `T` or `\mathsf T`. derivative: ∂E/∂W or ∇_W E for derivatives of the loss.
    layout: of local derivatives; adjoint: what δ is the derivative by; adjoint_sign: δ, or a
    letter such as `d` that is put before the variable (dh).
    """

    name: str = ""
    title: str = ""
    source: str = ""
    roles: Mapping[Role, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    step: StepScript | None = None
    transpose: str = r"\top"
    derivative: Literal["partial", "nabla"] = "partial"
    layout: Literal["numerator", "denominator"] = "numerator"
    adjoint: Literal["states", "pre-activations"] = "states"
    adjoint_sign: str = r"\delta"
    bold: Bold = "none"


CHOICES: Mapping[str, tuple[str, ...]] = {
    "step": get_args(StepScript),
    "transpose": (r"\top", "T", r"\mathsf T"),
    "derivative": ("partial", "nabla"),
    "layout": ("numerator", "denominator"),
    "adjoint": ("states", "pre-activations"),
    "bold": get_args(Bold),
}
"""The values of the fields that have only so many."""


def notation_names() -> tuple[str, ...]:
    """The notations that ship with the package."""
    folder = files(__package__)
    return tuple(sorted(i.name[:-5] for i in folder.iterdir() if i.name.endswith(".toml")))


def load_notation(name_or_path: str) -> Notation:
    """The notation of that name, or in that `.toml` file. Raises `NotationFileError`."""
    if name_or_path in notation_names():
        text = (files(__package__) / f"{name_or_path}.toml").read_text("utf-8")
        return _read(text, name_or_path)
    path = Path(name_or_path)
    if path.suffix != ".toml":
        known = ", ".join(notation_names())
        raise NotationFileError(f"there is no notation {name_or_path!r}; there are {known}")
    try:
        return _read(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise NotationFileError(f"{path} cannot be read: {error}") from None


def _read(text: str, name: str) -> Notation:
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotationFileError(f"{name}: {error}") from None
    known = {one.name for one in fields(Notation)} - {"name"}
    if unknown := table.keys() - known:
        choices = ", ".join(sorted(known))
        raise NotationFileError(f"{name}: no field {min(unknown)!r}; there are {choices}")
    for key, value in table.items():
        _check(name, key, value)
    if unknown := table.get("roles", {}).keys() - set(ROLES):
        raise NotationFileError(f"{name}: no role {min(unknown)!r}; there are {', '.join(ROLES)}")
    for key in ("roles", "names"):
        table[key] = {old: _name(name, new) for old, new in table.get(key, {}).items()}
    if "adjoint_sign" in table:
        table["adjoint_sign"] = _name(name, table["adjoint_sign"])
    return Notation(name=Path(name).stem, **table)


def _check(name: str, key: str, value: object) -> None:
    if key in ("roles", "names"):
        good = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
        if not good:
            raise NotationFileError(f"{name}: {key} must be a table of names")
    elif not isinstance(value, str):
        raise NotationFileError(f"{name}: {key} must be a text")
    elif key in CHOICES and value not in CHOICES[key]:
        choices = ", ".join(repr(choice) for choice in CHOICES[key])
        raise NotationFileError(f"{name}: {key} cannot be {value!r}; choose one of {choices}")


def _name(file: str, written: str) -> str:
    """The canonical form of a name: `W_{hh}`, `\\hat y`, without a step."""
    try:
        return key_of(written, indexed=False).name
    except NotationError as error:
        message = error.problems[0].message
        raise NotationFileError(f"{file}: {written!r} is no name: {message}") from None
