"""What --format json prints is what `bptt schema` promises."""

from __future__ import annotations

import json

import jsonschema
import pytest

from symbolic_bptt import library_names
from symbolic_bptt.cli.commands.schema import SCHEMAS

# The example of an output that the specification of `check` gives.
CHECKED = {
    "schema": 1,
    "model": "elman",
    "T": [3, 4],
    "seed": 0,
    "degenerate": [],
    "claims": [
        {
            "file": "answer.tex",
            "line": 12,
            "column": 1,
            "latex": "…",
            "lhs": "…",
            "rhs": "…",
            "verdict": "holds",
            "reading": ["total"],
            "assumptions": ["y_t sums to one"],
            "evidence": {
                "kind": "exact",
                "error_bound_log2": -118,
                "instances": [{"T": 3, "sizes": {"n": 3, "m": 2, "K": 4}}],
            },
            "message": "…",
            "diagnosis": [],
            "choices": [{"kind": "slash", "read": "narrow", "text": "1/T E"}],
            "link": 2,
            "span": [210, 254],
        },
        {
            "verdict": "fails",
            "counterexample": {"T": 3, "at": "entry (1,2)", "lhs": 0.31, "rhs": 0.87},
            "diagnosis": [{"kind": "missing-path", "message": "…", "path": ["E_3", "s_3", "W"]}],
        },
    ],
    "summary": {"holds": 1, "fails": 1, "ill-shaped": 0, "undecided": 0, "definition": 0},
    "displays": {"found": 41, "read": 38, "about_the_model": 30},
    "unread": [{"file": "answer.tex", "line": 40, "text": "…", "why": "…"}],
}


def promised(bptt, command: str) -> jsonschema.Draft202012Validator:
    schema = json.loads(bptt("schema", command).out)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("command", SCHEMAS)
def test_it_is_a_schema_that_an_empty_object_does_not_fulfil(bptt, command: str) -> None:
    assert not promised(bptt, command).is_valid({})


# A vector model with one output a step, a scalar one with an open function, and a degenerate one.
@pytest.mark.parametrize("model", ["elman", "scalar-additive", "scalar-literal"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("show",),
        ("derive", "-T", "2"),
        ("derive", "--style", "general"),
        ("derive", "-T", "1", "--style", "entries"),
        ("verify", "-T", "3"),
    ],
    ids=" ".join,
)
def test_output_for_one_model(bptt, model: str, arguments: tuple[str, ...]) -> None:
    outcome = bptt(*arguments, model, "--format", "json")
    assert outcome.status in (0, 1, 3), outcome.err
    result = json.loads(outcome.out)
    promised(bptt, arguments[0]).validate(result)
    assert model in json.dumps(result)


def test_list_of_models(bptt) -> None:
    result = json.loads(bptt("models", "--format", "json").out)
    promised(bptt, "models").validate(result)
    assert [model["name"] for model in result["models"]] == list(library_names())


def test_documented_example_of_check(bptt) -> None:
    promised(bptt, "check").validate(CHECKED)
