"""The rules of a derivation: what each says, and the question that leads to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .step import Rule


@dataclass(frozen=True)
class Meaning:
    """`says` states the rule; `hint` is what a student should ask before applying it."""

    says: str
    hint: str


RULES: Mapping[Rule, Meaning] = {
    "local derivative": Meaning(
        "the derivative of one equation with respect to one quantity that it reads, with "
        "everything else held fixed",
        "Look at one equation alone. What does its left side gain if only this quantity moves?",
    ),
    "definition": Meaning(
        "a name for a derivative that is needed at more than one place",
        "Which derivative will be needed again, at the step before? Give it a name.",
    ),
    "chain rule": Meaning(
        "the derivative of the loss with respect to a quantity is the sum, over all equations "
        "that read it, of their local derivatives times the derivatives of the loss with respect "
        "to what they define",
        "Which equations read this quantity, at this step and at the next? Each of them adds "
        "one term.",
    ),
    "softmax and logarithm": Meaning(
        "the Jacobian of softmax undoes the quotient that the logarithm leaves",
        "Multiply the Jacobian of softmax by the derivative of the cross-entropy. What cancels?",
    ),
    "outermost function": Meaning(
        "passing through an elementwise function multiplies by its derivative, entry by entry",
        "What is the derivative with respect to the argument of the outermost function?",
    ),
    "no effect": Meaning(
        "a quantity that nothing on the way to the loss reads has the derivative zero",
        "Is there any path from this quantity to the loss?",
    ),
    "use of a parameter": Meaning(
        "in a product the derivative with respect to one factor is the derivative with respect "
        "to the product, times the transpose of the other factor",
        "At one step, what multiplies the parameter? And what comes back to that product?",
    ),
    "sum over the steps": Meaning(
        "a parameter that every step uses is one copy for each step, all equal; its derivative is "
        "the sum of theirs",
        "The same parameter is used at every step. What if each step had a copy of its own?",
    ),
    "written out": Meaning(
        "the general formulas at every single step",
        "Write the sum out, the last step first.",
    ),
}
"""What each rule says."""
