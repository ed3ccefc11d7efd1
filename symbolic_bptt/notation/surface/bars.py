r"""Bars: what `|` and `\|` are, decided by what stands before them, once a sequence is read.

1. A bar with an operand before it closes the bar of its kind that was opened last, if one is open.
2. Else, if a subscript hangs on it, it says where what stands before it is taken: `f|_{x=0}`.
3. Else it opens. If nothing closes it, it is a bar alone, `p(x|y)`, where an operand stands before
   it (and a relation or a separator behind it ends its wait), and a fault where none does.

A second bar directly behind one that stands behind an operand is like the first, `D(p||q)`.

So `|a||b|` is |a| times |b| and `|a + |b||` has two pairs. What stands under another reading of
bars, `|x |y| z|` with x times |y|, has to be written with `\lvert` or `\left|`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..limits import MAX_DEPTH
from ..tokens.token import Token
from .commands import FUNCTIONS
from .making import sequence_of
from .nodes import (
    Big,
    Dots,
    Group,
    Ignored,
    Item,
    Name,
    Operator,
    Part,
    Relation,
    Script,
    Scripted,
    Separator,
    Unknown,
    Words,
)
from .reader import Handler, Reader

SIGNS = {"|": "|", r"\|": r"\|", r"\vert": "|", r"\Vert": r"\|", r"\rvert": "|", r"\rVert": r"\|"}

_NO_OPERAND = (Operator, Relation, Separator, Words, Big, Dots)
_ENDS_WAIT = (Relation, Separator)


def bar(reader: Reader, parts: list[Part]) -> None:
    """A bar, to be settled when its sequence is read."""
    token = reader.tokens[reader.pos]
    reader.pos += 1
    reader.bars = True
    parts.append(Unknown(SIGNS[token.value], parts=(token,)))


@dataclass(frozen=True)
class _Opened:
    """A bar that waits for its partner: where it stands, and whether it must have one."""

    place: int
    sign: str
    forced: bool


def settle(reader: Reader, parts: list[Part]) -> None:
    """Make groups, places of evaluation and separators of the bars among these parts."""
    done: list[Part] = []
    opened: list[_Opened] = []
    operand = False
    for part in parts:
        sign = _bar_sign(part)
        if not sign:
            operand = _is_operand(part, operand) or _is_place(part, done, opened)
            done.append(part)
            if isinstance(part, _ENDS_WAIT):
                _give_up(done, opened)
        elif operand and opened and opened[-1].sign == sign:
            _close(done, opened.pop().place, part, sign)
        elif operand and isinstance(part, Scripted):
            _evaluate(reader, done, part)
        else:
            _open(reader, done, opened, part, sign, operand)
            operand = False
    while opened:
        _alone(reader, done, opened.pop())
    parts[:] = _norms(done)


def _bar_sign(part: Part) -> str:
    base = part.base if isinstance(part, Scripted) else part
    return base.text if isinstance(base, Unknown) and base.text in ("|", r"\|") else ""


def _is_operand(part: Part, before: bool) -> bool:
    if isinstance(part, (Token, Ignored)):
        return before
    base = part.base if isinstance(part, Scripted) else part
    if isinstance(base, Name) and base.text.lstrip("\\") in FUNCTIONS:
        return False
    return not isinstance(base, _NO_OPERAND) or (isinstance(base, Operator) and base.sign == "!")


def _is_place(part: Part, done: list[Part], opened: list[_Opened]) -> bool:
    r"""Whether it is the dot of `|\cdot|`, which stands for any operand."""
    first = bool(opened) and opened[-1].place == len(done) - 1
    return first and isinstance(part, Operator) and part.sign == r"\cdot"


def _open(
    reader: Reader, done: list[Part], opened: list[_Opened], part: Part, sign: str, operand: bool
) -> None:
    if isinstance(part, Scripted):
        reader.report(part, "a bar with a script stands behind nothing", r"write \left. … \right|")
    elif len(opened) < MAX_DEPTH:
        before = opened[-1] if opened and opened[-1].place == len(done) - 1 else None
        forced = not operand and (before is None or before.forced)
        opened.append(_Opened(len(done), sign, forced))
    done.append(part)


def _give_up(done: list[Part], opened: list[_Opened]) -> None:
    """No bar behind an operand waits over a relation or a separator."""
    while opened and not opened[-1].forced:
        place = opened.pop().place
        done[place] = _separator(done[place])


def _alone(reader: Reader, done: list[Part], waiting: _Opened) -> None:
    part = done[waiting.place]
    if waiting.forced:
        assert not isinstance(part, Token)
        reader.report(
            part, f"{waiting.sign} is never closed", f"write {waiting.sign} where it ends"
        )
    else:
        done[waiting.place] = _separator(part)


def _separator(part: Part) -> Part:
    if isinstance(part, Unknown):
        return Separator(part.text, parts=part.parts)
    return part


def _close(done: list[Part], place: int, closing: Part, sign: str) -> None:
    """The group from the bar at `place`; scripts on the closing bar belong to it."""
    opening, body = _tokens(done[place]), sequence_of(done[place + 1 :])
    del done[place:]
    if isinstance(closing, Scripted):
        group = Group(sign, body, sign, parts=(*opening, body, *closing.base.parts))
        done.append(replace(closing, base=group, parts=(group, *closing.parts[1:])))
    else:
        done.append(Group(sign, body, sign, parts=(*opening, body, *_tokens(closing))))


def _tokens(bar: Part) -> tuple[Part, ...]:
    return (bar,) if isinstance(bar, Token) else bar.parts


def _evaluate(reader: Reader, done: list[Part], part: Scripted) -> None:
    """`f|_{x=0}`: one more script of what stands before."""
    skipped: list[Part] = []
    while isinstance(done[-1], (Token, Ignored)):
        skipped.insert(0, done.pop())
    base = done.pop()
    assert not isinstance(base, Token)
    first, *others = part.scripts
    held = replace(first, place="|", parts=(*skipped, *part.base.parts, *part.parts[1:]))
    if others or first.place != "_":
        reader.report(part, "what stands at this bar is not understood", "write it as |_{x = a}")
    done.append(_with_script(base, held))


def _with_script(base: Item, script: Script) -> Scripted:
    if isinstance(base, Scripted):
        return Scripted(base.base, (*base.scripts, script), parts=(*base.parts, script))
    return Scripted(base, (script,), parts=(base, script))


def _norms(parts: list[Part]) -> list[Part]:
    """`||x||`, typed with four bars, is a norm."""
    return [_norm(part) for part in parts]


def _norm(part: Part) -> Part:
    outer = part.base if isinstance(part, Scripted) else part
    if not isinstance(outer, Group) or outer.opening != "|" or len(outer.body.items) != 1:
        return part
    inner = outer.body.items[0]
    if not isinstance(inner, Group) or inner.opening != "|" or len(outer.body.parts) != 1:
        return part
    norm = Group(r"\|", inner.body, r"\|", parts=outer.parts)
    if isinstance(part, Scripted):
        return replace(part, base=norm, parts=(norm, *part.parts[1:]))
    return norm


HANDLERS: dict[str, Handler] = dict.fromkeys(SIGNS, bar)
