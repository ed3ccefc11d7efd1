"""How fast it is, as ratios against what one would use instead, all measured in this one run.

    python scripts/bench.py
    python scripts/bench.py --submissions 10000     # the class alone, of that size

Ratios travel between machines better than seconds do. Each figure is the best of several runs.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sympy
from sympy.core.cache import clear_cache

from symbolic_bptt import check_text, load_model
from symbolic_bptt.checking.documents import document_of
from symbolic_bptt.derivation.numpy_gradient import numpy_gradient
from symbolic_bptt.derivation.prepared import prepare
from symbolic_bptt.derivation.staged import gradient, point
from symbolic_bptt.evaluation.domains.floating import FLOAT64
from symbolic_bptt.evaluation.domains.symbolic import SymbolicDomain
from symbolic_bptt.evaluation.forward import forward
from symbolic_bptt.evaluation.graph import Graph
from symbolic_bptt.evaluation.instance import draw_point
from symbolic_bptt.evaluation.unroll import unroll
from symbolic_bptt.grading.new_exercise import new_exercise
from symbolic_bptt.grading.pool import Limits
from symbolic_bptt.grading.run import Run, run
from symbolic_bptt.grading.submissions import Part, Submission
from symbolic_bptt.notation.displays import read_text
from symbolic_bptt.notation.elaboration.choices import Oracle
from symbolic_bptt.notation.elaboration.equations import Equation
from symbolic_bptt.notation.source import Source

FOUR = {"n": 4, "m": 4, "K": 4}
TWO = {"n": 2, "m": 2, "K": 2}


@dataclass(frozen=True)
class Comparison:
    """Two names and two times."""

    ours: str
    peer: str
    our_seconds: float
    peer_seconds: float


def best(action: Callable[[], object], runs: int = 3) -> float:
    """The shortest of several runs, in seconds."""
    return min(_once(action) for _ in range(runs))


def _once(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def python(*arguments: str) -> Callable[[], object]:
    """A Python process of its own."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def elman(count: int, sizes: dict[str, int]) -> Graph:
    """`elman` over `count` steps."""
    return unroll(load_model("elman"), count, sizes)


def staged(graph: Graph) -> dict[str, Any]:
    """The staged gradient from nothing: local derivatives by SymPy, composed at a float64 point."""
    clear_cache()
    return gradient(point(prepare(graph), FLOAT64, draw_point(graph, FLOAT64, 0)))


def plain_sympy(graph: Graph) -> list[Any]:
    """The same gradient by `diff` of the fully substituted loss, one derivative an entry."""
    clear_cache()
    symbols = {
        node.key: np.array(
            sympy.symbols([f"{node.key[0]}_{node.key[1]}_{i}" for i in range(np.prod(node.shape))]),
            dtype=object,
        ).reshape(node.shape)
        for node in graph.given
    }
    loss = forward(graph, SymbolicDomain(), symbols)[graph.loss].item()
    entries = [e for name in graph.model.parameters for e in symbols[(name, None)].flat]
    return [loss.diff(entry) for entry in entries]


def autograd_elman(graph: Graph) -> Callable[[], Any]:
    """The gradient of `elman` at the same point by HIPS autograd."""
    import autograd.numpy as anp
    from autograd import grad

    given = draw_point(graph, FLOAT64, 0)

    def loss(parameters: tuple[Any, Any, Any]) -> Any:
        U, W, V = parameters
        state, total = given[("s", 0)], 0.0
        for t in graph.steps:
            state = anp.tanh(U @ given[("x", t)] + W @ state)
            logits = V @ state
            total = total - given[("y", t)].T @ (logits - anp.log(anp.sum(anp.exp(logits))))
        return anp.sum(total)

    parameters = tuple(given[(name, None)] for name in ("U", "W", "V"))
    return lambda: grad(loss)(parameters)


FORMS = (
    "∂E/∂V = Σ_{k} (ŷ_{k} - y_{k}) s_{k}'",
    "∂E_{k}/∂s_{k} = V' (ŷ_{k} - y_{k})",
    "∂s_{k}/∂s_{{{k}-1}} = diag(1 - s_{k}^2) W",
    "∂E/∂W = Σ_{k} diag(1 - s_{k}^2) ∂E/∂s_{k} s_{{{k}-1}}'",
    "∂E/∂U = Σ_{{{k}=1}}^T diag(1 - s_{k}^2) ∂E/∂s_{k} x_{k}'",
    "∇_{{s_{k}}} E = W' ((1 - s_{{{k}+1}}^2) ⊙ ∇_{{s_{{{k}+1}}}} E) + V' (ŷ_{k} - y_{k})",
    "q_{k} = W' tanh(U x_{k}) ⊙ s_{k}",
    "∂E/∂ŷ_{k} = -y_{k} / ŷ_{k}",
    "s_{k} = tanh(U x_{k} + W s_{{{k}-1}})",
    "∂E/∂W = Σ_{k} ∂E_{k}/∂W",
)
"""Right formulas about `elman`, in any letter."""


def document(letters: str) -> str:
    """A text of ten formulas for each letter."""
    return "\n\n".join(form.format(k=letter) for letter in letters for form in FORMS)


def read(text: str) -> list[Equation]:
    """A text from its characters to typed terms."""
    parsed = read_text(Source(text, "document.txt"), "txt")
    statements = [one for display in parsed.displays for one in display.read.statements]
    made = document_of(load_model("elman"), statements, parsed)
    return [made.equation(line, 0, Oracle()) for line in range(len(statements))]


def reading() -> Iterator[Comparison]:
    """How long a document is read, and read and checked."""
    long = document("tkjirpqabv")
    assert len(read(long)) == 100
    seconds = best(lambda: read(long), 5)
    short = best(lambda: read(document("t")), 5)
    checked = best(lambda: check_text(load_model("elman"), long), 1)
    yield Comparison("100 formulas read to typed terms", "10 (linear: ten times)", seconds, short)
    yield Comparison("100 formulas read and checked", "read alone", checked, seconds)


def submissions(count: int) -> list[Submission]:
    """A class about `elman`, ten lines each, in different letters; one in five has a mistake."""
    made = []
    for number in range(count):
        letter = "tkj"[number % 3]
        transpose = "" if number % 10 == 3 else "'"
        square = "" if number % 10 == 7 else "^2"
        lines = (
            "s_t = tanh(U x_t + W s_{t-1})",
            "ŷ_t = softmax(V s_t)",
            "E = Σ_t E_t",
            "E_t = -y_t' log ŷ_t",
            f"∂E/∂V = Σ_{letter} (ŷ_{letter} - y_{letter}) s_{letter}'",
            "∂E_t/∂s_t = V' (ŷ_t - y_t)",
            "δ_T = V' (ŷ_T - y_T) ⊙ (1 - s_T^2)",
            f"δ_t = (V' (ŷ_t - y_t) + W{transpose} δ_{{t+1}}) ⊙ (1 - s_t{square})",
            f"∂E/∂W = Σ_{letter} δ_{letter} s_{{{letter}-1}}'",
            f"∂E/∂U = Σ_{letter} δ_{letter} x_{letter}'",
        )
        part = Part("answer.txt", "\n".join(lines).encode())
        made.append(Submission(f"{number:06}", (part,)))
    return made


def grade_class(count: int) -> Comparison:
    """A class graded by two processes, with feedback and reports written."""
    with tempfile.TemporaryDirectory() as folder:
        exercise = Path(folder) / "exercise.toml"
        exercise.write_text(new_exercise(load_model("elman"), "elman"), "utf-8")
        half = _once(lambda: _graded(exercise, Path(folder) / "half", count // 2))
        whole = _once(lambda: _graded(exercise, Path(folder) / "whole", count))
    usage = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"largest process: {usage} MB", file=sys.stderr)
    return Comparison(
        f"{count} submissions graded, 2 processes", f"{count // 2} (linear: twice)", whole, half
    )


def _graded(exercise: Path, folder: Path, count: int) -> None:
    run(Run(exercise, folder, Limits(jobs=2)), submissions(count))


def comparisons() -> Iterator[Comparison]:
    """The rows of the table, each measured when it is asked for."""
    yield Comparison(
        "bptt --help",
        'python -c "import sympy"',
        best(python("-m", "symbolic_bptt", "--help"), 5),
        best(python("-c", "import sympy"), 5),
    )
    yield Comparison(
        "bptt models",
        'python -c "import sympy"',
        best(python("-m", "symbolic_bptt", "models"), 5),
        best(python("-c", "import sympy"), 5),
    )
    yield from reading()
    small = elman(3, TWO)
    yield Comparison(
        "staged gradient, elman, T = 3, sizes 2",
        "plain SymPy diff, the same",
        best(lambda: staged(small)),
        best(lambda: plain_sympy(small), 1),
    )
    yield Comparison(
        "staged gradient, elman, T = 200, sizes 4",
        "T = 100 (linear: twice as long)",
        best(lambda: staged(elman(200, FOUR))),
        best(lambda: staged(elman(100, FOUR))),
    )
    graph = elman(100, FOUR)
    prepared, given = prepare(graph), draw_point(graph, FLOAT64, 0)
    ours = gradient(point(prepared, FLOAT64, given))
    theirs = autograd_elman(graph)()
    for name, other in zip(("U", "W", "V"), theirs, strict=True):
        np.testing.assert_allclose(ours[name], other, rtol=1e-9)  # or it is no comparison
    peer = best(autograd_elman(graph))
    yield Comparison(
        "staged gradient at one more point, T = 100",
        "autograd, the same",
        best(lambda: gradient(point(prepared, FLOAT64, given))),
        peer,
    )
    lambdified = numpy_gradient(graph.model, 100, FOUR)
    yield Comparison(
        "lambdified gradient at a point, T = 100",
        "autograd, the same",
        best(lambda: lambdified(given)),
        peer,
    )
    yield grade_class(60)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, help="grade a class of that size, and no more")
    count = parser.parse_args().submissions
    rows = [grade_class(count)] if count else comparisons()
    line = "{:44} {:34} {:>9} {:>9} {:>7}"
    print(line.format("this", "against", "this s", "peer s", "ratio"))
    for row in rows:
        ratio = row.our_seconds / row.peer_seconds
        cells = (f"{row.our_seconds:.3f}", f"{row.peer_seconds:.3f}", f"{ratio:.3f}")
        print(line.format(row.ours, row.peer, *cells), flush=True)


if __name__ == "__main__":
    main()
