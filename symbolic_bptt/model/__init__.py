"""Recurrent models as data: the `Model`, its TOML loader, and a library of models, one a file.

The loader is imported on first use: a list of the library needs no reader of formulas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .catalogue import catalogue, library_names
from .errors import ModelError
from .model import Model
from .settle import settle

if TYPE_CHECKING:
    from .loader import load_model as load_model

__all__ = ["Model", "ModelError", "catalogue", "library_names", "load_model", "settle"]


def __getattr__(name: str) -> object:
    """`load_model`, from the module that defines it."""
    if name != "load_model":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .loader import load_model

    globals()[name] = load_model
    return load_model
