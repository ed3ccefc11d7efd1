"""A claim about every step, every length and every size, by obligations of one step.

The claim is written so that its sums over steps can be compared term by term (`gathered`), and
every kind of step, or of two steps, is looked at in a window that stands for all of that kind
(`window`, `zones`). Names that are defined by recursion are replaced by derivatives of the loss
(`names`), products over steps by Jacobians (`products`): these are claims of their own, proved
first. At sizes of at least the number of letters, what holds holds at every size (`counted`,
`shapes`). What no rule covers is not settled; nothing is refuted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from ...evaluation.errors import EvaluationError
from ...evaluation.integers import integer
from ...notation.tree import Expr, Range, Symbol
from ..comparison import Claim
from .bench import Bench, Needs, Scene
from .errors import NotSettled
from .gathered import Chosen, put, step
from .names import Partners
from .products import Chain
from .window import FAR
from .zones import Look


@dataclass(frozen=True)
class Task:
    """A claim made ready. letters: its free letters that are steps. entries: its other ranges.

    sums: the chains of letters of its sums over steps, the outermost first.
    """

    claim: Claim
    letters: tuple[Range, ...]
    entries: tuple[Range, ...]
    sums: tuple[tuple[str, ...], ...]
    partners: Partners
    chains: Mapping[str, Chain]
    looks: tuple[Look, ...]
    single_looks: tuple[Look, ...]


def prove(bench: Bench, task: Task) -> None:
    """All obligations of a claim at one choice of sizes. Raises `NotSettled`."""
    if task.partners or task.chains:
        bench.needs.add(_lemmas(bench, task))
    if not task.letters and task.sums:
        _prove_sums(bench, task)
    else:
        for look in task.looks:
            for letters in _meant(task, look):
                _prove_at(bench, task, look, letters, {})
    if not bench.compared:
        raise NotSettled("nothing in it exists at the steps that are looked at")


def _lemmas(bench: Bench, task: Task) -> Needs:
    """Rules R and P at every step; what they need. Claims of one file share what was proved."""
    known = bench.ground.windows
    said = bench.trial.definitions
    at = tuple(bench.sizes.items()), bench.view, bench.counted
    chains = frozenset(one.lemma for one in task.chains.values())
    key = ("lemmas", said.text, at, frozenset(task.partners.items()), chains, task.single_looks)
    if key not in known:
        there = replace(bench.trial, laboratory=bench.ground)
        own = replace(bench, trial=there, needs=Needs(), scenes={})
        for look in task.single_looks:
            scene = _scene(own, task, look)
            for name in task.partners:
                _prove_partner(own, scene, task, name, look.position)
            for chain in task.chains.values():
                _prove_chain(own, scene, chain, look.position)
        known[key] = own.needs
    found = known[key]
    assert isinstance(found, Needs)
    return found


def _scene(bench: Bench, task: Task, look: Look) -> Scene:
    """A window in which names defined by recursion are what their partners are."""
    known = look.window in bench.scenes
    scene = bench.scene(look.window)
    if not known:
        far = () if look.far is None else (look.far - 1, look.far, look.far + 1)
        steps = [at for at in scene.steps if at in look.window.region or at in far]
        for name, partner in task.partners.items():
            for at in steps:
                found = partner.value(scene, at)
                if found is not None:
                    scene.give(name, at, found)
            scene.close(name, steps)
    return scene


def _prove_partner(bench: Bench, scene: Scene, task: Task, name: str, at: int) -> None:
    """Rule R at one step."""
    if at not in scene.steps:
        return
    alone = scene.without(name, at, task.partners)
    given = scene.environment.known.get((name, (at,)))
    own: Expr = Symbol(name, (step(at),))
    if given is None or isinstance(given.found, EvaluationError):
        if alone.exists(own):
            raise NotSettled(f"{name} is defined where its derivative does not exist")
        return
    if not alone.exists(own):
        raise NotSettled(f"{name} is not defined at every step")
    bench.compare_values(scene, alone.value(own), given.found)


def _prove_chain(bench: Bench, scene: Scene, chain: Chain, at: int) -> None:
    """Rule P at one step."""
    factor, jacobian = chain.obligation(at)
    if at in scene.steps and scene.exists(factor):
        bench.compare_values(scene, scene.value(factor), scene.value(jacobian))


def _meant(task: Task, look: Look) -> Iterator[dict[str, int]]:
    """The steps that the free letters mean at a look: its position, and any other one."""
    if len(task.letters) < 2:
        yield {span.index: look.position for span in task.letters}
        return
    one, other = (span.index for span in task.letters)
    for at in [*look.near, *([] if look.far is None else [look.far])]:
        yield {one: look.position, other: at}


def _prove_sums(bench: Bench, task: Task) -> None:
    """Rules S and X: some choice of letters, and of terms that are one step apart, agrees."""
    reason: NotSettled | None = None
    for pick in _picks(task):
        try:
            for look in task.looks:
                at = {letter: look.position + shift for letter, shift in pick.items()}
                _prove_at(bench, task, look, {}, at)
            return
        except NotSettled as error:
            reason = reason or error
        except EvaluationError as error:
            reason = reason or NotSettled(f"its terms cannot be looked at one by one ({error})")
    raise reason or NotSettled("its sums cannot be compared term by term")


def _picks(task: Task) -> Iterator[dict[str, int]]:
    """Which letter of each chain of sums says what term is looked at, and how far from the look."""
    deep = any(len(letters) > 1 for letters in task.sums)
    chains = list(dict.fromkeys(task.sums))
    for chosen in product(*chains):
        letters = list(dict.fromkeys(chosen))
        if any(len(set(chain) & set(letters)) != 1 for chain in chains):
            continue
        yield dict.fromkeys(letters, 0)
        if deep or len(letters) > 3:
            continue
        for shifts in product((0, 1, -1), repeat=len(letters)):
            if any(shifts) and 0 in shifts:
                yield dict(zip(letters, shifts, strict=True))


def _prove_at(
    bench: Bench, task: Task, look: Look, letters: Mapping[str, int], sums: Mapping[str, int]
) -> None:
    """The claim at one step (or two), its sums written out."""
    scene = _scene(bench, task, look)
    environment = scene.environment
    if not all(_is_meant(span, letters, scene) for span in task.letters):
        return
    taken = {letter: (at,) for letter, at in sums.items()}
    others = (*look.near, *(() if look.far is None else (look.far,)))
    steps = {letter: taken.get(letter, others) for chain in task.sums for letter in chain}
    last = FAR if look.window.far_end else scene.steps[-1]
    chosen = Chosen(
        steps,
        (scene.steps[0] if look.window.start else -FAR, last),
        look.far,
        scene.placed.theta,
        lambda expr: integer(expr, environment),
        scene.exists,
        lambda node, low, high: _jacobian(scene, task.chains[node.ranges[0].index], low, high),
    )
    sides = [task.claim.left, task.claim.right]
    for letter, at in letters.items():
        sides = [put(side, letter, step(at)) for side in sides]
    left, right = map(chosen.expanded, sides)
    for place in scene.places(Claim(left, "=", right, task.entries)):
        bench.compare(scene, place.left, place.right)


def _jacobian(scene: Scene, chain: Chain, low: int, high: int) -> Expr:
    """What a product is between two steps."""
    first = high if chain.downward else low
    names = scene.graph.nodes
    if (chain.name, first) in names and (chain.name, first - 1) not in names:
        raise NotSettled(f"there is no {chain.name} before the first step")
    return chain.written(low, high)


def _is_meant(span: Range, letters: Mapping[str, int], scene: Scene) -> bool:
    """Whether a free letter has its value within its range, which is all steps unless said."""
    bound = scene.environment
    for name, at in letters.items():
        bound = bound.bind(name, at)
    at, steps = letters[span.index], scene.steps
    low = steps[0] if scene.window.start else -FAR
    high = FAR if scene.window.far_end else steps[-1]
    low = low if span.lower is None else integer(span.lower, bound)
    high = high if span.upper is None else integer(span.upper, bound)
    return low <= at <= high and all(at != integer(one, bound) for one in span.unequal)
