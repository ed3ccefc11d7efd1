"""Whether two written quantities are the same one, whatever the student calls it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from ..checking.definitions import Definitions, free_letter
from ..checking.named_gradients import differentiated
from ..model.model import Model
from ..model.steps import LinearStep, linear_step, replace_symbol, step_expr
from ..notation.tree import (
    BigOperator,
    Derivative,
    Entry,
    Expr,
    Number,
    Symbol,
    children,
    map_children,
    walk,
)

ALIASES = 8
"""A name may stand for a name, for a name, … so many times."""


def canonical(expr: Expr, model: Model, definitions: Definitions) -> Expr:
    """The quantity with every way of writing a gradient of the loss made the same.

    ∇_W E, dE/dW, ∂E/∂W and an undefined dW are all ∂E/∂W; so is a name that the student defined
    to be one of them, and δ_k where δ_t = ∂E/∂s_t is ∂E/∂s_k.
    """
    for _ in range(ALIASES):
        meant = _meant(expr, definitions)
        if meant is None:
            break
        expr = meant
    return _plain(expr, model, definitions)


def _meant(expr: Expr, definitions: Definitions) -> Expr | None:
    """What a name was defined to be, where that is a quantity itself."""
    if not isinstance(expr, Symbol):
        return None
    for one in definitions.family(expr.name, len(expr.indices)):
        if isinstance(one.body, Derivative | Symbol) and one.body != expr:
            letters: dict[str, Expr] = {}
            pairs = zip(one.patterns, expr.indices, strict=True)
            if all(_match_index(pattern, index, letters) for pattern, index in pairs):
                return _with_letters(one.body, letters)
    return None


def _plain(expr: Expr, model: Model, definitions: Definitions) -> Expr:
    changed = map_children(expr, lambda child: _plain(child, model, definitions))
    loss = Symbol(model.loss)
    if isinstance(changed, Derivative) and changed.of == loss and changed.kind != "immediate":
        return Derivative("partial", changed.of, changed.wrt)
    if isinstance(changed, Derivative) and changed.kind == "gradient":
        return Derivative("partial", changed.of, changed.wrt)
    if isinstance(changed, Symbol) and (name := differentiated(changed.name)):
        known = (name, bool(changed.indices)) in model.declarations
        if known and not definitions.family(changed.name, len(changed.indices)):
            of = Symbol(name, changed.indices, changed.layout)
            return Derivative("partial", loss, of)
    return changed


def derivatives_in(expr: Expr, model: Model, definitions: Definitions) -> Iterator[Derivative]:
    """Every derivative that an expression contains, those inside definitions it uses included.

    All are canonical, and an undefined dW counts as one.
    """
    pending, seen = [expr], set()
    while pending:
        for node in walk(_plain(pending.pop(), model, definitions)):
            if isinstance(node, Derivative):
                derivative, _ = whole(node)
                assert isinstance(derivative, Derivative)
                yield derivative
            elif isinstance(node, Symbol) and node.name not in seen:
                seen.add(node.name)
                pending += [one.body for one in definitions.by_name.get(node.name, ())]


def whole(expr: Expr) -> tuple[Expr, tuple[str, ...]]:
    """∂E/∂V and k, j of ∂E/∂V_{kj} and of (∂E/∂V)_{kj}, which say it entry by entry.

    What is said of one entry, or of the diagonal, is a quantity of its own.
    """
    match expr:
        case Derivative(wrt=Entry(of=wrt, indices=indices)):
            inner: Expr = replace(expr, wrt=wrt)
        case Entry(of=Derivative() as inner, indices=indices):
            pass
        case _:
            return expr, ()
    letters = [index.name for index in indices if isinstance(index, Symbol) and not index.indices]
    every = len(set(letters)) == len(indices)
    return (inner, tuple(letters)) if every else (expr, ())


def entries_of(quantity: Expr, letters: tuple[str, ...]) -> Expr:
    """The quantity at these letters of its entries."""
    return Entry(quantity, tuple(map(Symbol, letters))) if letters else quantity


def match(pattern: Expr, expr: Expr, letters: dict[str, Expr]) -> bool:
    """Whether `expr` is `pattern` with its index letters replaced; the letters found are added."""
    if isinstance(pattern, Symbol) and not pattern.indices and pattern.name in letters:
        return letters[pattern.name] == expr
    if isinstance(pattern, Symbol) and isinstance(expr, Symbol):
        if (pattern.name, len(pattern.indices)) != (expr.name, len(expr.indices)):
            return False
        return all(
            _match_index(one, other, letters)
            for one, other in zip(pattern.indices, expr.indices, strict=True)
        )
    if isinstance(pattern, Derivative) and isinstance(expr, Derivative):
        return (
            pattern.kind == expr.kind
            and match(pattern.of, expr.of, letters)
            and match(pattern.wrt, expr.wrt, letters)
        )
    if pattern == expr:
        return True
    if type(pattern) is not type(expr) or isinstance(pattern, Symbol | Number):
        return False
    parts, others = list(children(pattern)), list(children(expr))
    alike = len(parts) == len(others) and _shell(pattern) == _shell(expr)
    return alike and all(
        isinstance(one, Expr) and isinstance(other, Expr) and match(one, other, letters)
        for one, other in zip(parts, others, strict=True)
    )


def _shell(expr: Expr) -> Expr:
    """The node with nothing in it: what it is apart from its parts."""
    return map_children(expr, lambda _: Number(Fraction(0)))


def _match_index(pattern: Expr, index: Expr, letters: dict[str, Expr]) -> bool:
    """t+1 matches k with t = k - 1."""
    letter = free_letter(pattern)
    step = linear_step(pattern, letter) if letter is not None else None
    if letter is None or step is None or step.t_multiple != 1 or step.T_multiple:
        return pattern == index
    found = _moved(index, -step.constant)
    return found is not None and letters.setdefault(letter, found) == found


def _moved(index: Expr, by: int) -> Expr | None:
    """The index so many later, in its tidy form."""
    letter = free_letter(index) or ""
    step = linear_step(index, letter)
    if step is None:
        return None
    moved = LinearStep(step.constant + by, step.t_multiple, step.T_multiple)
    return step_expr(moved, letter)


def at_indices(quantity: Expr, indices: Iterable[Expr]) -> Expr:
    """The quantity with these in the place of its index letters, in their order."""
    return _with_letters(quantity, dict(zip(index_letters(quantity), indices, strict=True)))


def replaced(expr: Expr, pattern: Expr, value: Expr) -> Expr:
    """`expr` with what matches `pattern` replaced by `value`, its index letters carried over."""
    letters: dict[str, Expr] = {}
    if match(pattern, expr, letters):
        return _with_letters(value, letters)
    return map_children(expr, lambda child: replaced(child, pattern, value))


def _with_letters(expr: Expr, letters: Mapping[str, Expr]) -> Expr:
    for name, value in letters.items():
        if Symbol(name) != value:
            expr = replace_symbol(_apart(expr, value), name, lambda value=value: value)  # type: ignore[misc]
    return expr


def _apart(expr: Expr, value: Expr) -> Expr:
    """The expression with sums over a letter of `value` taken over another letter."""
    taken = {node.name for node in walk(value) if isinstance(node, Symbol)}
    changed = map_children(expr, lambda child: _apart(child, value))
    if not isinstance(changed, BigOperator):
        return changed
    for span in changed.ranges:
        if span.index in taken:
            fresh = Symbol(f"{span.index}'")
            body = replace_symbol(changed.body, span.index, lambda fresh=fresh: fresh)  # type: ignore[misc]
            ranges = tuple(
                replace(one, index=fresh.name) if one is span else one for one in changed.ranges
            )
            changed = replace(changed, ranges=ranges, body=body)
    return changed


def index_letters(expr: Expr) -> tuple[str, ...]:
    """The free letters of the steps of a quantity, in order: t of ∂E/∂s_t."""
    found: dict[str, None] = {}
    for node in walk(expr):
        if isinstance(node, Symbol):
            for index in node.indices:
                letter = free_letter(index)
                if letter is not None:
                    found.setdefault(letter)
    return tuple(found)
