"""The LaTeX commands that are names, and what to say about those that are not."""

from __future__ import annotations

_LETTERS = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi
Sigma Upsilon Phi Psi Omega
"""

GREEK = frozenset(_LETTERS.split())
"""Names of Greek letters, without the backslash."""

NAMES = frozenset("\\" + name for name in GREEK | {"ell", "infty", "imath", "jmath", "hbar"})
"""Commands that are symbols of their own."""

TRANSPOSES = frozenset({r"\top", r"\intercal", "T"})

ACCENTS = {
    r"\widehat": r"\hat",
    r"\widetilde": r"\tilde",
    r"\overline": r"\bar",
    r"\mathscr": r"\mathcal",
}
"""Wide accents to the plain ones that stand for the same name."""

HINTS = {
    r"\approx": "only equations and inequalities can be checked",
    r"\sim": "only equations and inequalities can be checked",
    r"\propto": "only equations and inequalities can be checked; write the factor",
    r"\leftarrow": "write = for what is assigned",
    r"\gets": "write = for what is assigned",
    r"\rightarrow": "only equations and inequalities can be checked",
    r"\to": "only equations and inequalities can be checked",
    r"\int": "integrals are not part of the notation",
    r"\lim": "limits are not part of the notation",
    r"\argmax": "argmax has no derivative and is not part of the notation",
    r"\ddot": r"accents are \hat, \tilde, \bar, \dot",
    r"\left": "a bracket must follow",
    r"\input": "files are never read from a formula",
    r"\include": "files are never read from a formula",
    r"\href": "links are not part of a formula",
    r"\def": "define macros outside the formula",
    r"\newcommand": "define macros outside the formula",
    r"\langle": "write the inner product as a^\\top b",
    r"\ast": r"write \odot for the elementwise product",
    r"\hadamard": r"write \odot for the elementwise product",
}
"""What to write instead of a command that the notation does not have."""
