"""From the TOML files of this folder to known formulas."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from ..model import Model, library_names, load_model
from .formula import Book, KnownFormula, LeftOut, WrongForm

Record = TypeVar("Record", KnownFormula, LeftOut, WrongForm)


def known_books() -> tuple[Book, ...]:
    """Every source that ships with the package, in alphabetical order."""
    folder = files(__package__)
    found = [item for item in folder.iterdir() if item.name.endswith(".toml")]
    return tuple(read_book(item) for item in sorted(found, key=lambda item: item.name))


def read_book(file: Traversable | Path) -> Book:
    """The source that a TOML file describes.

    Raises `ValueError`, naming the file and the formula, for a key that is unknown or missing.
    """
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    origin = data.get("source", "")
    formulas = [
        _formula(file.name, {"source": origin, **table}) for table in data.get("formula", ())
    ]
    left_out = [_record(LeftOut, file.name, table) for table in data.get("left_out", ())]
    name = file.name.removesuffix(".toml")
    return Book(name, data.get("title", name), origin, tuple(formulas), tuple(left_out))


def load_known_model(name: str) -> Model:
    """The model of that name in the library, or else among those that only the atlas needs."""
    if name in library_names():
        return load_model(name)
    with as_file(files(__package__) / "models" / f"{name}.toml") as path:
        return load_model(path)


def _formula(file: str, table: Mapping[str, Any]) -> KnownFormula:
    settled = dict(table)
    for key in ("reading", "equivalent"):
        settled[key] = tuple(table.get(key, ()))
    settled["wrong"] = tuple(_record(WrongForm, file, form) for form in table.get("wrong", ()))
    return _record(KnownFormula, file, settled)


def _record(kind: type[Record], file: str, table: Mapping[str, Any]) -> Record:
    known = {item.name for item in fields(kind)}
    place = f"{file}: {table.get('id', '(no id)')}"
    if unknown := table.keys() - known:
        raise ValueError(f"{place}: unknown key {min(unknown)!r}")
    try:
        return kind(**table)
    except TypeError as error:
        raise ValueError(f"{place}: {error}") from None
