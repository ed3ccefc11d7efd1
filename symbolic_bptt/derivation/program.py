"""Straight-line programs: SymPy expressions as plain data that any domain can run.

A program is a list of instructions, each on earlier results; it can be written as JSON, and running
it needs no SymPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from ..evaluation.domains.domain import Domain

Op = Literal["input", "number", "add", "mul", "pow", "call"]


@dataclass(frozen=True)
class Instruction:
    """One operation. `arguments` are numbers of earlier instructions.

    input: `exponent` is its position. number: `value`. pow: arguments[0] to the whole `exponent`.
    call: `function` with derivative `orders`.
    """

    op: Op
    arguments: tuple[int, ...] = ()
    exponent: int = 0
    value: Fraction = Fraction(0)
    function: str = ""
    orders: tuple[int, ...] = ()


@dataclass(frozen=True)
class Program:
    """`outputs` are the instructions whose results are wanted, in order."""

    instructions: tuple[Instruction, ...]
    outputs: tuple[int, ...]


def run(program: Program, domain: Domain, inputs: Sequence[Any]) -> list[Any]:
    """The outputs at these inputs: elements of the domain, or NumPy arrays of float64 ones."""
    results: list[Any] = []
    for step in program.instructions:
        match step.op:
            case "input":
                result = inputs[step.exponent]
            case "mul":
                result = results[step.arguments[0]]
                for argument in step.arguments[1:]:
                    result = result * results[argument]
            case "add":
                result = results[step.arguments[0]]
                for argument in step.arguments[1:]:
                    result = result + results[argument]
            case "pow":
                result = results[step.arguments[0]] ** step.exponent
            case "call":
                values = [results[argument] for argument in step.arguments]
                result = domain.call(step.function, step.orders, *values)
            case "number":
                result = domain.number(step.value)
        results.append(result)
    return [results[output] for output in program.outputs]


def to_json(program: Program) -> dict[str, Any]:
    """The program as lists, strings and whole numbers."""
    rows = [
        [i.op, list(i.arguments), i.exponent, str(i.value), i.function, list(i.orders)]
        for i in program.instructions
    ]
    return {"instructions": rows, "outputs": list(program.outputs)}


def from_json(data: Any) -> Program:
    """The program written by `to_json`. Raises `ValueError` for anything else."""
    try:
        instructions = tuple(
            Instruction(
                op,
                _whole(arguments),
                _whole([exponent])[0],
                _rational(value),
                function,
                _whole(orders),
            )
            for op, arguments, exponent, value, function, orders in data["instructions"]
        )
        program = Program(instructions, _whole(data["outputs"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not a program: {error}") from None
    for position, step in enumerate(instructions):
        known = step.op in ("input", "number", "add", "mul", "pow", "call")
        if (
            not known
            or not isinstance(step.function, str)
            or not all(0 <= argument < position for argument in step.arguments)
        ):
            raise ValueError(f"instruction {position} is not one")
    if not all(0 <= output < len(instructions) for output in program.outputs):
        raise ValueError("an output that no instruction computes")
    return program


def _whole(values: Any) -> tuple[int, ...]:
    """Whole numbers of ordinary size."""
    if not all(type(value) is int and abs(value) < 2**31 for value in values):
        raise ValueError("something else than small whole numbers")
    return tuple(values)


def _rational(text: Any) -> Fraction:
    """A fraction as `str` writes it, of ordinary length."""
    if not isinstance(text, str) or len(text) > 200 or "e" in text.lower():
        raise ValueError("not a fraction")
    return Fraction(text)
