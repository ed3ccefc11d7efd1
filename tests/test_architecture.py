"""The house keeps its order: floors, no cycles, short documented files, no evaluated text."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "symbolic_bptt"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 350

# A module may import from its own floor and from those below it.
FLOORS = {
    "core": 0,
    "notation": 0,
    "model": 1,
    "evaluation": 2,
    "derivation": 3,
    "checking": 4,
    "atlas": 5,
    "render": 5,
    "grading": 5,
    "cli": 6,
}
# Notebooks ask a result itself for its LaTeX; only these methods may reach up, and only lazily.
DISPLAY_HOOKS = {"_repr_latex_", "_repr_markdown_", "_repr_html_", "_repr_svg_"}

in_each_file = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: str(path.relative_to(PACKAGE))
)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in FILES}


def imported(path: Path, node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """The modules of the package that an import statement names."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    else:
        package = module_name(path).split(".")
        if path.name != "__init__.py":
            package = package[:-1]
        base = package[: len(package) - node.level + 1] if node.level else []
        origin = ".".join([*base, *([node.module] if node.module else [])])
        names = [
            full if (full := f"{origin}.{alias.name}") in MODULES else origin
            for alias in node.names
        ]
    return (name for name in names if name in MODULES)


def imports(path: Path, *, lazy: bool) -> Iterator[str]:
    """What a file imports from the package; `lazy` counts imports inside functions too."""

    def visit(node: ast.AST) -> Iterator[str]:
        match node:
            case ast.Import() | ast.ImportFrom():
                yield from imported(path, node)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")) if not lazy:
                return
            case ast.FunctionDef(name=name) if name in DISPLAY_HOOKS or not lazy:
                return
            case _:
                for child in ast.iter_child_nodes(node):
                    yield from visit(child)

    return visit(parsed(path))


def floor(module: str) -> int | None:
    parts = module.split(".")
    return FLOORS.get(parts[1]) if len(parts) > 1 else None


def test_every_folder_has_a_floor() -> None:
    folders = {
        path.parent.relative_to(PACKAGE).parts[0] for path in FILES if path.parent != PACKAGE
    }
    assert folders <= set(FLOORS)


@in_each_file
def test_imports_only_from_its_own_floor_and_below(path: Path) -> None:
    own = floor(module_name(path))
    if own is None:  # the package's own __init__ hands on names of all floors
        return
    upward = [name for name in imports(path, lazy=True) if (floor(name) or 0) > own]
    assert upward == []


def test_render_and_grading_do_not_import_each_other() -> None:
    for path in FILES:
        place = path.relative_to(PACKAGE).parts[0]
        if place == "render":
            assert not [
                m for m in imports(path, lazy=True) if m.startswith("symbolic_bptt.grading")
            ]


def test_no_module_imports_itself_through_others() -> None:
    graph = {name: set(imports(path, lazy=False)) - {name} for name, path in MODULES.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the cycle


@in_each_file
def test_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


# What turns text into code or into SymPy expressions by way of code. (`re.compile` is neither.)
EVALUATORS = {"eval", "exec", "compile", "__import__", "sympify", "parse_expr", "parse_latex"}


@in_each_file
def test_evaluates_no_text(path: Path) -> None:
    calls = [node.func for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    written = {ast.unparse(function) for function in calls} - {"re.compile"}
    assert {name.rpartition(".")[2] for name in written} & EVALUATORS == set()


@in_each_file
def test_every_public_name_is_documented(path: Path) -> None:
    undocumented = [
        f"{path.name}:{node.lineno}: {node.name}"
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if not ast.get_docstring(node)
    ]
    assert undocumented == []
    assert not path.read_text("utf-8").strip() or ast.get_docstring(parsed(path))


HEAVY = ("sympy", "numpy", "flint", "pydantic", "rich")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        *([name, "--help"] for name in ("models", "show", "derive", "verify", "schema")),
        ["schema", "derive"],
        ["completion", "zsh"],
    ],
    ids=" ".join,
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys\n"
        "from symbolic_bptt.cli import main\n"
        f"status = main({arguments!r})\n"
        f"heavy = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "sys.exit(f'imported: {heavy}' if heavy else status)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_a_list_of_the_library_reads_no_formula() -> None:
    script = (
        "import sys\n"
        "from symbolic_bptt.cli import main\n"
        "main(['models'])\n"
        "sys.exit('symbolic_bptt.notation.displays' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert run.returncode == 0


def test_importing_the_package_imports_nothing_heavy() -> None:
    script = f"import sys, symbolic_bptt; sys.exit(any(name in sys.modules for name in {HEAVY!r}))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_public_names_exist() -> None:
    import symbolic_bptt

    for name in symbolic_bptt.__all__:
        assert getattr(symbolic_bptt, name) is not None
    assert set(symbolic_bptt.__all__) <= set(dir(symbolic_bptt))
