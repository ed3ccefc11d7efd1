"""A derivation in words for a terminal: numbered steps, each with a hint, its rule, its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import fill

from ..checking.steps import confirm_steps
from ..derivation.requests import RequestError
from ..derivation.steps import Prose, Stage, Step, derivation_steps
from ..derivation.steps.rules import RULES
from ..model.model import Model
from ..notation.printer import text, text_claims
from ..notation.tree import Derivative, Symbol, walk
from .table import display_width

_WIDTH = 88


@dataclass(frozen=True)
class Numbered:
    """A step with the stage it belongs to."""

    stage: Stage
    step: Step


@dataclass(frozen=True)
class Explanation:
    """The steps that lead to a gradient, in order."""

    title: str
    steps: tuple[Numbered, ...]

    def hint(self, number: int) -> str:
        """The question that leads to a step, counted from 1."""
        item = self.steps[number - 1]
        return f"{self._head(number)}\n{_wrapped('hint: ' + RULES[item.step.rule].hint)}"

    def step(self, number: int, *, head: bool = True) -> str:
        """A step, counted from 1: what it is about, the rule, the reason, the statement."""
        step = self.steps[number - 1].step
        lines = [self._head(number)] if head else []
        lines.append(_wrapped(f"{step.rule}: {RULES[step.rule].says}."))
        if step.because:
            lines.append(_wrapped(prose(step.because)))
        first, *rest = text_claims(step.statement)
        under = "\n    " + " " * display_width(first)
        lines.append("\n    " + first + under.join(rest))
        return "\n".join(lines)

    def _head(self, number: int) -> str:
        title = prose(self.steps[number - 1].stage.title)
        return f"Step {number} of {len(self.steps)}. {title}"


def explain(model: Model, count: int = 3, wrt: str | None = None) -> Explanation:
    """All steps of a model's derivation, or those that the gradient by one parameter rests on.

    Raises `RequestError` for what is no parameter.
    """
    if wrt is not None and wrt not in model.parameters:
        known = ", ".join(model.parameters)
        raise RequestError(f"{wrt!r} is no parameter of {model.name}; there are {known}")
    steps = derivation_steps(model, count)
    confirm_steps(steps)
    found = [*_numbered(steps.stage("adjoints")), *_numbered(steps.stage("gradients"))]
    title = model.title or model.name
    if wrt is None:
        return Explanation(f"{title}: every gradient", tuple(found))
    wanted = _needed(found, wrt)
    kept = tuple(item for item in found if id(item) in wanted)
    return Explanation(f"{title}: the gradient with respect to {text(Symbol(wrt))}", kept)


def prose(parts: Prose) -> str:
    """Words with the formulas between them, in plain text."""
    return "".join(part if isinstance(part, str) else text(part) for part in parts)


def _wrapped(words: str) -> str:
    return fill(words, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False)


def _numbered(stage: Stage) -> Iterator[Numbered]:
    for part in stage.parts:
        if isinstance(part, Stage):
            yield from _numbered(part)
        else:
            yield Numbered(stage, part)


def _needed(found: list[Numbered], wrt: str) -> set[int]:
    """The steps of a gradient, and of every adjoint that these read, over and over."""
    wanted = {id(item) for item in found if item.stage.key == f"gradient of {wrt}"}
    while True:
        read = {name for item in found if id(item) in wanted for name in _read(item.step)}
        more = {id(item) for item in found if _defines(item) & read}
        if more <= wanted:
            return wanted
        wanted |= more


def _read(step: Step) -> Iterator[str]:
    """The names of the adjoints, and of the variables of derivatives, that a step rests on."""
    for node in walk(step.statement):
        match node:
            case Derivative(kind="partial", wrt=Symbol(name=name)) | Symbol(name=name):
                yield name
    for part in step.because:
        if isinstance(part, Symbol):
            yield part.name


def _defines(item: Numbered) -> set[str]:
    """The adjoint or the variable that a step of the backward pass is about."""
    left = item.step.statement.operands[0]
    if item.stage.key.startswith("gradient of"):
        return set()
    if item.stage.about is not None:
        return {item.stage.about.name}
    return {left.name} if isinstance(left, Symbol) else set()
