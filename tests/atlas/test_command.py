"""`bptt atlas` in its formats, and judged again."""

from __future__ import annotations

import json

import jsonschema
from click.testing import CliRunner

from symbolic_bptt.atlas import known_books
from symbolic_bptt.cli.app import bptt

FORMULAS = {formula.id for book in known_books() for formula in book.formulas}


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(bptt, arguments, standalone_mode=False)
    return result.return_value, result.output


def test_list_names_every_formula() -> None:
    _, shown = run("atlas")
    assert all(name in shown for name in FORMULAS)


def test_json_is_what_the_schema_promises() -> None:
    _, shown = run("atlas", "--format", "json")
    _, schema = run("schema", "atlas")
    result = json.loads(shown)
    jsonschema.validate(result, json.loads(schema))
    assert {formula["id"] for formula in result["formulas"]} == FORMULAS
    assert all(formula["given"] is None for formula in result["formulas"])


def test_check_fills_in_the_verdicts_given() -> None:
    status, shown = run("atlas", "--model", "elman-bias", "--check", "--format", "json")
    formulas = json.loads(shown)["formulas"]
    assert status == 0
    assert {formula["model"] for formula in formulas} == {"elman-bias"}
    assert all(formula["given"] == formula["verdict"] for formula in formulas)


def test_source_selects_books_and_entries() -> None:
    _, shown = run("atlas", "--source", "tallec", "--format", "json")
    names = {formula["id"] for formula in json.loads(shown)["formulas"]}
    assert names == {"uoro-unbiased", "uoro-same-sign"}


def test_nothing_found_is_a_usage_error() -> None:
    result = CliRunner().invoke(bptt, ["atlas", "--model", "nothing"])
    assert result.exit_code == 2
    assert "bptt atlas" in result.output


def test_formulas_stand_in_markdown_and_latex_as_they_are_written() -> None:
    for form in ("markdown", "latex"):
        _, shown = run("atlas", "--source", "wildml", "--format", form)
        assert r"\frac{\partial E}{\partial W} = \sum_t \frac{\partial E_t}{\partial W}" in shown
