"""What the adjoints are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..model.model import Model
from ..notation.printer.names import split_name
from ..notation.tree import Expr, Symbol, map_children

STEMS = (r"\delta", r"\epsilon", r"\lambda", r"\eta", r"\zeta", r"\xi", r"\psi")


@dataclass(frozen=True)
class Adjoint:
    """The adjoint of a variable, or (`inner`) of what stands inside its outermost function."""

    variable: str
    inner: bool = False

    @property
    def placeholder(self) -> str:
        """A name that no model can have, until the final names are known."""
        return f"\\adjoint{'inner' if self.inner else ''} {self.variable}"


def final_names(model: Model, adjoints: Iterable[Adjoint]) -> Mapping[str, str]:
    r"""Placeholders to names: δ alone if there is one, else δ_h, δ_c, … after the variables.

    The adjoint of an inner expression takes the name of the variable too, unless the variable's
    own adjoint has it; then it takes the next letter. No name is one that the model uses.
    """
    known = tuple(adjoints)
    outer = {adjoint.variable for adjoint in known if not adjoint.inner}
    free = _free_stems(model)
    alone = len({adjoint.variable for adjoint in known}) == 1
    names = {}
    for adjoint in known:
        second = adjoint.inner and adjoint.variable in outer
        stem = free[1] if second else free[0]
        names[adjoint.placeholder] = stem if alone else f"{stem}_{_script(adjoint.variable)}"
    return names


def _free_stems(model: Model) -> tuple[str, ...]:
    used = {split_name(name).head for name in model.names}
    return tuple(stem for stem in STEMS if stem not in used)


def _script(variable: str) -> str:
    r"""`h` → `h`, `\tilde c` → `{\tilde c}`."""
    command = variable.startswith("\\") and variable[1:].isalpha()
    return variable if len(variable) == 1 or command else f"{{{variable}}}"


def renamed(expr: Expr, names: Mapping[str, str]) -> Expr:
    """The expression with its placeholders replaced."""
    changed = map_children(expr, lambda child: renamed(child, names))
    if isinstance(changed, Symbol) and changed.name in names:
        return replace(changed, name=names[changed.name])
    return changed
