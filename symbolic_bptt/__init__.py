"""Backpropagation through time, derived symbolically and verified.

    >>> from symbolic_bptt import derive, load_model
    >>> elman = load_model("elman")
    >>> [partial.derivative.variable.name for partial in derive(elman, T=3).partials]
    ['U', 'W', 'V']

The names below are loaded on first use: importing the package itself imports no SymPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .checking.check import check_files as check_files
    from .checking.check import check_text as check_text
    from .checking.printed import derive as derive
    from .checking.verdict import CheckReport as CheckReport
    from .checking.verification import verify as verify
    from .derivation.result import Derivation as Derivation
    from .model import Model as Model
    from .model import ModelError as ModelError
    from .model import library_names as library_names
    from .model import load_model as load_model
    from .notation.errors import NotationError as NotationError
    from .render.graph.draw import graph as graph

__version__ = "0.1.0"

_HOMES = {
    "CheckReport": "checking.verdict",
    "Derivation": "derivation.result",
    "Model": "model",
    "ModelError": "model",
    "NotationError": "notation.errors",
    "check_files": "checking.check",
    "check_text": "checking.check",
    "derive": "checking.printed",
    "graph": "render.graph.draw",
    "library_names": "model",
    "load_model": "model",
    "verify": "checking.verification",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> object:
    """The public name, from the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
