"""What an atom is without its scripts: a name, the ones, or something that is no name at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lark import Token, Tree

from ..functions import SPELLINGS
from ..limits import MAX_ACCENTS
from .commands import HINTS, NAMES, TRANSPOSES
from .runs import accent, is_declared, plain_name
from .scope import Branch, Part, Scope

_CONTENT = re.compile(r"\{(.*)\}", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True)
class Base:
    """`name` is canonical; `part` is what was written."""

    part: Part
    name: str | None = None
    ones: bool = False


def content_of(text: Token) -> str:
    """What stands in the braces of \\text{…}, \\operatorname{…}, \\mathrm{…}."""
    found = _CONTENT.search(text)
    return found[1] if found else ""


def base_of(part: Part, scope: Scope, depth: int = 0) -> Base:
    """The base of an item that carries no scripts inside."""
    if depth > MAX_ACCENTS:
        raise scope.limit(f"more than {MAX_ACCENTS} accents and braces on one letter", part)
    match part:
        case Token(type="WORD"):
            word = str(part)
            if "\\_" in word:
                head, _, below = word.replace("\\_", "_").partition("_")
                script = below.replace("_", ",")
                return Base(
                    part, f"{head}_{script}" if len(script) == 1 else f"{head}_{{{script}}}"
                )
            name = plain_name(word) if scope.plain and not is_declared(word, scope) else word
            return Base(part, name)
        case Token(type="CHARACTER"):
            return Base(part, None if part.isdigit() else str(part))
        case Token(type="COMMAND"):
            return Base(part, _command(part, scope))
        case Token(type="TEXT"):
            return Base(part, _word(part, scope))
        case Tree(data="accent", children=[Token() as sign, inner]):
            return _accented(part, sign, base_of(inner, scope, depth + 1), scope)
        case Tree(data="style", children=[Token() as sign, inner]):
            return _styled(part, base_of(inner, scope, depth + 1))
        case Tree(data="braces"):
            only = _only_item(part)
            if only is not None and len(only.children) == 1:
                inner = only.children[0]
                base = base_of(inner, scope, depth + 1)
                return base if base.name else Base(part, None, base.ones)
            return Base(part)
        case _:
            return Base(part)


def opened(part: Part, scope: Scope) -> tuple[Base, tuple[Part, ...]]:
    """The base, and scripts written inside its braces: `\\hat{y_t}` is `\\hat{y}_t`."""
    outer: list[Token] = []
    inner = part
    while isinstance(inner, Tree) and inner.data in ("accent", "style"):
        sign, inner = inner.children[0], inner.children[1]
        assert isinstance(sign, Token)
        outer.append(sign)
        if len(outer) > MAX_ACCENTS:
            message = f"more than {MAX_ACCENTS} accents on one letter"
            raise scope.limit(message, part)
    item = _only_item(inner) if outer else None
    if item is None or len(item.children) == 1:
        return base_of(part, scope), ()
    first, *scripts = item.children
    if base_of(first, scope).name is None or (isinstance(first, Token) and len(first) > 1):
        return base_of(part, scope), ()
    for sign in reversed(outer):
        first = Tree("style" if sign.type == "STYLE" else "accent", [sign, first])
    return base_of(first, scope), tuple(scripts)


def _only_item(part: Part) -> Branch | None:
    """The item, if the braces hold exactly one."""
    while isinstance(part, Tree) and part.data != "item":
        children = [c for c in part.children if not (isinstance(c, Token) and c in ("{", "}"))]
        if len(children) != 1:
            return None
        part = children[0]
    return part if isinstance(part, Tree) else None


def _command(token: Token, scope: Scope) -> str | None:
    name = str(token)
    if name in NAMES or name in SPELLINGS or name in TRANSPOSES or is_declared(name, scope):
        return name
    if name == r"\prime":
        return name
    raise unknown_command(token, scope)


def unknown_command(token: Token, scope: Scope) -> Exception:
    """The error for a command that the notation does not have."""
    name = str(token)
    hint = HINTS.get(name) or _similar(name)
    return scope.error(f"{name} is not part of the notation", token, hint)


def _similar(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(NAMES | {s for s in SPELLINGS if s[0] == "\\"}), 1, 0.75)
    return f"did you mean {close[0]}?" if close else ""


def _word(token: Token, scope: Scope) -> str:
    content = content_of(token)
    word = content.strip()
    if not _WORD.fullmatch(word) or (content != word and token.startswith(r"\text")):
        hint = "put words beside the formula, not into it"
        raise scope.error(f"the words “{word}” cannot be read as mathematics", token, hint)
    return word


def _accented(part: Part, sign: Token, inner: Base, scope: Scope) -> Base:
    if sign == r"\mathbb" and _is_one(inner.part):
        return Base(part, None, ones=True)
    if inner.name is None:
        raise scope.error(f"{sign} needs a letter", part, rf"write {sign}{{y}}")
    return Base(part, accent(str(sign), inner.name))


def _styled(part: Part, inner: Base) -> Base:
    if _is_one(inner.part):
        return Base(part, None, ones=True)
    return Base(part, inner.name, inner.ones)


def _is_one(part: Part) -> bool:
    if isinstance(part, Token):
        return str(part) == "1"
    item = _only_item(part)
    return item is not None and len(item.children) == 1 and item.children[0] == "1"
