r"""Clauses: `t = 1, \dots, T`, `for all k \le t`, `(t < T)`, `x \in \mathbb R^n`, `if t = T`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Many
from itertools import pairwise

from ..surface.nodes import Dots, Group, Item, Name, Scripted
from .chains import parted
from .fields import Field, fields, round_body
from .letters import USUAL, Items, bare, commas, is_dots, is_index, letters_of, only_letter
from .lists import at_dots, sequence
from .ranges import BRACES, DOWNWARDS, UPWARDS, Chain, Ranges, is_space, merged, ranges
from .statement import Bounds, Clause, Condition

INTRODUCED = frozenset(("for", "all", "if"))
"""What words before it make a clause of anything."""

MAX_RANGE_FIELDS = 60
"""Letters and values of one range."""

MAX_SHARED = 8
"""Letters that share one range, `i, j, k = 1, \\dots, n`."""

_SILENT = frozenset((*INTRODUCED, "where", "and", "noun", "link", "from", "to"))
_NO_RELATION = r"no range: write, for example, t = 1, \dots, T"


def clause(
    run: Many[Field], letters: frozenset[str] = USUAL, *, values: bool = False
) -> Clause | str:
    """The clause that some fields are, or why they are none.

    letters: what may be an index here; a field that words introduce needs none of them.
    values: conditions on values are conditions too, `z > 0`.
    """
    if len(run) == 1 and (inside := _in_brackets(run[0])) is not None:
        return _rewrapped(run[0], clause(inside, letters, values=values))
    found: list[Ranges] = []
    for part in runs(_spoken(run), letters):
        one = _ranges(part, letters)
        if values and isinstance(one, str):
            one = _on_values(part) or one
        if isinstance(one, str):
            return one
        found.append(one)
    whole = merged(found)
    return whole if isinstance(whole, str) else _clause(run, whole)


def _spoken(run: Many[Field]) -> Many[Field]:
    r"""Without the words that end a clause: `t = T \text{ のとき}`."""
    ends = len(run) > 1 and not run[-1].items and not run[-1].said.letters
    silent = ends and not run[-1].said.unknown and run[-1].said.roles <= _SILENT
    return run[:-1] if silent else run


def _in_brackets(field: Field) -> list[Field] | None:
    """The fields in the round or square brackets that the field is."""
    body = round_body(bare(field.items))
    if body is None or is_index(body):
        return None
    return fields(body)


def _rewrapped(field: Field, found: Clause | str) -> Clause | str:
    if isinstance(found, str):
        return found
    universal = found.universal or "all" in field.said.roles
    words = (*field.words, *found.words)
    parts = field.parts
    return Clause(found.bounds, found.conditions, universal, found.shapes, words=words, parts=parts)


def _clause(run: Many[Field], found: Ranges) -> Clause:
    return Clause(
        bounds=found.bounds,
        conditions=found.conditions,
        universal=any("all" in field.said.roles for field in run),
        shapes=found.shapes,
        words=tuple(word for field in run for word in field.words),
        parts=tuple(part for field in run for part in field.parts),
    )


def runs(line: Many[Field], letters: frozenset[str]) -> Iterator[list[Field]]:
    """The fields, parted before each relation with the letters that share it."""
    position = 0
    while position < len(line):
        end = run_end(line, position, letters)
        yield list(line[position:end])
        position = end


def run_end(line: Many[Field], start: int, letters: frozenset[str]) -> int:
    """Where one range ends that begins at a field: letters, a relation, the values behind it."""
    end = _members_end(line, start)
    if end > start:
        return end
    shared: set[str] = set()
    last = min(len(line), start + MAX_RANGE_FIELDS)
    shown = min(last, start + MAX_SHARED)
    while end < shown and (one := only_letter(_shown(line[end]))):
        if _starts(line, end, start):
            break
        shared.add(one)
        end += 1
    if end < last and _is_ranged(line[end], shared, letters):
        if _starts(line, end, start):
            return end
        if _is_shared(line, end):
            return end + 2
        end += 1
        while end < last and (_goes_on(line[end]) or _is_behind_colon(line, end)):
            end += 1
    return max(end, start + 1)


def _members_end(line: Many[Field], start: int) -> int:
    r"""Where `x_1, \dots, x_T \in \mathbb R^m` ends, which says a shape; else where it began."""
    for end in range(start, min(len(line), start + MAX_RANGE_FIELDS)):
        items = bare(line[end].items)
        if line[end].has_relation:
            operands, relations = parted(items)
            space = relations[0].sign == r"\in" and is_space(operands[1])
            return end + 1 if space and end > start and _is_member(operands[0]) else start
        if (end > start and line[end].words) or not (_is_member(items) or is_dots(items)):
            return start
    return start


def _is_member(items: Items) -> bool:
    """Whether it is a name with its scripts."""
    return len(items) == 1 and isinstance(items[0], Name | Scripted)


def _is_ranged(field: Field, shared: set[str], letters: frozenset[str]) -> bool:
    r"""Whether a field is the relation of a range; with letters before it, theirs too.

    `i, j \le n` speaks of both; `\forall t, k \le t` and `\forall t, 1 \le k \le n` do not.
    """
    if "from" in field.said.roles:
        return bool(shared)
    if not field.has_relation or not shared:
        return field.has_relation
    operands, relations = parted(_shown(field))
    if relations[0].sign == r"\in" and is_space(operands[1]):
        return True
    first = only_letter(operands[0])
    return field.is_rest or (first in letters and not shared & letters_of(field.items))


def _starts(line: Many[Field], place: int, start: int) -> bool:
    """Whether a range of its own begins there."""
    if place == start:
        return False
    return line[place].mark in (":", ".") or bool(
        line[place].said.roles & (INTRODUCED | {"where", "link"})
    )


def _goes_on(field: Field) -> bool:
    """A further value of a list: `\\dots`, `T`, and words at its end."""
    shown = bare(field.items)
    if field.said.roles - {"and", "to", "noun", "for"} or field.said.unknown:
        return False
    listing = field.mark == "," or "to" in field.said.roles
    return is_dots(shown) or (listing and not field.has_relation and _is_value(shown))


def _is_behind_colon(line: Many[Field], place: int) -> bool:
    """`1:T`, without blanks: the end of a range whose beginning stands before the colon."""
    field, before = line[place], line[place - 1]
    if field.mark != ":" or len(field.before) != 1 or not before.items:
        return False
    tight = before.items[-1].end == field.before[0].start
    tight = tight and bool(field.items) and field.before[0].end == field.items[0].start
    return tight and not field.has_relation and is_index(bare(field.items))


def _is_value(items: Items) -> bool:
    """An index expression, or several with dots between them."""
    return bool(items) and all(part is None or is_index(part) for part in at_dots(items))


def _is_shared(line: Many[Field], place: int) -> bool:
    r"""`1 \le i, j \le n`: both letters have both bounds."""
    if place + 1 >= len(line) or line[place + 1].mark != ",":
        return False
    (first, one), (second, two) = (parted(_shown(field)) for field in line[place : place + 2])
    if len(one) != 1 or len(two) != 1 or line[place + 1].said.roles:
        return False
    alike = {one[0].sign, two[0].sign}
    letters = only_letter(first[1]), only_letter(second[0])
    same_way = alike <= set(UPWARDS) or alike <= set(DOWNWARDS)
    ends = only_letter(first[0]) not in letters and only_letter(second[1]) not in letters
    return same_way and all(letters) and letters[0] != letters[1] and ends


def _shown(field: Field) -> Items:
    """Its items, with a letter that stands among its words: `\\text{for all t}`."""
    return (*(Name(name) for name in field.said.letters), *bare(field.items))


def _ranges(run: list[Field], letters: frozenset[str]) -> Ranges | str:
    introduced = any(field.said.roles & INTRODUCED for field in run)
    if strange := _strange(run):
        return f"the words ‘{strange}’ are not understood"
    if not any(_shown(field) for field in run):
        return _NO_RELATION
    found = _chained(run)
    if isinstance(found, Chain) and not introduced and not _speaks(found, letters):
        return "no condition on indices"
    return _read(run, found, introduced)


def _strange(run: list[Field]) -> str:
    """Words in a range that are in no table, or do not belong there."""
    unknown = next((field.said.unknown for field in run if field.said.unknown), "")
    odd = (" ".join(field.words) for field in run if field.said.roles - _SILENT)
    return unknown or next(odd, "")


def _read(run: list[Field], found: Chain | str, introduced: bool) -> Ranges | str:
    if isinstance(found, str):
        return found
    if not found.relations:
        free = tuple(Bounds(one) for one in found.shared)
        return Ranges(free) if introduced else _NO_RELATION
    if _is_shared(run, 0):
        lower, upper = (ranges(_alone(field)) for field in run)
        if isinstance(lower, Ranges) and isinstance(upper, Ranges):
            return _crossed(lower.bounds[0], upper.bounds[0])
    return ranges(found)


def _alone(field: Field) -> Chain:
    operands, signs = _signs(field)
    return Chain(tuple(operands), tuple(signs))


def _signs(field: Field) -> tuple[list[Items], list[str]]:
    operands, relations = parted(_shown(field))
    return operands, [relation.sign for relation in relations]


def _crossed(first: Bounds, second: Bounds) -> Ranges:
    """Two letters that share both their bounds."""
    low, high = (first, second) if first.lower is not None else (second, first)
    both = (low.lower, high.upper, low.lower_strict, high.upper_strict)
    return Ranges((Bounds(first.letter, *both), Bounds(second.letter, *both)))


def _chained(run: list[Field]) -> Chain | str:
    """The fields of one range as a chain."""
    shared: list[Item] = []
    for place, field in enumerate(run):
        shown = _shown(field)
        if "from" in field.said.roles and shared and not field.has_relation:
            return Chain(
                ((shared[-1],), shown), ("=",), tuple(shared[:-1]), _more(run[place + 1 :])
            )
        if field.has_relation:
            operands, signs = _signs(field)
            if len(run) > 1 and signs == [r"\in"] and is_space(operands[1]):
                return Chain(tuple(operands), tuple(signs), tuple(shared))
            if not all(operands) and shared and field.is_rest:
                operands[0] = (shared.pop(),)
            if not all(operands):
                return "something is missing beside a relation"
            operands, inside = _unbraced(operands, signs)
            more = (*inside, *_more(run[place + 1 :]))
            return Chain(tuple(operands), tuple(signs), tuple(shared), more)
        if _members_end(run, 0) == len(run):
            shared.extend(shown)
            continue
        if not all(map(only_letter, ((item,) for item in shown))):
            return _NO_RELATION
        shared.extend(shown)
    return Chain((), (), tuple(shared))


def _unbraced(operands: list[Items], signs: list[str]) -> tuple[list[Items], list[Items]]:
    r"""`t = \{1, \dots, T\}`, which means membership: its first value, and the others."""
    group = operands[-1][0] if len(operands[-1]) == 1 else None
    if signs != ["="] or not isinstance(group, Group) or group.opening not in BRACES:
        return operands, []
    first, *others = commas(group.body.items)
    if not first or not any(map(_has_dots, (first, *others))):
        return operands, []
    return [*operands[:-1], first], others


def _more(behind: Iterable[Field]) -> tuple[Items, ...]:
    more: list[Items] = []
    for field in behind:
        if "to" in field.said.roles or field.mark == ":":
            more.append((Dots(r"\dots"),))
        if shown := bare(field.items):
            more.append(shown)
    return tuple(more)


def _speaks(chain: Chain, letters: frozenset[str]) -> bool:
    """Whether a relation that nothing introduces is about indices, not about quantities."""
    left = chain.operands[0] if chain.operands else ()
    if chain.relations == (r"\in",):
        space = is_space(chain.operands[1])
        return space or not only_letter(left) or only_letter(left) in letters
    if not all(map(_is_value, chain.operands)):
        return False
    if not _is_free(chain):
        return False
    used = frozenset(name for operand in chain.operands for name in letters_of(operand))
    if any(is_dots(more) or _has_dots(more) for more in (*chain.more, *chain.operands)):
        return only_letter(left) in letters
    if any(only_letter(inner) in letters for inner in chain.operands[1:-1]):
        return True
    return bool(used) and used <= letters


def _is_free(chain: Chain) -> bool:
    """Whether no quantity is claimed about: `t < T_x` is of t, `m_1 = 1` and `m_1 < 2` are not."""
    if not any(isinstance(item, Scripted) for one in chain.operands for item in one):
        return True
    if chain.relations[0] in ("=", ":=", r"\equiv"):
        return only_letter(chain.operands[0]) != ""
    return any(only_letter(one) for one in chain.operands)


def _has_dots(items: Items) -> bool:
    return any(isinstance(item, Dots) for item in items)


def _on_values(run: list[Field]) -> Ranges | None:
    """Conditions on values, relation by relation; None if they are none."""
    conditions: list[Condition] = []
    for field in run:
        operands, relations = parted(bare(field.items))
        if not relations or not all(operands) or _strange([field]):
            return None
        for (left, right), relation in zip(pairwise(operands), relations, strict=True):
            conditions.append(Condition(sequence(left), relation.sign, sequence(right)))
    return Ranges(conditions=tuple(conditions))
