"""Binders: what is closed opens again, and nothing that is put in is captured."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.core.axes import STEP
from symbolic_bptt.core.binding import closed, free_letters, opened, subst
from symbolic_bptt.core.linear import difference
from symbolic_bptt.core.terms import Add, Big, Bound, Letter, Number, Scale, Symbol, Term
from symbolic_bptt.core.traversal import walk
from symbolic_bptt.core.types import SCALAR

LETTERS = ("t", "k", "j")


def letter(name: str) -> Letter:
    return Letter(SCALAR, name, STEP)


def summed(hint: str, body: Term) -> Big:
    """Σ over a letter of a term in which it stands free."""
    upper = Letter(SCALAR, "T", STEP)
    one = Number(SCALAR, Fraction(1))
    return Big(SCALAR, "sum", hint, STEP, one, upper, (), closed(body, hint))


def terms(depth: int = 3) -> st.SearchStrategy[Term]:
    leaves = st.one_of(
        st.sampled_from(LETTERS).map(letter),
        st.integers(-3, 3).map(lambda n: Number(SCALAR, Fraction(n))),
        st.sampled_from(LETTERS).map(lambda n: Symbol(SCALAR, "s", (letter(n),))),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda two: Add(SCALAR, two)),
            st.tuples(inner, inner).map(lambda two: Scale(SCALAR, *two)),
            st.tuples(st.sampled_from(LETTERS), inner).map(lambda two: summed(*two)),
        ),
        max_leaves=6,
    )


def value(term: Term, values: dict[str, int], bound: tuple[int, ...] = ()) -> Fraction:
    """The number that a term is, with T = 3 and s_t = t² + 1."""
    match term:
        case Number(value=number):
            return number
        case Letter(name=name):
            return Fraction(values[name])
        case Bound(depth=depth):
            return Fraction(bound[-1 - depth])
        case Symbol(indices=(index,)):
            return value(index, values, bound) ** 2 + 1
        case Add(terms=parts):
            return sum((value(part, values, bound) for part in parts), Fraction(0))
        case Scale(scalar=left, body=right):
            return value(left, values, bound) * value(right, values, bound)
        case Big(body=body):
            run = range(1, 4)
            return sum((value(body, values, (*bound, k)) for k in run), Fraction(0))
    raise AssertionError(term)


VALUES = {"t": 2, "k": 5, "j": -1, "T": 3}


@given(terms(), st.sampled_from(LETTERS))
def test_what_is_closed_opens_again(term: Term, name: str) -> None:
    assert opened(closed(term, name), letter(name)) == term


@given(terms(), st.sampled_from(LETTERS))
def test_a_closed_letter_is_free_no_longer(term: Term, name: str) -> None:
    assert name not in free_letters(closed(term, name))


@given(terms(), terms(), st.sampled_from(LETTERS))
def test_substitution_is_evaluation_at_the_value_put_in(term: Term, new: Term, name: str) -> None:
    """Also where the new term has letters that a sum around binds under the same name."""
    put_in = subst(term, {letter(name): new})
    there = {**VALUES, name: value(new, VALUES)}
    assert value(put_in, VALUES) == value(term, there)


@given(terms())
def test_the_names_of_bound_letters_do_not_matter(term: Term) -> None:
    body = Add(SCALAR, (letter("t"), term))
    fresh = subst(body, {letter("t"): letter("q")})
    assert summed("t", body).body == summed("q", fresh).body


@given(terms(), terms())
def test_a_difference_is_one(left: Term, right: Term) -> None:
    found = difference(left, right)
    if found is not None:
        assert value(left, VALUES) - value(right, VALUES) == found


def test_a_sum_below_a_sum_sees_both_letters() -> None:
    inner = summed("k", Scale(SCALAR, letter("k"), letter("t")))
    both = summed("t", inner)
    assert value(both, {"T": 3}) == 36
    assert [node.depth for node in walk(both) if isinstance(node, Bound)] == [0, 1]
