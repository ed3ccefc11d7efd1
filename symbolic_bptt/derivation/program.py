"""Straight-line programs: SymPy expressions as plain data that any domain can run.

A program is a list of instructions, each on earlier results; it can be written as JSON, and running
it needs no SymPy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from ..evaluation.domains.domain import Domain
from ..notation.functions import FUNCTIONS

FRACTION = re.compile(r"-?[0-9]+(/[0-9]*[1-9][0-9]*)?")
LARGEST_EXPONENT = 10_000
ELEMENTWISE = {name: f.arguments for name, f in FUNCTIONS.items() if f.elementwise} | {
    "step": (1, 1)
}

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


def from_json(data: Any, inputs: int, functions: Mapping[str, int]) -> Program:
    """The program of so many inputs that `to_json` wrote. Raises `ValueError` for anything else.

    `functions` are those that the language does not have, with their numbers of arguments.
    """
    counts = {name: (count, count) for name, count in functions.items()} | ELEMENTWISE
    try:
        instructions = tuple(_instruction(row) for row in data["instructions"])
        program = Program(instructions, whole_numbers(data["outputs"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not a program: {error}") from None
    for position, step in enumerate(instructions):
        earlier = all(0 <= argument < position for argument in step.arguments)
        if not earlier or not _is_one(step, inputs, counts):
            raise ValueError(f"instruction {position} is not one")
    if not all(0 <= output < len(instructions) for output in program.outputs):
        raise ValueError("an output that no instruction computes")
    used = {*program.outputs, *(argument for step in instructions for argument in step.arguments)}
    if len(used) < len(instructions):
        raise ValueError("an instruction that nothing uses")
    return program


def _instruction(row: Any) -> Instruction:
    op, arguments, exponent, value, function, orders = row
    [power] = whole_numbers([exponent])
    return Instruction(
        op, whole_numbers(arguments), power, _rational(value), function, whole_numbers(orders)
    )


def _is_one(step: Instruction, inputs: int, counts: Mapping[str, tuple[int, int]]) -> bool:
    """Whether an instruction does something, on as many arguments as it takes."""
    count = len(step.arguments)
    match step.op:
        case "input":
            return count == 0 and 0 <= step.exponent < inputs
        case "number":
            return count == 0
        case "add" | "mul":
            return count > 0
        case "pow":
            return count == 1 and abs(step.exponent) <= LARGEST_EXPONENT
        case "call":
            fewest, most = counts.get(step.function, (1, 0))
            fits = fewest <= count <= most and len(step.orders) == count
            return fits and min(step.orders) >= 0
    return False


def whole_numbers(values: Any) -> tuple[int, ...]:
    """Whole numbers of ordinary size. Raises `ValueError`, or `TypeError` for no list."""
    if not all(type(value) is int and abs(value) < 2**31 for value in values):
        raise ValueError("something else than small whole numbers")
    return tuple(values)


def _rational(text: Any) -> Fraction:
    """A fraction as `str` writes it, of ordinary length."""
    if not isinstance(text, str) or len(text) > 200 or not FRACTION.fullmatch(text):
        raise ValueError("not a fraction")
    return Fraction(text)
