"""Every step of a derivation: confirmed before it is shown, checked as that of any author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..derivation.steps import Step, Steps, every_step
from ..notation.tree import Statement
from .claims import judge
from .comparison import Claim
from .definitions import Definitions, as_definition
from .laboratory import Laboratory, close_laboratory, open_laboratory
from .layouts import from_denominator_layout
from .letters import claimed_ranges
from .reports import VERDICT_OF
from .verdict import Instance, Verdict
from .witness import MORE_STEPS, Witness


@dataclass(frozen=True)
class CheckedStep:
    """A step with the verdicts on its relations, in order; the first of a definition is one."""

    step: Step
    verdicts: tuple[Verdict, ...]
    instances: tuple[Instance, ...] = ()
    error_bound_log2: int | None = None

    @property
    def holds(self) -> bool:
        """Whether no relation of it is anything but true."""
        return all(verdict in ("holds", "definition") for verdict in self.verdicts)


def confirm_steps(steps: Steps, seed: int = 0) -> None:
    """Every relation of every step evaluated. Raises `UnconfirmedError`, `UnrollError`."""
    laboratory = open_laboratory(steps.model, seed)
    witness = Witness(laboratory)
    for step in every_step(steps):
        statement = _meant(step, steps)
        if step.rule == "definition":
            witness.define(statement)
        count = steps.model.literal_length or step.count
        witness.confirm(statement, laboratory.instance(count or steps.fewest + MORE_STEPS))
    close_laboratory(laboratory)


def check_steps(steps: Steps, seed: int = 0) -> tuple[CheckedStep, ...]:
    """A verdict for each relation of each step, at two lengths."""
    laboratory = Laboratory(steps.model, seed)
    definitions = Definitions()
    return tuple(
        _checked(step, _meant(step, steps), laboratory, definitions) for step in every_step(steps)
    )


def _meant(step: Step, steps: Steps) -> Statement:
    """What a step says, in numerator layout."""
    if steps.manner.layout == "denominator":
        return from_denominator_layout(step.statement, steps.model)
    return step.statement


def _checked(
    step: Step, statement: Statement, laboratory: Laboratory, definitions: Definitions
) -> CheckedStep:
    verdicts: list[Verdict] = []
    bounds: list[int] = []
    instances: dict[str, Instance] = {}
    lengths = () if step.count is None else (step.count,)
    for position, claim in enumerate(_claims(statement, laboratory, definitions)):
        if position == 0 and step.rule == "definition" and _define(statement, definitions):
            verdicts.append("definition")
            continue
        judged = judge(laboratory, definitions, claim, only=lengths)
        verdicts.append(VERDICT_OF[judged.finding.outcome])
        instances |= {repr(one): one for one in judged.instances}
        if judged.finding.bound is not None:
            bounds.append(judged.finding.bound)
    weakest = max(bounds, default=None)
    return CheckedStep(step, tuple(verdicts), tuple(instances.values()), weakest)


def _define(statement: Statement, definitions: Definitions) -> bool:
    left, right = statement.operands[:2]
    made = as_definition(left, right, statement.ranges, 0)
    if made is None:
        return False
    definitions.add(made)
    return True


def _claims(
    statement: Statement, laboratory: Laboratory, definitions: Definitions
) -> Iterator[Claim]:
    model = laboratory.model
    known = frozenset({*model.names, *definitions.by_name})
    numbers = frozenset({"T", *model.sizes})
    pairs = zip(statement.operands, statement.operators, statement.operands[1:], strict=False)
    for left, op, right in pairs:
        one = Statement((left, right), (op,), statement.ranges)
        yield Claim(left, op, right, claimed_ranges(one, numbers, known, model.time.index))


def failing(checked: Iterable[CheckedStep]) -> tuple[CheckedStep, ...]:
    """The steps that do not hold."""
    return tuple(one for one in checked if not one.holds)
