"""Rule R: a recursion of the file that is the derivative of the loss by a quantity of each step.

δ_t = F_t(δ_{t+1}, …) is given a partner p_t: ± ∂E/∂v_t for a node v of the model, or
± f′(a) ⊙ ∂E/∂v_t where v_t = f(a), the derivative by the argument a; or the transpose of one. It is
found by value. The obligation is F_t(p_{t+1}, …) = p_t, wherever δ_t is defined: in each window δ
is p at all other steps, and its own definition is evaluated at the one looked at. Then δ_t = p_t at
every step of every word, by induction along the evaluation of δ, which ends: a recursion that did
not would have no dimension. Definitions that say more near the ends (δ_T = …) are met by the
windows there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...evaluation.errors import EvaluationError, OutOfRange
from ...evaluation.evaluator import evaluate
from ...evaluation.value import Value
from ...model.model import Equation
from ...model.steps import LinearStep, step_expr
from ...notation.functions import FUNCTIONS
from ...notation.tree import Call, Derivative, Expr, Operation, Symbol
from ..decide import Trial
from ..definitions import Definition, Definitions
from ..environment import ClaimEnvironment
from ..verdict import Instance
from .bench import Scene
from .errors import NotSettled
from .gathered import put, step

LETTER = "partner's step"


@dataclass(frozen=True)
class Partner:
    """sign · expr, perhaps transposed, at the step `LETTER`."""

    expr: Expr
    sign: int = 1
    transposed: bool = False

    def at(self, environment: ClaimEnvironment, step_: int) -> Value:
        """Its value at a step. Raises an `EvaluationError`."""
        expr = put(self.expr, LETTER, step(step_))
        found = evaluate(expr, environment).array
        found = found if self.sign > 0 else -found
        return Value(found.T if self.transposed else found)

    def value(self, scene: Scene, step_: int) -> Value | None:
        """Its value in a window, computed once; None where it does not exist."""
        known = scene.placed.known
        if (self, step_) not in known:
            try:
                known[self, step_] = self.at(scene.environment, step_)
            except OutOfRange:
                known[self, step_] = None
        found = known[self, step_]
        assert found is None or isinstance(found, Value)
        return found


Partners = Mapping[str, Partner]


def partners(trial: Trial, reached: Sequence[Definition], instance: Instance) -> Partners:
    """A partner for every recursion that is reached. Raises `NotSettled` for one that has none."""
    names = dict.fromkeys(one.symbol.name for one in reached)
    recursive = [name for name in names if trial.definitions.recursion(name)]
    if not recursive:
        return {}
    at = trial.laboratory.field_point(instance)
    environment = trial.environment(at)
    steps = at.graph.steps[:2]
    candidates = [
        Partner(expr, sign, transposed)
        for expr in _candidates(trial)
        for sign in (1, -1)
        for transposed in (False, True)
    ]
    found: dict[str, Partner] = {}
    for name in recursive:
        values = [_value(Symbol(name, (step(t),)), environment) for t in steps]
        for one in candidates:
            if all(_agrees(v, one, environment, t) for v, t in zip(values, steps, strict=True)):
                found[name] = one
                break
    _check_rest(trial.definitions, set(recursive) - set(found))
    return found


def _check_rest(definitions: Definitions, left: set[str]) -> None:
    """Names without a partner are well if they do not hang on themselves but through others."""
    reads = {
        name: {read for one in definitions.by_name[name] for read in one.reads} & left
        for name in left
    }
    while reads:
        done = {name for name, below in reads.items() if not below & set(reads)}
        if not done:
            raise NotSettled(f"the recursion of {min(reads)} is no derivative of the loss")
        reads = {name: below for name, below in reads.items() if name not in done}


def _candidates(trial: Trial) -> Iterator[Expr]:
    """Derivatives of what has no step by what a step computes, the loss and its own step first."""
    model = trial.laboratory.model
    gathered = sorted(trial.laboratory.memory.after_steps, key=lambda name: name != model.loss)
    timed = [name for name, has_step in model.declarations if has_step]
    arguments = list(_arguments(model.equations))
    for of in gathered:
        for offset in (0, 1, -1):
            here = step_expr(LinearStep(offset, 1), LETTER)
            for name in timed:
                yield _derivative(of, name, here)
            for equation, argument in arguments:
                slope = put(argument, model.time.index, here)
                yield Operation("hadamard", slope, _derivative(of, equation.target, here))


def _derivative(of: str, name: str, index: Expr) -> Derivative:
    return Derivative("partial", Symbol(of), Symbol(name, (index,)))


def _arguments(equations: Sequence[Equation]) -> Iterator[tuple[Equation, Call]]:
    """Equations v_t = f(a) with f′(a)."""
    for equation in equations:
        match equation.body:
            case Call(function=name, arguments=(argument,), primes=primes) if equation.timed:
                known = FUNCTIONS.get(name)
                if not isinstance(argument, Symbol) and (known is None or known.elementwise):
                    yield equation, Call(name, (argument,), primes + 1)


def _value(expr: Expr, environment: ClaimEnvironment) -> Value | None:
    try:
        return evaluate(expr, environment)
    except EvaluationError:
        return None


def _agrees(value: Value | None, one: Partner, environment: ClaimEnvironment, at: int) -> bool:
    if value is None or value.flexible:
        return False
    try:
        other = one.at(environment, at)
    except EvaluationError:
        return False
    if other.shape != value.shape:
        return False
    return all(a == b for a, b in zip(value.array.flat, other.array.flat, strict=True))
