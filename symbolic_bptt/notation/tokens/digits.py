r"""Numbers, of which LaTeX takes one digit as an argument: `\frac12`, `x^10`."""

from __future__ import annotations

from .token import Token


def split(token: Token) -> tuple[Token, Token | None]:
    r"""The first digit of a number, and the rest of it: what `\frac` takes of `\frac12`.

    Their places part the number's; where its digits have no places of their own, both have all.
    """
    first, rest = token.value[:1], token.value[1:]
    if token.kind != "number" or not rest or not first.isdigit() or "e" in rest:
        return token, None
    if token.end - token.start != len(token.value):
        return (
            Token("number", first, token.start, token.end),
            Token("number", rest, token.start, token.end),
        )
    middle = token.start + 1
    return Token("number", first, token.start, middle), Token("number", rest, middle, token.end)
