"""The table of words."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.statements.vocabulary import TABLE
from symbolic_bptt.notation.statements.words import is_word, said


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("for all", {"all"}),
        ("For all ", {"all"}),
        ("if and only", {"if", "and"}),
        ("(by the chain rule)", {"link"}),
        ("当", {"for"}),
        ("对于所有的", {"all", "noun"}),
        ("すべての", {"all"}),
        (", where", {"where"}),
        ("(3)", {"link"}),
        ("", set()),
    ],
)
def test_what_words_do(text: str, roles: set[str]) -> None:
    assert said(text).roles == roles


@pytest.mark.parametrize("text", ["formula", "android", "iffy", "not", "for some", "if not"])
def test_words_of_no_table_are_unknown(text: str) -> None:
    assert said(text).unknown


def test_letters_among_words_are_kept() -> None:
    assert said("for all t").letters == ("t",)


@pytest.mark.parametrize("name", ["dE", "da", "do", "net", "softmax", "t", "gradient"])
def test_a_quantity_is_no_word(name: str) -> None:
    assert not is_word(name)


def test_no_phrase_does_two_things() -> None:
    phrases = [phrase.strip() for text in TABLE.values() for phrase in text.split("|")]
    assert len(phrases) == len(set(phrases))
    assert all(phrase == phrase.casefold() for phrase in phrases)
