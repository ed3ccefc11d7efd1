"""Whether two written quantities are the same one, whatever the student calls it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..checking.definitions import Definitions
from ..model.model import Model
from ..notation.tree import Derivative, Expr, Held, Symbol, map_children, walk


def canonical(expr: Expr, model: Model, definitions: Definitions) -> Expr:
    """The quantity with every way of writing a gradient of the loss made the same.

    ∇_W E, dE/dW, ∂E/∂W and an undefined dW are all ∂E/∂W; so is a name that the student defined
    to be one of them.
    """
    seen: set[str] = set()
    while isinstance(expr, Symbol) and not expr.indices and expr.name not in seen:
        seen.add(expr.name)
        family = definitions.family(expr.name, 0)
        if not family or not isinstance(family[0].body, Derivative | Symbol):
            break
        expr = family[0].body
    return _plain(expr, model, definitions)


def _plain(expr: Expr, model: Model, definitions: Definitions) -> Expr:
    changed = map_children(expr, lambda child: _plain(child, model, definitions))
    loss = Symbol(model.loss)
    if isinstance(changed, Derivative) and changed.of == loss and changed.kind != "immediate":
        return Derivative("partial", changed.of, changed.wrt)
    if isinstance(changed, Symbol) and changed.name.startswith("d"):
        name = changed.name[1:].lstrip()
        known = (name, bool(changed.indices)) in model.declarations
        if known and not definitions.family(changed.name, len(changed.indices)):
            of = Symbol(name, changed.indices, changed.layout)
            return Derivative("partial", loss, of)
    return changed


def derivatives_in(expr: Expr, definitions: Definitions) -> Iterator[Derivative]:
    """Every derivative that an expression contains, those inside definitions it uses included."""
    pending, seen = [expr], set()
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, Derivative):
                yield node
            elif isinstance(node, Symbol) and node.name not in seen:
                seen.add(node.name)
                pending += [one.body for one in definitions.by_name.get(node.name, ())]


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
    return pattern == expr


def _match_index(pattern: Expr, index: Expr, letters: dict[str, Expr]) -> bool:
    if isinstance(pattern, Symbol) and not pattern.indices and pattern.name != "T":
        return letters.setdefault(pattern.name, index) == index
    return pattern == index


def replaced(expr: Expr, pattern: Expr, value: Expr) -> Expr:
    """`expr` with what matches `pattern` replaced by `value`, its index letters carried over."""
    letters: dict[str, Expr] = {}
    if isinstance(expr, Derivative | Symbol | Held) and match(pattern, expr, letters):
        return _with_letters(value, letters)
    return map_children(expr, lambda child: replaced(child, pattern, value))


def _with_letters(expr: Expr, letters: Mapping[str, Expr]) -> Expr:
    if isinstance(expr, Symbol) and not expr.indices and expr.name in letters:
        return letters[expr.name]
    return map_children(expr, lambda child: _with_letters(child, letters))
