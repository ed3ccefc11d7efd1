r"""Of a number an argument is one digit; the rest stays, and their places part the number's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.notation.tokens.digits import split
from symbolic_bptt.notation.tokens.lexer import tokens
from symbolic_bptt.notation.tokens.token import Token
from tests.notation.tokens.tiling import assert_tiled


@given(st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,9})?", fullmatch=True))
def test_digit_and_rest_are_the_number(text: str) -> None:
    (number,) = tokens(text)
    head, rest = split(number)
    parts = [head] if rest is None else [head, rest]
    assert "".join(part.value for part in parts) == text
    assert (rest is None) == (len(text) == 1)
    assert len(head.value) == 1
    assert_tiled(parts, 0, len(text))


def test_other_tokens_are_not_split() -> None:
    (letter,) = tokens("x")
    assert split(letter) == (letter, None)
    (power,) = tokens("1e-3", dialect="plain")
    assert split(power) == (power, None)


def test_digits_without_places_of_their_own_share_one() -> None:
    head, rest = split(Token("number", "12", 5, 9))
    assert rest is not None
    assert (head.start, head.end, rest.start, rest.end) == (5, 9, 5, 9)
