"""From SymPy expressions to a program: each distinct subexpression is one instruction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy

from ..evaluation.domains.symbolic import NAMES, Atom, Exp, SoftmaxEntry
from .program import Instruction, Program


def compile_expressions(
    expressions: Sequence[Any], inputs: Mapping[Any, int], named: Mapping[Any, Any]
) -> Program:
    """The program of the expressions; `inputs` gives each symbol its position.

    `named` are further symbols with the expressions they stand for.

    Raises `TypeError` for a SymPy function that the language does not have.
    """
    builder = _Builder(inputs, named)
    outputs = tuple(builder.add(expression) for expression in expressions)
    return Program(tuple(builder.instructions), outputs)


class _Builder:
    def __init__(self, inputs: Mapping[Any, int], named: Mapping[Any, Any]) -> None:
        self.inputs, self.named = inputs, named
        self.instructions: list[Instruction] = []
        self.known: dict[Any, int] = {}

    def add(self, expression: Any) -> int:
        """The number of the instruction that computes the expression."""
        if expression in self.named:
            return self.add(self.named[expression])
        if expression not in self.known:
            instruction = self._instruction(expression)
            self.instructions.append(instruction)
            self.known[expression] = len(self.instructions) - 1
        return self.known[expression]

    def _instruction(self, expression: Any) -> Instruction:
        if expression.is_Symbol:
            return Instruction("input", exponent=self.inputs[expression])
        if expression.is_Rational:
            return Instruction("number", value=Fraction(int(expression.p), int(expression.q)))
        if expression.is_Add or expression.is_Mul:
            arguments = tuple(self.add(argument) for argument in expression.args)
            return Instruction("add" if expression.is_Add else "mul", arguments)
        if expression.is_Pow:
            return self._power(*expression.args)
        if isinstance(expression, SoftmaxEntry):
            return self._softmax(*expression.args)
        if isinstance(expression, sympy.Function):
            arguments = tuple(self.add(argument) for argument in expression.args)
            name, orders = function_of(expression)
            return Instruction("call", arguments, function=name, orders=orders)
        raise TypeError(f"no instruction for {type(expression).__name__}")

    def _softmax(self, entry: Any, *arguments: Any) -> Instruction:
        exponentials = [Exp(argument) for argument in arguments]
        whole = sympy.Pow(sympy.Add(*exponentials), -1)
        return Instruction("mul", (self.add(exponentials[int(entry) - 1]), self.add(whole)))

    def _power(self, base: Any, exponent: Any) -> Instruction:
        if exponent.is_Integer:
            return Instruction("pow", (self.add(base),), int(exponent))
        if exponent.is_Rational and exponent.q == 2:
            root = Instruction("call", (self.add(base),), function="sqrt", orders=(0,))
            if exponent.p == 1:
                return root
            return Instruction("pow", (self.add(sympy.sqrt(base)),), int(exponent.p))
        log = Instruction("call", (self.add(base),), function="log", orders=(0,))
        self.instructions.append(log)
        scaled = Instruction("mul", (len(self.instructions) - 1, self.add(exponent)))
        self.instructions.append(scaled)
        last = len(self.instructions) - 1
        return Instruction("call", (last,), function="exp", orders=(0,))


def function_of(expression: Any) -> tuple[str, tuple[int, ...]]:
    """The name in the language, and the derivative orders, of a SymPy function application."""
    if isinstance(expression, Atom):
        return expression.key, expression.orders
    name = NAMES.get(expression.func)
    if name is None:
        raise TypeError(f"no function of the language is {expression.func}")
    return name, (0,) * len(expression.args)
