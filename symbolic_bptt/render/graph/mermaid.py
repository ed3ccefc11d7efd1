"""The picture for Mermaid, which GitHub draws in Markdown; it places the nodes itself."""

from __future__ import annotations

from collections.abc import Iterator

from ...notation.printer import text
from .layout import Arrow, Node, Picture

_CLASSES = (
    "classDef computed fill:#e3eefb,stroke:#1d2733,color:#1d2733",
    "classDef given fill:#eef1f4,stroke:#5b6673,color:#1d2733",
    "classDef parameter fill:#e6f4e6,stroke:#1d2733,color:#1d2733",
    "classDef loss fill:#fdf0d5,stroke:#1d2733,stroke-width:3px,color:#1d2733",
)


def mermaid(drawn: Picture) -> str:
    """The picture as a flowchart, one box for each step."""
    return "\n".join(["flowchart BT", *(f"  {line}" for line in _lines(drawn))])


def _lines(drawn: Picture) -> Iterator[str]:
    yield f"accTitle: {_plain(drawn.title)}"
    steps = sorted({node.item.step for node in drawn.nodes if node.item.key[1] is not None})
    for step in steps:
        index = drawn.model.time.index.lstrip("\\")
        yield f'subgraph step{steps.index(step)}["{_escaped(f"{index} = {step}")}"]'
        yield from (f"  {_node(n)}" for n in drawn.nodes if n.item.key[1] == step)
        yield "end"
    yield from (_node(node) for node in drawn.nodes if node.item.key[1] is None)
    yield from map(_link, drawn.arrows)
    yield from _CLASSES
    for kind in ("computed", "given", "parameter", "loss"):
        names = ",".join(node.name for node in drawn.nodes if node.item.kind == kind)
        if names:
            yield f"class {names} {kind}"
    yield from _colours(drawn)


def _node(node: Node) -> str:
    label = _escaped(text(node.item.symbol))
    return f'{node.name}("{label}")' if node.outline.round else f'{node.name}["{label}"]'


def _link(arrow: Arrow) -> str:
    if arrow.derivative is None:
        return f"{arrow.start.name} --> {arrow.end.name}"
    label = _escaped(text(arrow.derivative))
    return f'{arrow.start.name} -. "{label}" .-> {arrow.end.name}'


def _colours(drawn: Picture) -> Iterator[str]:
    """Mermaid styles its links by their numbers."""
    width = "2.5px" if drawn.highlight is not None else "1.5px"
    styles = {
        ("forward", True): f"stroke:#1f5fa8,stroke-width:{width}",
        ("forward", False): "stroke:#1f5fa8,stroke-width:1px,opacity:0.3",
        ("backward", True): f"stroke:#b3261e,color:#b3261e,stroke-width:{width}",
        ("backward", False): "stroke:#b3261e,color:#b3261e,stroke-width:1px,opacity:0.3",
    }
    for (direction, bright), style in styles.items():
        numbers = [
            str(i)
            for i, arrow in enumerate(drawn.arrows)
            if (arrow.direction, arrow.bright) == (direction, bright)
        ]
        if numbers:
            yield f"linkStyle {','.join(numbers)} {style}"


def _escaped(words: str) -> str:
    """Whatever means something to Mermaid or to HTML as an entity of its own kind (#35;)."""
    return "".join(
        char if char.isalnum() or ord(char) > 127 or char in " =(),.+-/_{}" else f"#{ord(char)};"
        for char in words
    )


def _plain(words: str) -> str:
    return "".join(char for char in words if char.isalnum() or char in " ,.-")
