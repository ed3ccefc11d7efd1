r"""What a call reads: one token or a group, first from what is left of its expansion."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.tokens.calls import Calls, Item
from symbolic_bptt.notation.tokens.lexer import tokens
from symbolic_bptt.notation.tokens.remark import RefusedError
from tests.notation.tokens.tiling import assert_tiled


def values(items: list[Item]) -> str:
    return "".join(token.value for token, _ in items)


@pytest.mark.parametrize(
    ("text", "argument", "rest"),
    [
        ("ab", "a", "b"),
        ("  {a{b}}c", "a{b}", "c"),
        ("12", "1", "2"),
        (r"\hat y", r"\hat", "y"),
        ("ŷz", r"\hat{y}", "z"),
        ("½z", r"\frac{1}{2}", "z"),
        ("√xz", r"\sqrt{x}", "z"),
        ("% said\n{a}", "a", ""),
    ],
)
def test_argument(text: str, argument: str, rest: str) -> None:
    calls = Calls(tokens(text))
    assert values(calls.argument(r"\a")) == argument
    left = calls.source[calls.index :]
    assert "".join(token.value for token in left).strip() == rest
    assert_tiled(calls.source, 0, len(text))


def test_what_is_left_comes_before_the_source() -> None:
    calls = Calls(tokens("c"))
    calls.push([(token, ()) for token in tokens("12b")])
    assert [values(calls.argument(r"\a")) for _ in range(4)] == ["1", "2", "b", "c"]


@pytest.mark.parametrize("text", ["", "  ", "}", "{a", "{a{b}"])
def test_a_missing_argument_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match=r"argument of \\a"):
        Calls(tokens(text)).argument(r"\a")


@pytest.mark.parametrize("left", ["", " ", "  ", "x"])
def test_looking_for_a_sign_in_vain_changes_nothing(left: str) -> None:
    calls = Calls(tokens(" y"))
    calls.push([(token, ()) for token in tokens(left)])
    before = (list(calls.left), calls.index)
    assert not calls.took("[")
    assert (calls.left, calls.index) == before


def test_the_work_of_one_formula_is_bounded() -> None:
    calls = Calls(())
    group = [(token, ()) for token in tokens("{" + "a" * 9_000 + "}")]

    def work() -> None:
        for _ in range(1_000):
            calls.push(group)
            calls.argument(r"\a")

    with pytest.raises(RefusedError) as refused:
        work()
    assert refused.value.final
