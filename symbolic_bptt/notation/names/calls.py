r"""Brackets behind a name that hold its indices: `h(t)`, `x[t]`, `W[i,j]`."""

from __future__ import annotations

from ..surface.nodes import Item, Scripted
from .assembling import is_function
from .facts import Facts, is_step, layout_of
from .parting import taken_apart
from .shape import Shape
from .walk import Occurrence, bracket_of, call_pieces
from .written import Piece, Written, pieces_of, written


def called(facts: Facts, line: int, name_item: Item, group: Item) -> Written | None:
    """The name with the bracket as its innermost scripts, if that holds indices; else None."""
    plain = written(name_item)
    if plain is None or bracket_of(group) is None:
        return None
    name = taken_apart(facts.setting, plain)
    pieces = call_pieces(group)
    if not holds_indices(facts, line, name, pieces):
        return None
    scripts = group.scripts if isinstance(group, Scripted) else ()
    outer = tuple(piece for script in scripts for piece in pieces_of(script, 1))
    return Written(name.base, name.pieces + pieces + outer)


def with_call(facts: Facts, occurrence: Occurrence) -> Written:
    """An occurrence with the bracket behind it, if that holds indices."""
    name = occurrence.written
    if occurrence.call and holds_indices(facts, occurrence.line, name, occurrence.call):
        return Written(name.base, name.pieces + occurrence.call)
    return name


def holds_indices(facts: Facts, line: int, name: Written, pieces: tuple[Piece, ...]) -> bool:
    """Whether what stands in a bracket behind a name are its indices."""
    setting = facts.setting
    if not pieces or is_function(setting, name, setting.form(name)):
        return False
    steps, indices = _letters(facts, line)
    shapes = [setting.shape(piece, steps | indices) for piece in pieces]
    if not all(_may_be(shape, steps | indices, facts, name) for shape in shapes):
        return False
    if pieces[0].wrapped == "[":
        return name.base.text not in facts.alone or facts.rank(name) != 0
    if _has_step(facts, name, steps):
        return False
    first = shapes[0]
    if not is_step(first, steps) and first.kind != "number":
        return False
    form = setting.form(name)
    return _is_written_in_calls(
        facts, name, is_step(first, setting.steps if form is None else steps)
    )


def _letters(facts: Facts, line: int) -> tuple[frozenset[str], frozenset[str]]:
    if line < len(facts.steps):
        return facts.steps[line], facts.indices[line]
    return facts.setting.steps, facts.setting.families


def _may_be(shape: Shape, letters: frozenset[str], facts: Facts, name: Written) -> bool:
    if shape.kind == "number":
        return True
    if shape.kind not in ("letters", "sum") or shape.upright or shape.glued:
        return False
    return set(shape.letters) & letters != set() or facts.rank(name) == 2


def _has_step(facts: Facts, name: Written, steps: frozenset[str]) -> bool:
    free = facts.setting.free(name)
    shapes = (facts.setting.shape(p, steps) for p in free if layout_of(p) != "bare")
    return any(is_step(shape, steps) or shape.kind == "number" for shape in shapes)


def _is_written_in_calls(facts: Facts, name: Written, literal: bool) -> bool:
    """Whether a document writes the steps of a name in brackets, or cannot mean anything else."""
    if "call" in facts.timed.get(facts.setting.stem(name), ()):
        return True
    form = facts.setting.form(name)
    if form is not None:
        timed = [declared.indices > 0 for declared in form.declared]
        return all(timed) or (literal and any(timed))
    return literal and facts.setting.base(name) not in facts.alone
