"""The relation signs."""

from __future__ import annotations

import re

from lark import Token

from ..tree import RelationOp
from .scope import Scope

_SIGNS: dict[str, RelationOp] = {
    "=": "=", "==": "=", ":=": "=", r"\equiv": "=", r"\coloneqq": "=", r"\triangleq": "=",
    "!=": "!=", r"\ne": "!=", r"\neq": "!=",
    "<": "<", r"\lt": "<", ">": ">", r"\gt": ">",
    "<=": "<=", r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=",
    ">=": ">=", r"\ge": ">=", r"\geq": ">=", r"\geqslant": ">=",
    "+=": "+=",
}  # fmt: skip


def relation_of(sign: Token, scope: Scope) -> RelationOp:
    """What a relation sign says."""
    if sign.startswith(r"\mathrel"):
        return "+="
    found = _SIGNS.get(re.sub(r"\s", "", sign))
    if found is None:
        hint = r"write a range as 1 \le t \le T"
        raise scope.error(f"{sign} is not a relation that can be checked", sign, hint)
    return found
