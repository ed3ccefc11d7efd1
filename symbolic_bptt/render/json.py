"""Results as JSON. Fields are added, never renamed; `bptt schema` describes each output."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from ..checking.verdict import CheckedClaim, CheckReport
from ..derivation.result import Derivation, Partial
from ..model.catalogue import Titled
from ..model.model import Model
from ..notation.elaboration.choices import Choice
from ..notation.printer import latex, text
from ..notation.tree import Statement
from .description import equations, symbols

SCHEMA = 1

LAYOUT = "denominator for scalars"
"""The derivative of a scalar has the shape of what it is taken with respect to."""


def derivation(result: Derivation) -> str:
    """`bptt derive --format json`."""
    return _dumped(
        {
            "model": result.model.name,
            "T": result.count,
            "style": result.style,
            "layout": LAYOUT,
            "definitions": [
                {"symbol": latex(definition.operands[0]), **_formula(definition)}
                for definition in result.definitions
            ],
            "partials": [_partial(partial) for partial in result.partials],
            "assumptions": list(result.assumptions),
            "notes": list(result.notes),
        }
    )


def model(shown: Model, notes: Sequence[str] = ()) -> str:
    """`bptt show --format json`."""
    return _dumped(
        {
            "model": shown.name,
            "title": shown.title,
            "source": shown.source,
            "loss": shown.loss,
            "time": {
                "index": shown.time.index,
                "first": shown.time.first,
                "last_offset": shown.time.last_offset,
            },
            "equations": [_formula(equation) for equation in equations(shown)],
            "symbols": [
                {
                    "symbol": latex(row.symbol),
                    "text": text(row.symbol),
                    "role": row.role,
                    "shape": row.shape,
                    "constraint": row.constraint or None,
                }
                for row in symbols(shown)
            ],
            "functions": [
                {"name": each.name, "arguments": each.arguments, "default": each.default}
                for each in shown.functions.values()
            ],
            "notes": list(notes),
        }
    )


def library(models: Sequence[Titled]) -> str:
    """`bptt models --format json`."""
    entries = [{"name": each.name, "title": each.title, "source": each.source} for each in models]
    return _dumped({"models": entries})


def check(report: CheckReport) -> str:
    """`bptt check --format json`."""
    return _dumped(
        {
            "model": report.model,
            "T": list(report.lengths),
            "seed": report.seed,
            "degenerate": list(report.degenerate),
            "claims": [_claim(claim) for claim in report.claims],
            "summary": report.summary,
            "displays": asdict(report.displays),
            "unread": [asdict(one) for one in report.unread],
        }
    )


def _claim(claim: CheckedClaim) -> Mapping[str, object]:
    """The fields of the claim; evidence and counterexample only where there are any."""
    fields = asdict(claim)
    fields["choices"] = [choice(one) for one in claim.choices]
    if claim.evidence is not None:
        fields["evidence"]["every_T"] = claim.evidence.every_T
    return {name: _pruned(value) for name, value in fields.items() if value is not None}


def choice(one: Choice) -> dict[str, str]:
    """What was doubtful, how it was read, and in which text."""
    return {"kind": one.kind, "read": one.read, "text": one.text}


def _pruned(value: object) -> object:
    if isinstance(value, dict):
        return {name: _pruned(item) for name, item in value.items() if item is not None}
    return value


def _partial(partial: Partial) -> Mapping[str, object]:
    return {
        "of": latex(partial.derivative.of),
        "wrt": latex(partial.derivative.wrt),
        "shape": str(partial.shape),
        **_formula(partial.statement),
        "forms": [{"latex": latex(form), "text": text(form)} for form in partial.forms],
    }


def _formula(statement: Statement) -> dict[str, str]:
    return {"latex": latex(statement), "text": text(statement)}


def _dumped(content: Mapping[str, object]) -> str:
    return json.dumps({"schema": SCHEMA, **content}, ensure_ascii=False, indent=2) + "\n"
