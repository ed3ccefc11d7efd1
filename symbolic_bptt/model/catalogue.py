"""The library as a list: what each model is called, without reading its equations."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Protocol


class Titled(Protocol):
    """What is told of a model in a list: a `Model` has it, and so has an `Entry`."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def source(self) -> str: ...


@dataclass(frozen=True)
class Entry:
    """A model of the library: the head of its file."""

    name: str
    title: str
    source: str


def library_file(name: str) -> Path:
    """The file of a model of the library."""
    return Path(str(files(__package__) / "library" / f"{name}.toml"))


def library_names() -> tuple[str, ...]:
    """The names of the models that ship with the package, in alphabetical order."""
    folder = files(__package__) / "library"
    return tuple(sorted(item.name[:-5] for item in folder.iterdir() if item.name.endswith(".toml")))


def catalogue() -> tuple[Entry, ...]:
    """Every model that ships with the package, in alphabetical order."""
    return tuple(map(_entry, library_names()))


def _entry(name: str) -> Entry:
    data = tomllib.loads(library_file(name).read_text(encoding="utf-8"))
    return Entry(name, data.get("title") or name, data.get("source", ""))
