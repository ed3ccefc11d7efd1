"""Functions and what they are applied to."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as Many

from ...core.terms import (
    Apply,
    Comparison,
    Compose,
    Constant,
    Diagonal,
    Divide,
    Indicator,
    Kronecker,
    Letter,
    Term,
    Transpose,
)
from ...core.types import SCALAR, Type, shown
from ..functions import NORMS, PRODUCT_WORDS
from ..surface.nodes import (
    Group,
    Item,
    Name,
    Number,
    Operator,
    Relation,
    Script,
    Scripted,
    Sequence,
    meaningful,
)
from .context import Elaboration, Part
from .errors import ill_shaped, unreadable
from .indices import alike, split
from .products import PRODUCTS
from .scripts import scripted
from .sums import coerced

REDUCING = frozenset(("tr", *NORMS, "det", "vec", "softmax"))
COMPARISONS: Mapping[str, Comparison] = {
    "=": "=",
    r"\equiv": "=",
    r"\ne": "!=",
    "<": "<",
    r"\le": "<=",
    ">": ">",
    r"\ge": ">=",
}


def function_of(e: Elaboration, item: Part) -> tuple[str, tuple[Script, ...]] | None:
    """The function that a name is, with the scripts it carries; None for any other name."""
    base, scripts = (item.base, item.scripts) if isinstance(item, Scripted) else (item, ())
    if not isinstance(base, Name):
        return None
    known = e.context.functions.get(base.text)
    if known is None or (base.text, 0) in e.context.types:
        return None
    if isinstance(item, Scripted) and _is_quantity(e, item):
        return None
    based = any(script.place == "_" for script in scripts)
    if based and known != "log" and base.text not in e.context.undetermined:
        return None
    return known, scripts


def _is_quantity(e: Elaboration, item: Scripted) -> bool:
    """Whether it is a quantity that a function lends its name: f_t beside f."""
    indexed = any(script.place in ("_", "^") for script in item.scripts)
    if not indexed or e.context.signature.is_function(item):
        return False
    return bool(e.context.signature.read(e.line, item).indices)


def applied(
    e: Elaboration, function: str, scripts: Many[Script], arguments: Many[Term], item: Item
) -> Term:
    """function′(arguments)^power."""
    if function in PRODUCT_WORDS:
        return _product(e, function, scripts, arguments, item)
    wanted = e.context.undetermined.get(function, len(arguments))
    if len(arguments) != wanted:
        count = f"{wanted} argument{'s' * (wanted > 1)}, not {len(arguments)}"
        raise unreadable(f"{function} takes {count}", item)
    if any(_is_inverse(script) for script in scripts):
        hint = f"write 1 / {function}(z) for the reciprocal, or the inverse by its own name"
        raise unreadable(f"{function} to the power −1 may mean two things", item, hint)
    primes = sum(script.primes for script in scripts if script.place == "'")
    term = _applied(e, function, primes, list(arguments), item)
    bases = [script for script in scripts if script.place == "_"]
    if bases and function == "log":
        term = _to_base(e, term, bases[0])
    return scripted(e, term, [script for script in scripts if script.place == "^"], item)


def _product(
    e: Elaboration, word: str, scripts: Many[Script], arguments: Many[Term], item: Item
) -> Term:
    """outer(a, b) and its like; dot(a, b) of two vectors is aᵀ b."""
    if len(arguments) != 2 or scripts:
        raise unreadable(f"{word} is a product of two: write {word}(a, b)", item)
    left, right = arguments
    sign = PRODUCT_WORDS[word]
    if sign == "@" and e.type_of(left).is_vector and e.type_of(right).is_vector:
        return inner(e, left, right, item)
    return PRODUCTS[sign](e, left, right, item)


def _is_inverse(script: Script) -> bool:
    """Whether it is -1, between the name of a function and its argument."""
    match meaningful(script.body):
        case (Operator(sign="-"), Number(value=value)):
            return script.place == "^" and value == 1
    return False


def _to_base(e: Elaboration, term: Term, script: Script) -> Term:
    """log_b x = log x / log b; to the base e it is itself."""
    base = e.expression(script.body)
    if isinstance(base, Apply) and base.function == "exp":
        return term
    return Divide(term.type, term, Apply(SCALAR, "log", (base,)))


def _applied(e: Elaboration, function: str, primes: int, arguments: list[Term], item: Item) -> Term:
    kinds = [e.type_of(argument) for argument in arguments]
    first = kinds[0]
    if function == "diag":
        return _diag(e, arguments, first, item)
    if function in REDUCING:
        if len(arguments) != 1 or primes:
            raise unreadable(f"{function} takes one argument and no prime", item)
        if function == "softmax" and first.is_matrix:
            return _softmax_of_matrix(e, arguments[0], first.plain, item)
        return Apply(_reduced(e, function, first, item), function, (arguments[0],))
    if len(arguments) == 1:
        if function in ("max", "min") and not first.is_scalar:
            return Apply(SCALAR, function, (arguments[0],))
        return Apply(first.plain, function, (arguments[0],), primes)
    widest = max(kinds, key=lambda kind: len(kind.axes))
    if function in e.context.undetermined:
        return Apply(SCALAR, function, tuple(arguments), primes)
    made = [coerced(e, argument, widest) for argument in arguments]
    if any(part is None for part in made):
        raise ill_shaped(f"{function} of {', '.join(map(shown, kinds))}", item)
    return Apply(widest.plain, function, tuple(part for part in made if part is not None), primes)


def _softmax_of_matrix(e: Elaboration, argument: Term, kind: Type, item: Item) -> Term:
    """exp X over its sums along the rows, repeated in every column; or along the columns."""
    powers = Apply(kind, "exp", (argument,))
    if e.oracle.choose("softmax", at=item) == "rows":
        ones = Constant(Type(kind.into), "ones")
        sums = Compose(Type(kind.out), powers, ones)
        repeated = Compose(kind, sums, Transpose(Type((), kind.into), ones))
    else:
        ones = Constant(Type(kind.out), "ones")
        row = Compose(Type((), kind.into), Transpose(Type((), kind.out), ones), powers)
        repeated = Compose(kind, ones, row)
    return Divide(kind, powers, repeated)


def _reduced(e: Elaboration, function: str, kind: Type, item: Item) -> Type:
    if function == "softmax":
        if not (kind.is_vector or kind.is_row or kind.is_scalar):
            raise ill_shaped(f"softmax of {shown(kind)}", item)
        return kind.plain
    if function in ("tr", "det"):
        if kind.is_scalar or not kind.is_matrix or not e.unify(kind.out, kind.into):
            raise ill_shaped(f"{function} of {shown(kind)}", item)
        return SCALAR
    if function == "vec":
        return Type((e.sizes.hole(),))
    return SCALAR


def _diag(e: Elaboration, arguments: list[Term], kind: Type, item: Item) -> Term:
    if len(arguments) != 1:
        raise unreadable("diag takes one argument", item)
    if kind.is_vector:
        return Diagonal(Type(kind.out, kind.out), arguments[0])
    if kind.is_row:
        turned = Transpose(Type(kind.into), arguments[0])
        return Diagonal(Type(kind.into, kind.into), turned)
    if kind.is_matrix and e.unify(kind.out, kind.into):
        return Diagonal(Type(kind.out), arguments[0])
    if kind.is_scalar:
        return arguments[0]
    raise ill_shaped(f"diag of {shown(kind)}", item)


def arguments_in(e: Elaboration, group: Group) -> list[Term]:
    """The arguments in parentheses."""
    body = group.body
    items = meaningful(body)
    if group.opening == "{" and len(items) == 1 and isinstance(items[0], Group):
        return arguments_in(e, items[0])
    return [e.expression(part) for part in split(body, ",")]


def norm(e: Elaboration, body: Term, kind: str, item: Item) -> Term:
    """‖v‖ and ‖v‖_2; ‖v‖_1 = Σ|v_i|; of a matrix ‖A‖_F, or its largest stretch ‖A‖_2."""
    typed = e.type_of(body)
    if kind == "1" and typed.is_vector:
        absolute = Apply(typed.plain, "abs", (body,))
        ones = Constant(typed.plain, "ones")
        return Compose(SCALAR, Transpose(Type((), typed.out), ones), absolute)
    if kind not in ("", "2", "F") or (kind == "F" and not typed.is_matrix):
        raise unreadable(f"the norm ‖·‖_{kind} is not in the notation", item)
    read = "Frobenius"
    if typed.is_matrix and kind != "F":
        read = e.oracle.choose("norm", ("spectral",) if kind == "2" else None, item)
    return Apply(SCALAR, "spectral_norm" if read == "spectral" else "norm", (body,))


def bars(e: Elaboration, body: Term) -> Term:
    """|x|: of a matrix its determinant."""
    kind = e.type_of(body)
    if kind.is_matrix and e.unify(kind.out, kind.into):
        return Apply(SCALAR, "det", (body,))
    return Apply(kind.plain, "abs", (body,))


def inner(e: Elaboration, left: Term, right: Term, item: Item) -> Term:
    """⟨a, b⟩ = aᵀ b."""
    a, b = e.type_of(left), e.type_of(right)
    if not (a.is_vector and b.is_vector and e.unify(a.out, b.out)):
        raise ill_shaped(f"the inner product of {shown(a)} and {shown(b)}", item)
    return Compose(SCALAR, Transpose(Type((), a.out), left), right)


def indicator(e: Elaboration, body: Sequence, item: Item) -> Term:
    """𝟙[left op right]; of two indices that are equal it is δ."""
    items = meaningful(body)
    places = [i for i, part in enumerate(items) if isinstance(part, Relation)]
    if len(places) != 1:
        raise unreadable("an indicator takes one comparison", item)
    relation = items[places[0]]
    assert isinstance(relation, Relation)
    op = COMPARISONS.get(relation.sign)
    if op is None:
        raise unreadable(f"an indicator with {relation.sign}", item)
    left, right = e.read(e, items[: places[0]]), e.read(e, items[places[0] + 1 :])
    letters = isinstance(left, Letter) and isinstance(right, Letter)
    if op == "=" and letters and alike(e, left, right):
        return Kronecker(SCALAR, left, right)
    a, b = e.type_of(left), e.type_of(right)
    target = a if len(a.axes) >= len(b.axes) else b
    one, other = coerced(e, left, target), coerced(e, right, target)
    if one is None or other is None:
        raise ill_shaped(f"{shown(a)} compared with {shown(b)}", item)
    return Indicator(target.plain, one, op, other)
