"""Repeated indices: a letter that stands twice in each term of the right side alone is summed over.

`δ_{t,i} = W_{ji} e_{t,j}` is read so of entries, and the reading is named. What is said with a step
is said of every step; of steps it is another reading only in a document that leaves out its sums.
"""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import replace

from ...core.axes import STEP
from ...core.binding import closed
from ...core.terms import Add, Big, Entry, Kronecker, Letter, Negative, Power, Symbol, Term
from ...core.traversal import parts, walk
from ..surface.nodes import Item
from .context import Elaboration
from .errors import undefined


def summed(e: Elaboration, term: Term, name: str, item: Item) -> Term:
    """The term with that letter summed over where it is repeated; else an entry is undefined."""
    letter = e.free[name]
    if e.sizes.find(letter) == STEP:
        return _summed_over_steps(e, term, name, item)
    made = _summed(e, term, name, item)
    e.oracle.force("repeated index", "summed", item)
    return made


def _summed(e: Elaboration, term: Term, name: str, item: Item) -> Term:
    if isinstance(term, Add):
        return replace(term, terms=tuple(_summed(e, part, name, item) for part in term.terms))
    if isinstance(term, Negative):
        return replace(term, body=_summed(e, term.body, name, item))
    if isinstance(term, Big) and term.kind == "sum" and _degree(term, name):
        return replace(term, body=_summed(e, term.body, name, item))
    degree = _degree(term, name)
    if degree == 0:
        return term
    if degree != 2:
        raise undefined(f"the index {name} stands on the right side alone", item, "")
    kind = e.type_of(term).plain
    return Big(kind, "sum", name, e.free[name], None, None, (), closed(term, name))


def _summed_over_steps(e: Elaboration, term: Term, name: str, item: Item) -> Term:
    """The term as it is, said of every step; or summed over the step that each summand repeats."""
    summands = term.terms if isinstance(term, Add) else (term,)
    if any((_step_degree(one, name) or 0) < 2 for one in summands) or not e.context.leaves_sums():
        return term
    if e.oracle.choose("repeated step", at=item) == "every":
        return term
    return Big(e.type_of(term).plain, "sum", name, STEP, None, None, (), closed(term, name))


def _step_degree(term: Term, name: str) -> int | None:
    """How many quantities stand at that step, the same in all summands; None if it is not."""
    match term:
        case Symbol(indices=indices):
            letters = (node for one in indices for node in walk(one) if isinstance(node, Letter))
            return int(any(letter.name == name for letter in letters))
        case Add(terms=terms):
            found = {_step_degree(part, name) for part in terms}
            return found.pop() if len(found) == 1 else None
    return _total([_step_degree(part, name) for part, _ in parts(term)])


def _degree(term: Term, name: str) -> int | None:
    """How often a letter is the index of an entry, the same in all summands; None if it is more."""
    match term:
        case Letter():
            return None if term.name == name else 0
        case Entry(body=body, indices=indices):
            return _total([_degree(body, name), *(_as_place(one, name) for one in indices)])
        case Kronecker(left=left, right=right):
            return _total([_as_place(left, name), _as_place(right, name)])
        case Add(terms=terms):
            found = {_degree(part, name) for part in terms}
            return found.pop() if len(found) == 1 else None
    degrees = [_degree(part, name) for part, _ in parts(term)]
    return None if isinstance(term, Power) and any(degrees) else _total(degrees)


def _as_place(index: Term, name: str) -> int | None:
    return 1 if isinstance(index, Letter) and index.name == name else _degree(index, name)


def _total(degrees: Many[int | None]) -> int | None:
    found = [one for one in degrees if one is not None]
    return sum(found) if len(found) == len(degrees) else None
