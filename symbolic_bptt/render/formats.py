"""Each result in each format: literal tables from a format to the function that writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from ..checking.verdict import CheckReport
from ..derivation.result import Derivation
from ..model.catalogue import Titled
from ..model.model import Model
from . import json, latex, markdown, text, verification

if TYPE_CHECKING:
    from ..checking.verification import Verification

Format = Literal["text", "latex", "markdown", "json"]

_DERIVATION: Mapping[Format, Callable[[Derivation], str]] = {
    "text": text.derivation,
    "latex": latex.derivation,
    "markdown": markdown.derivation,
    "json": json.derivation,
}

_MODEL: Mapping[Format, Callable[[Model, Sequence[str]], str]] = {
    "text": text.model,
    "latex": latex.model,
    "markdown": markdown.model,
    "json": json.model,
}

_LIBRARY: Mapping[Format, Callable[[Sequence[Titled]], str]] = {
    "text": text.library,
    "latex": latex.library,
    "markdown": markdown.library,
    "json": json.library,
}

_CHECK: Mapping[Format, Callable[[CheckReport], str]] = {
    "text": text.check,
    "latex": latex.check,
    "markdown": markdown.check,
    "json": json.check,
}

_VERIFICATIONS: Mapping[Format, Callable[[Sequence[Verification]], str]] = {
    "text": verification.text,
    "latex": verification.latex,
    "markdown": verification.markdown,
    "json": verification.as_json,
}


def render_derivation(derivation: Derivation, format: Format = "text") -> str:  # noqa: A002
    """Every partial derivative with the definitions, assumptions and warnings it needs."""
    return _DERIVATION[format](derivation)


def render_model(model: Model, format: Format = "text", notes: Sequence[str] = ()) -> str:  # noqa: A002
    """Equations, symbols and shapes; `notes` are warnings, such as that the model is degenerate."""
    return _MODEL[format](model, notes)


def render_library(models: Sequence[Titled], format: Format = "text") -> str:  # noqa: A002
    """Names and titles."""
    return _LIBRARY[format](models)


def render_check(report: CheckReport, format: Format = "text") -> str:  # noqa: A002
    """Every claim of the checked files with its verdict and reasons."""
    return _CHECK[format](report)


def render_verifications(results: Sequence[Verification], format: Format = "text") -> str:  # noqa: A002
    """A table a model, one row a parameter."""
    return _VERIFICATIONS[format](results)
