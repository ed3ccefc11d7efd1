"""What a script says: an index, a transpose, a power, or a part of the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lark import Token, Tree

from ..limits import MAX_SCRIPT_ITEMS
from ..tree import Layout
from .atoms import Script, as_additive, part_of
from .bases import base_of, content_of
from .commands import TRANSPOSES
from .scope import Branch, Part, Scope, tokens

_LAYOUTS: dict[str, Layout] = {"parentheses": "paren", "angle": "angle", "brackets": "bracket"}


@dataclass(frozen=True)
class Item:
    """One item of a subscript: its canonical text, and whether it is an index."""

    branch: Branch
    text: str
    index: bool
    timed: bool = False


@dataclass(frozen=True)
class Raised:
    """One superscript: `layout` is set where it is written as an index, h^{(t)}.

    `elementwise` is a power of each entry, written as one: A^{\\circ 2}.
    """

    role: Literal["transpose", "prime", "index", "bare", "elementwise"]
    branch: Branch
    text: str
    layout: Layout | None = None


def items(script: Script, scope: Scope, base: str | None = None, split: bool = True) -> list[Item]:
    """The items of a subscript, judged one by one; `ij` is two indices, `hh` is one name.

    `in` stays whole where `base_{in}` is declared.
    """
    found: list[Item] = []
    for cell in cells(script.content):
        additive = only_additive(cell)
        if additive is None:
            raise scope.error("a relation or slice cannot stand in this script", script.part)
        letters = _letters(additive, scope) if split else None
        if letters and len(letters) > 1 and not _begins_declared(base, additive, scope):
            found += [_item(as_additive(letter), scope) for letter in letters]
        else:
            found.append(_item(additive, scope))
    if len(found) > MAX_SCRIPT_ITEMS:
        raise scope.limit(f"more than {MAX_SCRIPT_ITEMS} items in one script", script.part)
    return found


def _item(branch: Branch, scope: Scope) -> Item:
    text = canonical(branch, scope)
    index = is_index(branch, scope)
    timed = index and any(t in (scope.vocabulary.time_index, "T") for t in tokens(branch))
    return Item(branch, text, index, timed)


def _letters(branch: Branch, scope: Scope) -> list[Token] | None:
    """The letters of `ij` or `i1`, if the run is made of indices and nothing else."""
    chain = branch.children
    if len(chain) != 1 or not isinstance(chain[0], Tree):
        return None
    found: list[Token] = []
    for item in chain[0].children:
        if not isinstance(item, Tree) or item.data != "item" or len(item.children) != 1:
            return None
        token = item.children[0]
        if not isinstance(token, Token):
            return None
        if token.type == "WORD":
            found += [part_of(token, i, i + 1) for i in range(len(token))]
        else:
            found.append(token)
    if len(found) > 1 and found[0].type == "NUMBER":
        return None
    fits = all(t.type == "NUMBER" or scope.is_index(str(t)) for t in found)
    return found if fits else None


def _begins_declared(base: str | None, branch: Branch, scope: Scope) -> bool:
    """Whether the vocabulary has a name with this run in its subscript."""
    if base is None:
        return False
    run = canonical(branch, scope)
    heads = (f"_{{{run}}}", f"_{{{run},")
    names = scope.vocabulary.names
    return any(n.startswith(base) and n[len(base) :].lstrip("'").startswith(heads) for n in names)


def is_index(branch: Branch, scope: Scope) -> bool:
    """A number, the time index, T, an index letter, a sum of those, or something with scripts."""
    found = tokens(branch)
    if any(isinstance(part, Tree) and part.data == "script" for part in branch.iter_subtrees()):
        return True
    for token in found:
        match token.type:
            case "NUMBER" | "SIGN" | "OPERATOR" | "CHARACTER":
                continue
            case "WORD" if all(scope.is_index(letter) for letter in token):
                continue
            case "COMMAND" if scope.is_index(str(token)):
                continue
        if token in ("(", ")", r"\max", r"\min", ","):
            continue
        return False
    return bool(found)


def canonical(part: Part, scope: Scope) -> str:
    """A script as part of a name: `hh` of `\\mathrm{hh}`, `i,f` of `i, f`."""
    pieces: list[str] = []
    for token in _leaves(part):
        if isinstance(token, Tree):
            name = base_of(token, scope).name
            inside = (canonical(child, scope) for child in token.children[1:])
            pieces.append("".join(inside) if name is None else name)
        else:
            pieces.append(content_of(token).strip() if token.type == "TEXT" else str(token))
    text = ""
    for piece in pieces:
        glue = " " if _ends_command(text) and piece[:1].isalpha() else ""
        text += glue + piece
    return text


def _leaves(part: Part) -> Iterator[Part]:
    if isinstance(part, Token) or part.data in ("accent", "style"):
        yield part
        return
    for child in part.children:
        if not (isinstance(child, Token) and child in ("{", "}")):
            yield from _leaves(child)


def _ends_command(text: str) -> bool:
    tail = text[text.rfind("\\") + 1 :] if "\\" in text else ""
    return tail.isalpha()


def cells(part: Part) -> list[Branch]:
    """The parts between the commas of a script or a group."""
    if isinstance(part, Token):
        return [as_additive(part)]
    if part.data in ("additive", "statement", "slice"):
        return [part]
    if part.data in ("braces", "brackets", "parentheses", "set"):
        found = [c for c in part.children if isinstance(c, Tree) and c.data == "cell"]
        return [child for cell in found for child in cell.children if isinstance(child, Tree)]
    return [as_additive(part)]


def only_additive(cell: Branch) -> Branch | None:
    """The expression of a cell that is neither a relation nor a slice."""
    if cell.data == "additive":
        return cell
    if cell.data == "statement" and len(cell.children) == 1:
        only = cell.children[0]
        return only if isinstance(only, Tree) else None
    return None


def raised(script: Script, scope: Scope) -> list[Raised]:
    """What a superscript holds: `(t)\\top` is an index and a transpose, `2` is bare."""
    content = script.content
    if isinstance(content, Tree) and content.data in ("parentheses", "angle"):
        groups: list[Part] = [content]
        whole = as_additive(content)
        if script.kind == "**":
            return [Raised("bare", whole, canonical(whole, scope))]
    else:
        branches = cells(content)
        additive = only_additive(branches[0]) if len(branches) == 1 else None
        if additive is None:
            raise scope.error("this superscript cannot be read", script.part)
        entrywise = _without_circle(additive)
        if entrywise is not None:
            return [Raised("elementwise", entrywise, canonical(entrywise, scope))]
        whole = additive
        groups = list(_groups(additive))
    found = [_raised(group, scope) for group in groups]
    if groups and all(item is not None for item in found):
        return [item for item in found if item is not None]
    return [Raised("bare", whole, canonical(whole, scope))]


def _without_circle(additive: Branch) -> Branch | None:
    """The 2 of `\\circ 2` or `\\odot 2`; None for any other superscript."""
    chain = additive.children[0] if len(additive.children) == 1 else None
    if not isinstance(chain, Tree) or len(chain.children) < 2:
        return None
    first = tokens(chain.children[0])
    if [str(token) for token in first] not in ([r"\circ"], [r"\odot"]):
        return None
    return Tree("additive", [Tree("chain", chain.children[1:])])


def _groups(additive: Branch) -> Iterator[Part]:
    if len(additive.children) != 1 or not isinstance(additive.children[0], Tree):
        return
    for item in additive.children[0].children:
        if not isinstance(item, Tree) or item.data != "item" or len(item.children) != 1:
            yield item
        else:
            yield item.children[0]


def _raised(part: Part, scope: Scope) -> Raised | None:
    whole = as_additive(part)
    if isinstance(part, Tree) and part.data in _LAYOUTS:
        inner = [only_additive(cell) for cell in _inside(part)]
        if len(inner) == 1 and inner[0] is not None:
            role: Literal["index", "bare"] = "index"
            text = canonical(part, scope)
            return Raised(role, inner[0], text, _LAYOUTS[str(part.data)])
        return None
    if isinstance(part, Tree) and part.data in ("item", "operator", "head"):
        return None
    if isinstance(part, Token) and part.type not in ("WORD", "COMMAND", "TEXT"):
        return None
    if isinstance(part, Token) and part.type == "COMMAND" and part == r"\prime":
        return Raised("prime", whole, "'")
    name = content_of(part).strip() if isinstance(part, Token) and part.type == "TEXT" else None
    if isinstance(part, Token) and part.type in ("WORD", "COMMAND"):
        name = str(part)
    if isinstance(part, Tree) and part.data in ("style", "braces"):
        name = base_of(part, scope).name
    return Raised("transpose", whole, name) if name in TRANSPOSES else None


def _inside(part: Branch) -> list[Branch]:
    if part.data == "angle":
        return [child for child in part.children if isinstance(child, Tree)]
    return cells(part)
