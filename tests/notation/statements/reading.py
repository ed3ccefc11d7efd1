"""Reading a text of LaTeX to its statements, and showing them as text again."""

from __future__ import annotations

from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.statements.account import account
from symbolic_bptt.notation.statements.layout import spelt
from symbolic_bptt.notation.statements.letters import letter
from symbolic_bptt.notation.statements.reader import statements
from symbolic_bptt.notation.statements.statement import Bounds, Clause, Read, Statement
from symbolic_bptt.notation.surface.nodes import Sequence
from symbolic_bptt.notation.surface.parser import surface
from symbolic_bptt.notation.tokens.lexer import tokens


def tree(text: str) -> Sequence:
    """The surface of a text."""
    return surface(tokens(text), Source(text)).tree


def read(text: str, above: Statement | None = None) -> Read:
    """What a display says; fails if a token of it belongs to nothing."""
    whole = tree(text)
    found = statements(whole, continued=above)
    assert account(whole, found) == ()
    return found


def chains(text: str) -> list[str]:
    """The statements of a text, each as written, with its clauses behind a bar."""
    return [chain(one) for one in read(text).statements]


def chain(one: Statement) -> str:
    """One statement as text."""
    signs = [*(relation.sign for relation in one.relations), ""]
    pairs = zip(one.operands, signs, strict=True)
    whole = " ".join(f"{spelt(operand)} {sign}".strip() for operand, sign in pairs)
    return " | ".join((whole, *(limits(clause) for clause in one.clauses)))


def limits(clause: Clause) -> str:
    """A clause as text."""
    found = [span(one) for one in clause.bounds]
    found += [f"{spelt(one.left)} {one.relation} {spelt(one.right)}" for one in clause.conditions]
    found += [f"{spelt(what)} in {spelt(where)}" for what, where in clause.shapes]
    return ("all " if clause.universal else "") + "; ".join(found)


def span(one: Bounds) -> str:
    """Bounds as text: `t in 1..T`, `k in ..<t`, `t in {1,3}`, `j in .. not i`."""
    low = spelt(one.lower).strip("{}") if one.lower else ""
    high = spelt(one.upper).strip("{}") if one.upper else ""
    strict = "<" if one.lower_strict else "", "<" if one.upper_strict else ""
    among = "{" + ",".join(map(spelt, one.values)) + "}"
    where = among if one.values else f"{low}{strict[0]}..{strict[1]}{high}"
    without = "".join(f" not {spelt(other)}" for other in one.unequal)
    return f"{letter(one.letter)} in {where}{without}"


def unread(text: str) -> str:
    """Why the first statement of a text, or all of it, is not to be judged."""
    found = read(text)
    return next((one.unread for one in found.statements if one.unread), "") or next(
        (one.why for one in found.leftovers), ""
    )
