r"""Before a line is read: its tags, its rows and columns, and remarks in brackets at the end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..surface.nodes import Group, Item, Name, Number, Separator
from .chains import has_relation
from .clauses import clause, run_end
from .fields import Field, fields, round_body, words_of
from .letters import GAP, Items, bare, ends_open, letter
from .statement import Clause, Harmless

_ROMAN = frozenset("ivx*")


@dataclass(frozen=True)
class Prepared:
    """The fields of a line as they are to be read, what of it is harmless, what must be told."""

    line: list[Field]
    harmless: list[Harmless]
    remarks: list[str]


def prepared(items: Items, letters: frozenset[str]) -> Prepared:
    """The line, ready to be read."""
    line, tags = _untagged(fields(items))
    line, heading = _unheaded(line)
    line = [part for one in line for part in _parted(one, letters)]
    joined, dropped = _joined(line, letters)
    told = [f"‘{words_of(one)}’ is taken as a heading" for one in heading if words_of(one)]
    tags += [Harmless("label", parts=heading)] if heading else []
    return Prepared(joined, [*tags, *dropped], told)


def _unheaded(line: list[Field]) -> tuple[list[Field], Items]:
    r"""Without the words before a colon at the beginning: `\text{Output: } y = V h`."""
    first = line[0] if line else Field()
    colon = first.mark == ":" or any(word.endswith(":") for word in first.words)
    if not first.said.unknown or not colon or first.said.roles - {"noun", "link", "and"}:
        return line, ()
    return [Field(first.items), *line[1:]], first.before


def _untagged(line: list[Field]) -> tuple[list[Field], list[Harmless]]:
    """Without `(1)` or `(a)` before or behind the line, beyond a gap."""
    tags: list[Harmless] = []
    if len(line) > 1 and _is_tag(line[0].items, True) and line[1].mark in GAP:
        tags.append(Harmless("label", parts=line[0].parts))
        line = line[1:]
    if len(line) > 1 and _is_tag(line[-1].items, False) and line[-1].mark in GAP:
        tags.append(Harmless("label", parts=line[-1].parts))
        line = line[:-1]
    return line, tags


def _is_tag(items: Items, letters: bool) -> bool:
    body = round_body(items)
    if body is None or len(body) != 1:
        return False
    only = body[0]
    if isinstance(only, Number):
        return only.value.denominator == 1
    return letters and isinstance(only, Name) and len(letter(only)) == 1


_INDICATORS = frozenset((r"\mathbb{1}", r"\mathbf{1}", r"\mathbb 1", r"\mathbb{I}"))


def _parted(field: Field, letters: frozenset[str]) -> list[Field]:
    """`a = b (t < T)` and `a = b (chain rule)`: the brackets are a field of their own."""
    items = field.items
    if len(items) < 2 or not _limits(items[-1], letters) or ends_open(items[:-1]):
        return [field]
    if _is_indicator(items[-2]):
        return [field]
    return [replace(field, items=items[:-1]), Field(items[-1:], mark=r"\quad")]


def _is_indicator(item: Item) -> bool:
    r"""Whether a bracket behind it is what it is the indicator of: `\mathbf{1}(i = j)`."""
    if not isinstance(item, Name):
        return False
    return item.text in _INDICATORS or (item.text == "1" and item.style == "bold")


def _limits(item: Item, letters: frozenset[str]) -> bool:
    if not isinstance(item, Group) or item.opening != "(":
        return False
    body = bare(item.body.items)
    if body and all(words_of(one) is not None or isinstance(one, Separator) for one in body):
        return True
    words = any(words_of(one) is not None for one in body)
    return (words or has_relation(body)) and isinstance(clause(fields(body), letters), Clause)


def _joined(line: list[Field], letters: frozenset[str]) -> tuple[list[Field], list[Harmless]]:
    """Fields that only a row or a column parts are one, but for a clause behind a statement."""
    found: list[Field] = []
    dropped: list[Harmless] = []
    for place, field in enumerate(line):
        last = found[-1] if found else None
        weak = _is_weak(field) and not field.said.roles and not field.said.unknown
        if last is None or not weak or field.words or not field.items:
            found.append(field)
        elif _is_clause_behind(last, line[place : run_end(line, place, letters)], letters):
            found.append(replace(field, mark=r"\quad"))
        else:
            dropped.append(Harmless("layout", parts=field.before))
            found[-1] = replace(last, items=(*last.items, *field.items))
    return found, dropped


def _is_weak(field: Field) -> bool:
    """Whether a row or a column begins it; a gap behind a row's end only sets it further in."""
    return field.strength == 1 or (field.strength == 2 and Separator("\\\\") in field.before)


def _is_clause_behind(last: Field, run: list[Field], letters: frozenset[str]) -> bool:
    if not last.has_relation or ends_open(last.items):
        return False
    return isinstance(clause(run, letters), Clause)
