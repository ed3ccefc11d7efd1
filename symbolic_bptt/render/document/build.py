"""The document of a model: what is said, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import count as counting

from ... import __version__
from ...checking.degenerate import degenerate_parameters
from ...checking.laboratory import Laboratory
from ...checking.steps import CheckedStep, check_steps, confirm_steps, failing
from ...checking.verification import Verification, verify
from ...derivation.steps import Manner, Stage, Step, Steps, derivation_steps
from ...model.model import Model
from ...notation.tree import (
    Add,
    Derivative,
    Entry,
    Expr,
    Neg,
    Number,
    Range,
    Statement,
    Symbol,
)
from ..description import equations, symbols
from ..notations import Notation, bold_names, renamed_model, restyled
from . import sentences as say
from .evidence import evidence_blocks, listed, steps_in_words
from .structure import (
    Block,
    Derived,
    Document,
    Equations,
    Figure,
    Inline,
    Paragraph,
    PartName,
    Reference,
    Section,
    Table,
    Text,
)

PARTS: tuple[PartName, ...] = (
    "model",
    "graph",
    "forward",
    "local",
    "adjoint",
    "gradients",
    "expansion",
    "check",
    "citation",
)

_ROLES = {
    "parameter": "parameter",
    "input": "given",
    "initial": "initial state",
    "defined": "computed",
}


def build_document(
    model: Model,
    count: int = 3,
    seed: int = 0,
    parts: tuple[str, ...] = (),
    command: str = "",
    notation: Notation | None = None,
) -> Document:
    """The derivation of every gradient of a model, each step of it checked.

    `parts` picks sections; what is not asked for is not computed where it can be left out.
    Raises `NoRuleError` where the derivative cannot be written in matrix notation.
    """
    notation = notation or Notation()
    model = renamed_model(model, notation)
    manner = Manner(notation.layout, inner=notation.adjoint == "pre-activations")
    steps = restyled(derivation_steps(model, count, manner), notation)
    confirm_steps(steps, seed)
    wanted = parts or PARTS
    checked = check_steps(steps, seed) if "check" in wanted else ()
    verification = verify(model, T=steps.count, seed=seed) if "check" in wanted else None
    builder = _Builder(model, steps, seed, checked, verification, notation.layout)
    made = [builder.section(key) for key in PARTS if key in wanted]
    made[:1] = [replace(made[0], blocks=(*_degenerate(model, seed), *made[0].blocks))]
    command = command or f"bptt export {model.name} -T {steps.count}"
    title: Text = ("Backpropagation through time: ", model.title or model.name)
    return Document(
        model,
        steps.count,
        seed,
        title,
        tuple(made),
        command,
        __version__,
        len(failing(checked)),
        notation.transpose,
        bold_names(model, steps.adjoints, notation),
    )


def _degenerate(model: Model, seed: int) -> Iterator[Block]:
    """The warning that stands before everything else, if a gradient is zero identically."""
    names = degenerate_parameters(Laboratory(model, seed))
    if names:
        parameters = listed([Symbol(name) for name in names])
        loss = Symbol(model.loss)
        yield Paragraph(("degenerate: ", loss, " does not depend on ", *parameters), "warning")


class _Builder:
    """Writes one section after the other; labels are numbered as they are given out."""

    def __init__(
        self,
        model: Model,
        steps: Steps,
        seed: int,
        checked: tuple[CheckedStep, ...],
        verification: Verification | None,
        layout: str,
    ) -> None:
        self.model = model
        self.steps = steps
        self.seed = seed
        self.checked = checked
        self.verification = verification
        self.layout = layout
        self._numbers = {key: counting(1) for key in PARTS}

    def section(self, key: PartName) -> Section:
        """The section of that name."""
        titles: dict[PartName, Text] = {
            "model": ("The model",),
            "graph": ("The unrolled graph",),
            "forward": ("Forward equations",),
            "local": ("Local derivatives",),
            "adjoint": ("The backward recurrence",),
            "gradients": ("Gradients of the parameters",),
            "expansion": (f"Written out for {steps_in_words(self.steps.count)}",),
            "check": ("What was checked",),
            "citation": ("Sources",),
        }
        blocks = {
            "model": self._model,
            "graph": self._graph,
            "forward": self._forward,
            "local": self._local,
            "adjoint": self._adjoint,
            "gradients": self._gradients,
            "expansion": self._expansion,
            "check": self._check,
            "citation": self._citation,
        }
        return Section(key, titles[key], tuple(blocks[key]()))

    def _labels(self, key: PartName, number: int) -> tuple[str, ...]:
        taken = self._numbers[key]
        return tuple(f"eq:{self.model.name}:{key}:{next(taken)}" for _ in range(number))

    def _equations(self, key: PartName, shown: tuple[Statement, ...]) -> Equations:
        return Equations(shown, self._labels(key, len(shown)))

    def _model(self) -> Iterator[Block]:
        label = f"tab:{self.model.name}:symbols"
        parameters = listed([Symbol(name) for name in self.model.parameters])
        yield Paragraph(
            (
                f"{self.model.title or self.model.name}. ",
                *_axis_words(self.model),
                " The loss ",
                Symbol(self.model.loss),
                ", a scalar, is differentiated with respect to ",
                *parameters,
                ". ",
                Reference("table", label),
                say.SYMBOLS,
            )
        )
        caption: Text = ("The symbols of the model.",)
        yield Table(("symbols", "what they are", "shape"), _symbol_rows(self.model), caption, label)
        for function in self.model.functions.values():
            default = say.DEFAULT.format(default=function.default) if function.default else ""
            yield Paragraph((Symbol(function.name), say.FUNCTION, default, "."))

    def _graph(self) -> Iterator[Block]:
        label = f"fig:{self.model.name}:graph"
        shown = say.GRAPH.format(steps=steps_in_words(self.steps.count))
        yield Paragraph((Reference("figure", label), shown))
        yield Figure(self.model, self.steps.count, (say.GRAPH_CAPTION,), label)

    def _forward(self) -> Iterator[Block]:
        stepwise = self.model.literal_length is not None
        at: Text = ("Step by step,",) if stepwise else ("At every step ", *_axis(self.model), ",")
        yield Paragraph(at)
        yield self._equations("forward", equations(self.model))

    def _local(self) -> Iterator[Block]:
        a, b = _unused(self.model)
        i, j = Symbol("i"), Symbol("j")
        entry = Derivative("partial", Entry(a, (i,)), Entry(b, (j,)))
        row, column = (i, j) if self.layout == "numerator" else (j, i)
        yield Paragraph(
            (
                Derivative("immediate", a, b),
                say.LOCAL,
                a,
                say.LOCAL_ALONE,
                *(entry, say.LOCAL_IN_ROW, row, say.LOCAL_AND_COLUMN, column, say.LOCAL_SHAPES),
            )
        )
        shown = tuple(_statements(self.steps.stage("local")))
        if shown:
            yield self._equations("local", shown)

    def _adjoint(self) -> Iterator[Block]:
        yield from self._assumptions()
        stages = self.steps.stage("adjoints").parts
        if not stages:
            yield Paragraph((say.NOTHING,))
        for stage in stages:
            assert isinstance(stage, Stage)
            inner = tuple(step for step in stage.parts if isinstance(step, Step))
            title: Text = stage.title
            yield Derived(title, inner, self._labels("adjoint", len(inner)))

    def _assumptions(self) -> Iterator[Block]:
        words: list[Inline] = []
        for one in self.steps.assumptions:
            words += [" and " if words else "Throughout, ", *one]
        if words:
            yield Paragraph((*words, "."))

    def _gradients(self) -> Iterator[Block]:
        yield Paragraph((say.GRADIENTS,))
        for stage in self.steps.stage("gradients").parts:
            assert isinstance(stage, Stage)
            inner = tuple(step for step in stage.parts if isinstance(step, Step))
            yield Derived(stage.title, inner, self._labels("gradients", len(inner)), told=False)

    def _expansion(self) -> Iterator[Block]:
        shown = tuple(_statements(self.steps.stage("expansion")))
        if not shown:
            yield Paragraph((say.NOTHING,))
            return
        yield Paragraph((say.EXPANSION.format(steps=steps_in_words(self.steps.count)),))
        yield self._equations("expansion", shown)

    def _check(self) -> Iterator[Block]:
        assert self.verification is not None
        yield from evidence_blocks(self.model, self.checked, self.verification)

    def _citation(self) -> Iterator[Block]:
        if self.model.source:
            yield Paragraph((f"Model: {self.model.source}.",))
        yield Paragraph((say.MADE_BY.format(version=__version__),))


def _statements(stage: Stage) -> Iterator[Statement]:
    for part in stage.parts:
        if isinstance(part, Step):
            yield part.statement


def _unused(model: Model) -> tuple[Symbol, Symbol]:
    """Two letters that mean nothing in the model."""
    taken = {name for name, _ in model.declarations} | set(model.sizes)
    free = [letter for letter in "pqabuvgrmkcdefhw" if letter not in taken]
    return Symbol(free[0]), Symbol(free[1])


def _axis(model: Model) -> Text:
    """t = 1, …, T as a formula."""
    time = model.time
    last: Expr = Symbol("T")
    if time.last_offset:
        offset = Number(Fraction(abs(time.last_offset)))
        last = Add((last, offset if time.last_offset > 0 else Neg(offset)))
    return (Range(time.index, Number(Fraction(time.first)), last),)


def _axis_words(model: Model) -> Text:
    if model.literal_length is not None:
        return (f"It is written out for {steps_in_words(model.literal_length)}.",)
    return ("The steps are ", *_axis(model), ".")


def _symbol_rows(model: Model) -> tuple[tuple[Text, ...], ...]:
    """One row for all symbols that are the same kind of thing."""
    rows: dict[tuple[str, str, str], list[Symbol]] = {}
    for row in symbols(model):
        rows.setdefault((row.role, row.constraint, row.shape), []).append(row.symbol)
    return tuple(
        (
            listed(found),
            (", ".join(filter(None, (_ROLES[role], constraint))),),
            (_shape(model, found[0]),),
        )
        for (role, constraint, _), found in rows.items()
    )


def _shape(model: Model, symbol: Symbol) -> Inline:
    timed = bool(symbol.indices)
    for slot in ((symbol.name, timed), (symbol.name, False)):
        if slot in model.declarations:
            return model.declarations[slot].shape
    return next(state.shape for state in model.initial if state.name == symbol.name)
