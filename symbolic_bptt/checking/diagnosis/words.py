"""Diagnoses in words: what a combination of paths, a mistake on the way back or a repair says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ...evaluation.graph import Graph, Key
from ...model.steps import LinearStep, step_expr
from ...notation.printer.latex import latex
from ...notation.printer.text import text
from ...notation.tree import Expr, Symbol
from ..verdict import Diagnosis
from .backward import BackwardMistake
from .catalogue import catalogue
from .contributions import Combination, Group
from .positions import extent
from .repair import Repair

MOST_NAMED = 3
"""So many paths are named in one sentence."""

LONGEST = 160
"""A term longer than this is not repeated inside a sentence."""


def of_repair(found: Repair) -> Diagnosis:
    """`s_t should be s_{t-1}`, with the place of the subterm."""
    wrong = found.edit.wrong if found.edit.wrong is not None else found.wrong
    right = found.edit.right if found.edit.right is not None else found.edit.new
    whole = found.edit.wrong is not None and found.edit.right is None
    shown = found.wrong if whole and found.edit.kind != "term-extra" else wrong
    about = {"wrong": _short(shown), "right": _short(right), "node": _short(right)}
    message = _message(found.edit.kind, about)
    if found.times > 1:
        message += f", in {found.times} places"
    definition = found.place.definition
    if definition is not None:
        message = f"in the definition of {text(definition.symbol)}: {message}"
    span = extent(shown)
    return Diagnosis(
        found.edit.kind,
        message,
        category=catalogue()[found.edit.kind].category,
        subterm=latex(shown),
        repair=latex(right),
        span=(span.start, span.end) if span else None,
        line=definition.line if definition is not None else None,
    )


def _short(expr: Expr) -> str:
    written = text(expr)
    return written if len(written) <= LONGEST else f"{written[: LONGEST - 1]}…"


def _message(kind: str, about: dict[str, str]) -> str:
    sentence = catalogue()[kind]
    if kind == "product-node" and "wrong" in about:
        return catalogue()["factor-missing"].message(**about)
    return sentence.message(**about)


def of_condition(condition: str) -> tuple[Diagnosis, ...]:
    """An initial state that was taken as zero without saying so; nothing for other conditions."""
    if not condition.endswith(" = 0"):
        return ()
    return (_said("initial-state-zero", (), condition=condition),)


def in_source(found: Diagnosis, source: str) -> Diagnosis:
    """The same, with the brackets that belong to the subterm inside its span."""
    if found.span is None:
        return found
    start, end = found.span
    while end < len(source) and _open(source[start:end]) > 0 and source[end] in ")]}":
        end += 1
    while start > 0 and _open(source[start:end]) < 0 and source[start - 1] in "([{":
        start -= 1
    return replace(found, span=(start, end))


def _open(text_: str) -> int:
    """Brackets opened and not closed."""
    return sum((char in "([{") - (char in ")]}") for char in text_)


def of_backward(found: BackwardMistake) -> Diagnosis:
    """What was done wrong on the way back, one clause for each mistake."""
    clauses: list[str] = []
    path: tuple[str, ...] = ()
    for rule in found.rules:
        about = dict(rule.about)
        if rule.kind.startswith(("activation", "softmax")):
            clauses.append(_PLAIN[rule.kind].format(**about))
        else:
            clauses.append(catalogue()[_CATALOGUED.get(rule.kind, rule.kind)].message(**about))
        path = path or rule.path
    if found.factor != 1:
        clauses.append(f"the whole is {_times(found.factor)} what it should be")
    kind = _CATALOGUED.get(found.rules[0].kind, found.rules[0].kind)
    return Diagnosis(kind, "; ".join(clauses), path, category=catalogue()[kind].category)


_CATALOGUED = {"activation-tanh": "activation-other"}

_PLAIN = {
    "activation-dropped": "the derivative of the activation in {node} is left out",
    "activation-other": "the derivative of the activation in {node} is taken as s (1 − s)",
    "activation-unsquared": "the derivative of the activation in {node} is taken as 1 − s",
    "activation-tanh": "the derivative of the activation in {node} is taken as 1 − s²",
    "softmax-dropped": "the Jacobian of the softmax in {node} is left out",
    "softmax-elementwise": "the softmax in {node} is differentiated entry by entry",
}
"""Sentences for mistakes seen in the value of an answer, where no term can be pointed at."""


def _times(factor: Fraction) -> str:
    return "the negative of" if factor == -1 else f"{factor} times"


def of_combination(found: Combination, graph: Graph) -> Diagnosis | None:
    """Which paths are missing, counted twice, or weighted otherwise."""
    weights = found.coefficients
    values = set(weights.values())
    if len(values) == 1:
        return _scaled(next(iter(values)))
    ages = {group: _age(group, found, graph) for group in weights}
    known = [age for age in ages.values() if age is not None]
    aged = found.parameter and len(known) == len(ages) and len(set(known)) > 1
    wrong = [group for group, weight in weights.items() if weight != 1]
    path = _path(found, wrong[0], graph)
    paths = _listed(found, wrong, graph)
    if values == {Fraction(0), Fraction(1)}:
        if aged and (kind := _cut_off(found, ages, graph, paths, path)):
            return kind
        return _said("missing-path", path, paths=_are(paths, len(wrong)))
    if aged and all(weights[group] == age + 1 for group, age in ages.items() if age is not None):
        return _said("total-for-immediate", path)
    others = values - {Fraction(1)}
    if len(others) == 1:
        weight = next(iter(others))
        if weight == -1:
            return _said("path-sign", path, paths=_are(paths, len(wrong)))
        if weight.denominator == 1 and weight > 1:
            return _said("counted-twice", path, paths=_are(paths, len(wrong)), times=str(weight))
    weighted = ", ".join(
        f"{' → '.join(_path(found, group, graph))} counts {weight} times"
        for group, weight in list(weights.items())[:6]
        if weight != 1
    )
    return _said("path-weights", path, paths=weighted)


def _scaled(weight: Fraction) -> Diagnosis | None:
    if weight in (0, 1):
        return None
    kind = "sign" if weight == -1 else "coefficient"
    message = f"the right side is {_times(weight)} the derivative"
    return Diagnosis(kind, message, category=catalogue()[kind].category)


def _said(kind: str, path: tuple[str, ...], **about: str) -> Diagnosis:
    return Diagnosis(
        kind, catalogue()[kind].message(**about), path, category=catalogue()[kind].category
    )


def _are(paths: str, count: int) -> str:
    return f"the path {paths} is" if count == 1 else f"the paths {paths} are"


def _age(group: Group, found: Combination, graph: Graph) -> int | None:
    """How many steps back from the end the parameter is used."""
    if group.end is not None:
        return None if group.end[1] is None else group.end[1] - group.step
    last = graph.steps[-1] if found.of[1] is None else found.of[1]
    return last - group.step


def _cut_off(
    found: Combination,
    ages: dict[Group, int | None],
    graph: Graph,
    paths: str,
    path: tuple[str, ...],
) -> Diagnosis | None:
    """Truncation, or the first step or all losses but the last left out."""
    weights = found.coefficients
    kept = {age for group, age in ages.items() if weights[group] == 1 and age is not None}
    lost = {age for group, age in ages.items() if weights[group] == 0 and age is not None}
    lost_groups = sum(weight == 0 for weight in weights.values())
    missing = f": {_are(paths, lost_groups)} missing"
    if max(kept) < min(lost):
        many_ends = len({group.end for group in weights}) > 1 or found.of[1] is not None
        if len(kept) == 1 and not many_ends and found.of[0] == graph.model.loss:
            several = sum(1 for node in graph.nodes[found.of].reads) > 1
            return _said(
                "last-loss-only" if several else "immediate-for-total", path, paths=missing
            )
        if len(kept) == 1:
            return _said("immediate-for-total", path, paths=missing)
        first = {group.step for group in weights if weights[group] == 0}
        if first == {graph.steps[0]} and not many_ends:
            return _said("first-step-missing", path, step=str(graph.steps[0]), paths=missing)
        steps = f"{len(kept)} steps"
        return _said("truncated", path, steps=steps, paths=missing)
    ends = {group.end for group in weights if weights[group] == 1}
    if len(ends) == 1 and None not in ends:
        end = next(iter(ends))
        if end is not None and end[1] == graph.steps[-1] and len(kept) > 1:
            return _said("last-loss-only", path)
    first = {group.step for group in weights if weights[group] == 0}
    if first == {graph.steps[0]} and all(
        weights[group] == 0 for group in weights if group.step == graph.steps[0]
    ):
        return _said("first-step-missing", path, step=str(graph.steps[0]))
    return None


def _listed(found: Combination, groups: Sequence[Group], graph: Graph) -> str:
    shown = [" → ".join(_path(found, group, graph)) for group in groups[:MOST_NAMED]]
    rest = f" and {len(groups) - MOST_NAMED} more" if len(groups) > MOST_NAMED else ""
    return ", ".join(shown) + rest


def _path(found: Combination, group: Group, graph: Graph) -> tuple[str, ...]:
    """One path of the group, from what is differentiated to what it is taken by."""
    if not found.parameter:
        letter = graph.model.time.index
        reader = text(_at(group.reader, LinearStep(group.step, 1), letter))
        own = text(_at(found.wrt, LinearStep(0, 1), letter))
        return (_named(found.of), "…", reader, own)
    start = _reader(group, graph)
    end = group.end or found.of
    keys = [end, *_between(graph, end, start)]
    if end != found.of and group.end is not None and found.of[0] != end[0]:
        keys = [found.of, *keys]
    return (*(_named(key) for key in keys), _named((found.wrt, None)))


def _reader(group: Group, graph: Graph) -> Key:
    timed = (group.reader, group.step)
    return timed if timed in graph.nodes else (group.reader, None)


def _between(graph: Graph, end: Key, start: Key) -> list[Key]:
    """The keys after `end` on a shortest path down to `start`, which is the last of them."""
    reached: dict[Key, list[Key]] = {end: []}
    pending = [end]
    while pending:
        key = pending.pop(0)
        if key == start:
            return reached[key]
        for read in graph.nodes[key].reads:
            if read not in reached:
                reached[read] = [*reached[key], read]
                pending.append(read)
    return [start]


def _named(key: Key) -> str:
    name, step = key
    return text(Symbol(name) if step is None else _at(name, LinearStep(step), ""))


def _at(name: str, step: LinearStep, letter: str) -> Symbol:
    return Symbol(name, (step_expr(step, letter),))
