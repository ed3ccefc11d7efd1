r"""What stands under a root sign that has no line: `√4`, `√x_t`, `√(a + b)`, `sqrt(x)`.

The radicand gets braces: a bracket with all that it encloses, or one number or name with its
subscript; a superscript is of the whole root. Where nothing fits, the sign stays alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .token import Token

_PARTNERS = {"(": ")", "[": "]", "{": "}"}
_OPERANDS = frozenset(("letter", "word", "number"))


def braced_roots(found: Sequence[Token], roots: dict[int, str]) -> list[Token]:
    """The tokens, with braces around the radicands. `roots`: where a sign is, and its degree."""
    partners = _partners(found)
    ends: dict[int, int] = {}
    for index in reversed(roots):
        ends[index] = _radicand_end(found, index + 1, partners, ends)
    return _braced(found, roots, ends)


def _braced(
    found: Sequence[Token], roots: Mapping[int, str], ends: Mapping[int, int]
) -> list[Token]:
    result: list[Token] = []
    closing: dict[int, int] = {}
    for index, token in enumerate(found):
        result.append(token)
        if index in roots:
            result += _degree(token, roots[index])
            end = ends[index]
            if end > index:
                result.append(Token("sign", "{", token.start, token.end))
                closing[end] = closing.get(end, 0) + 1
        result += [Token("sign", "}", token.start, token.end)] * closing.pop(index + 1, 0)
    return result


def _degree(root: Token, degree: str) -> list[Token]:
    if not degree:
        return []
    place = root.start, root.end
    return [Token("sign", "[", *place), Token("number", degree, *place), Token("sign", "]", *place)]


def _radicand_end(
    found: Sequence[Token], index: int, partners: Mapping[int, int], ends: Mapping[int, int]
) -> int:
    """The index behind the radicand that begins at or behind `index`; 0 if there is none."""
    index = _behind_blanks(found, index)
    if index >= len(found):
        return 0
    if index in ends:
        return ends[index]
    if index in partners:
        return partners[index] + 1
    token = found[index]
    if token.kind not in _OPERANDS and not token.value[:2].strip("\\").isalpha():
        return 0
    end = _place_end(found, index)
    if end == len(found) or found[end].value != "_":
        return end
    script = _behind_blanks(found, end + 1)
    if script in partners:
        return partners[script] + 1
    return _place_end(found, script) if script < len(found) else len(found)


def _place_end(found: Sequence[Token], index: int) -> int:
    place = found[index].start
    while index < len(found) and found[index].start == place:
        index += 1
    return index


def _behind_blanks(found: Sequence[Token], index: int) -> int:
    while index < len(found) and found[index].is_blank:
        index += 1
    return index


def _partners(found: Sequence[Token]) -> dict[int, int]:
    partners: dict[int, int] = {}
    open_: list[tuple[int, str]] = []
    for index, token in enumerate(found):
        if token.kind != "sign":
            continue
        if token.value in _PARTNERS:
            open_.append((index, _PARTNERS[token.value]))
        elif open_ and token.value == open_[-1][1]:
            partners[open_.pop()[0]] = index
    return partners
