"""A recurrent model as data: declarations, equations in order of computation, and a time axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..notation.sizes import Shape
from ..notation.tree import Expr, Layout

Role = Literal["parameter", "input", "initial", "defined"]
Constraint = Literal["one-hot", "sums to one"]


@dataclass(frozen=True)
class Declaration:
    """One name of the model.

    `timed`: it has a value at every step (`layout` says how the step is written).
    `zero`: an initial state that the source sets to zero.
    """

    name: str
    role: Role
    shape: Shape
    timed: bool = False
    layout: Layout = "sub"
    constraint: Constraint | None = None
    zero: bool = False


@dataclass(frozen=True)
class Equation:
    """target = body. `timed`: at every step t of the axis; else once, or at the literal `step`.

    In the body of a timed equation the step is the symbol of the time index.
    """

    target: str
    body: Expr
    timed: bool
    step: Expr | None
    latex: str
    shape: Shape


@dataclass(frozen=True)
class InitialState:
    """The value of a state outside the axis: s_0, or s_{-1} where counting starts at 0.

    With `from_last`, `step` counts from T, as in g_{T+1} for a recurrence that runs backwards.
    """

    name: str
    step: int
    shape: Shape
    zero: bool = False
    from_last: bool = False

    def at(self, time: TimeAxis, count: int) -> int:
        """The step it stands for when there are `count` steps."""
        return self.step + (time.letter_T(count) if self.from_last else 0)


@dataclass(frozen=True)
class UndeterminedFunction:
    """A differentiable function that the model leaves open, and what numbers use by default."""

    name: str
    arguments: int = 1
    default: str | None = None


@dataclass(frozen=True)
class TimeAxis:
    """Steps first, …, last, where last = T + last_offset.

    `count`, everywhere in the package, is the number of steps (the option -T); what the letter T
    stands for in a formula follows from it. `letter` is what formulas write for T.
    """

    index: str = "t"
    first: int = 1
    last_offset: int = 0
    letter: str = "T"

    def last(self, count: int) -> int:
        """The last step of `count` steps."""
        return self.first + count - 1

    def letter_T(self, count: int) -> int:
        """What T stands for in a formula: last − last_offset."""
        return self.last(count) - self.last_offset

    def has(self, step: int, *, from_last: bool = False) -> bool:
        """Whether it is a step where there are enough: 1, 2, … if first is 1, and T, T-1, …."""
        return step <= self.last_offset if from_last else step >= self.first

    def steps(self, count: int) -> range:
        """All steps, in order."""
        return range(self.first, self.last(count) + 1)


@dataclass(frozen=True)
class Model:
    """A checked model: every symbol is defined once, every shape fits, and the loss is a scalar.

    `equations` are ordered so that within one step each comes after what it reads at that step.
    `settled` says what stands for functions that were left open: f is tanh.
    `formulas` is the text of the formula file that ships with the model, empty if none does.
    `declarations` is keyed by (name, timed), since E and E_t are two symbols.
    `literal_length` is the fixed number of steps of a model that is written out step by step
    (no equation carries the time index), else None.
    """

    name: str
    title: str
    source: str
    loss: str
    time: TimeAxis
    declarations: Mapping[tuple[str, bool], Declaration]
    equations: tuple[Equation, ...]
    parameters: tuple[str, ...]
    inputs: tuple[str, ...]
    initial: tuple[InitialState, ...]
    functions: Mapping[str, UndeterminedFunction]
    sizes: tuple[str, ...]
    text: str = ""
    formulas: str = ""
    literal_length: int | None = None
    settled: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Every name, without its steps."""
        return frozenset(
            (*(name for name, _ in self.declarations), *(s.name for s in self.initial))
        )

    def _repr_latex_(self) -> str:
        from ..render.notebook import equations_of

        return equations_of(self)
