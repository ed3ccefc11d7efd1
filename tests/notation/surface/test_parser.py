from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_bptt.notation.limits import MAX_DEPTH, MAX_PROBLEMS
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.surface.nodes import leaves
from symbolic_bptt.notation.surface.parser import LANGUAGE, surface
from symbolic_bptt.notation.tokens.token import Token
from tests.notation.surface.reading import depth, read
from tests.work import calls_of

FORMULAS = (
    r"\frac{\partial E}{\partial V} = \sum_t (\hat y_t - y_t) s_t^T",
    r"\delta_t = V^T(\hat y_t - y_t) + W^T(\delta_{t+1} \odot (1-s_{t+1}^2)), \quad t < T",
    r"\left[\frac{\partial E}{\partial V}\right]_{ij} = \sum_t (\hat y_{t,i} - y_{t,i}) s_{t,j}",
    r"a_t = \begin{cases} 1 & \text{if } t = T \\ 0 & \text{if $t < T$}\end{cases}",
    r"{\partial E \over \partial V} \overset{(a)}{=} |s_t|_1 + \|W\|_F^2 % remark",
    r"x|_{s_2\text{ const}} \mathrel{+}= \left.\frac12 x\right|_{t=0} \text{ for all } t",
    r"\boxed{\mathbf{h}_t = \operatorname{softmax}(V h^{\langle t\rangle})} \\[2pt] & \sqrt[3]{x}",
    r"\underbrace{{\bf x} + y}_{\mathrm{net}} \color{red} = f'(z)''",
    r"\sum\limits_{t=1}^T \prod_{j=k+1}^{t} \frac{\partial s_j}{\partial s_{j-1}} \not= 1{,}000",
    r"[0, 1) \ni \{x \mid x > 0\} \hspace{2pt} \hskip 2pt \label{eq:a_b} {}_t x ... \mathcal{L}",
)

VALUES = sorted(
    {
        *LANGUAGE.leaves,
        *LANGUAGE.handlers,
        r"\right",
        "}",
        ")",
        "]",
        r"\}",
        r"\rangle",
        "$",
        r"\foo",
    }
)


def _kind(value: str) -> str:
    return "command" if value.startswith("\\") else "word" if value.isalpha() else "sign"


TOKENS = st.one_of(
    st.sampled_from(VALUES).map(lambda value: (_kind(value), value)),
    st.sampled_from(("{", "}", "(", ")", "|", "_", "^", "'", "&", r"\\", r"\left", r"\right")).map(
        lambda value: (_kind(value), value)
    ),
    st.sampled_from((r"\begin", r"\end", r"\frac", r"\text", r"\mathrm", "[", "]", "$", "=")).map(
        lambda value: (_kind(value), value)
    ),
    st.sampled_from("xtWE").map(lambda value: ("letter", value)),
    st.sampled_from(("1", "12", "0.5")).map(lambda value: ("number", value)),
    st.sampled_from(("for", "softmax", "hh")).map(lambda value: ("word", value)),
    st.sampled_from((("space", " "), ("comment", "% a\n"))),
)


def placed(pairs: list[tuple[str, str]]) -> tuple[list[Token], Source]:
    """Tokens side by side, and the text in which they stand."""
    text, found = "", []
    for kind, value in pairs:
        found.append(Token(kind, value, len(text), len(text) + len(value)))
        text += value
    return found, Source(text)


def check(tokens: list[Token], source: Source) -> None:
    result = surface(tokens, source)
    assert list(leaves(result.tree)) == tokens
    assert len(result.problems) <= MAX_PROBLEMS
    starts = [problem.span.start for problem in result.problems]
    assert starts == sorted(starts)
    assert all(problem.message and problem.hint for problem in result.problems)
    assert all(str(problem) for problem in result.problems)
    hash(result.tree)


@settings(max_examples=250, deadline=None)
@given(st.lists(TOKENS, max_size=40))
def test_every_soup_of_tokens_is_read_without_loss(soup: list[tuple[str, str]]) -> None:
    check(*placed(soup))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMULAS), st.data())
def test_broken_formulas_are_read_without_loss(formula: str, data: st.DataObject) -> None:
    pairs = [(token.kind, token.value) for token in leaves(read(formula).tree)]
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(pairs) - 1))
        match data.draw(st.sampled_from(("delete", "insert", "double", "swap"))):
            case "delete":
                del pairs[place]
            case "insert":
                pairs.insert(place, data.draw(TOKENS))
            case "double":
                pairs.insert(place, pairs[place])
            case _:
                pairs[place - 1], pairs[place] = pairs[place], pairs[place - 1]
    check(*placed(pairs))


@pytest.mark.parametrize("formula", FORMULAS)
def test_whole_formulas_have_no_problems(formula: str) -> None:
    assert read(formula).problems == ()


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_missing_brace_or_bracket_is_always_told(formula: str) -> None:
    tokens = list(leaves(read(formula).tree))
    for place, token in enumerate(tokens):
        if token.value in ("{", "}", "(", r"\left", r"\right", r"\begin", r"\end"):
            broken = [(other.kind, other.value) for other in tokens]
            del broken[place]
            assert surface(*placed(broken)).problems, (formula, place)


REPEATED = (
    "(", ")", "{", "}", "|", r"\|", "_", "^", "'", "x_", "x^", "x'", r"\hat", r"\frac", r"\sqrt",
    "{x", r"\left(", r"\right)", r"\begin{a}", r"\end{a}", r"\begin{cases}&\\", "=", "+=", ".",
    "..", r"\over", r"\color{red}", r"\bf", r"\text{", r"\text{$", "|x", "|x|_", r"\not", "&",
    r"\\", "{}", r"\mathrm{a", r"\underbrace{x}_", r"\sqrt[", "[(", "([,", r"\mathbf{\mathbf x}",
    "$", r"\overset", "x^{(", r"\substack{", "{{x}_", r"\middle|", r"\overset{a}{=}_", "-",
    r"\mathrel{+}", r"\,", r"x\,", "% a\n", "x % a\n", r"\text{a}", r"\hat{x}_", r"\label{a}",
    r"\bf x", r"\left.x\right|_",
)  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_repetition_costs_linear_work_and_bounded_depth(piece: str) -> None:
    text = piece * (3000 // len(piece))
    assert calls_of(lambda: read(text)) < 400 * (len(text) + 100)
    result = read(text)
    assert depth(result.tree) < 12 * MAX_DEPTH


def test_words_in_a_row_are_one_flat_node() -> None:
    assert depth(read("for all " * 700, "plain").tree) == 2


def test_too_deep_is_told_with_the_bound() -> None:
    message = read("(" * 60 + "x" + ")" * 60).problems[0].message
    assert str(MAX_DEPTH) in message
