"""A document as one HTML file: MathML and SVG inside, no script, no font, no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ...derivation.steps.rules import RULES
from ...derivation.steps.step import Step
from ...notation.printer.lines import COLUMN
from ...notation.sizes import Shape
from ...notation.tree import Statement
from ..graph import picture
from ..graph.svg import svg
from ..mathml import aligned, inline, written
from .meanings import mark, meanings
from .printing import Printing, shape
from .structure import (
    Block,
    Derived,
    Document,
    Equations,
    Figure,
    Inline,
    Paragraph,
    Reference,
    Section,
    Table,
    Text,
)


def html_document(document: Document) -> str:
    """The document as HTML.

    Formulas are MathML; each symbol tells its shape and meaning where one points at it; the reason
    for each step unfolds, and is unfolded in print. A content security policy forbids everything
    that the file does not hold itself.
    """
    writer = _Writer(document)
    sections = [
        (section, Markup("\n").join(writer.section(section))) for section in document.sections
    ]
    template = _environment().get_template("document.html")
    return template.render(document=document, writer=writer, sections=sections)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("symbolic_bptt.render.document"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=True,
    )


class _Writer:
    """Writes the blocks of one document, and numbers its equations."""

    def __init__(self, document: Document) -> None:
        self.meanings = meanings(document.model)
        self.printing = Printing(
            escape, lambda to: to.kind, transpose=document.transpose, bold=document.bold
        )
        self._equations = 0

    def prose(self, text: Text) -> Markup:
        """Words and formulas in one line."""
        return Markup("").join(map(self._inline, text))

    def section(self, section: Section) -> Iterator[Markup]:
        """Its blocks."""
        for block in section.blocks:
            yield Markup("\n").join(self._block(block))

    def _inline(self, part: Inline) -> Markup:
        match part:
            case str():
                return Markup(escape(part))
            case Shape():
                return self._math(shape(part))
            case Reference():
                return Markup('<a href="#{}">The {}</a>').format(_place(to=part.label), part.kind)
            case _:
                return self._math(self.printing.latex(part))

    def _math(self, latex: str) -> Markup:
        math = inline(latex)
        mark(math, self.meanings)
        return Markup(written(math))

    def _block(self, block: Block) -> Iterator[Markup]:
        match block:
            case Paragraph(text=text, kind="warning"):
                yield Markup('<p class="warning"><strong>Warning:</strong> {}.</p>').format(
                    self.prose(text)
                )
            case Paragraph(text=text):
                yield Markup("<p>{}</p>").format(self.prose(text))
            case Equations(statements=statements, labels=labels):
                yield from self._displays(statements, labels)
            case Derived():
                yield from self._derived(block)
            case Table():
                yield self._table(block)
            case Figure():
                yield self._figure(block)

    def _displays(self, statements: Sequence[Statement], labels: Sequence[str]) -> Iterator[Markup]:
        for rows, label in zip(self.printing.rows(statements, COLUMN), labels, strict=True):
            self._equations += 1
            math = aligned(rows)
            mark(math, self.meanings)
            yield Markup(
                '<div class="equation" id="{}"><div class="formula" tabindex="0">{}</div>'
                '<span class="number">({})</span></div>'
            ).format(_place(to=label), Markup(written(math)), self._equations)

    def _derived(self, block: Derived) -> Iterator[Markup]:
        yield Markup("<h3>{}</h3>").format(self.prose(block.title))
        if not block.told:
            reasons = [self.prose(step.because) for step in block.steps if step.because]
            if reasons:
                yield Markup("<p>{}</p>").format(Markup(" ").join(reasons))
            yield from self._displays([step.statement for step in block.steps], block.labels)
            return
        for step, label in zip(block.steps, block.labels, strict=True):
            yield self._reason(step)
            yield from self._displays([step.statement], [label])

    def _reason(self, step: Step) -> Markup:
        """The name of the rule; unfolded, why it applies here, and what it says."""
        return Markup(
            '<details class="step"><summary>{}</summary><p>{}</p>'
            '<p class="rule">The rule: {}.</p></details>'
        ).format(step.rule.capitalize(), self.prose(step.because), RULES[step.rule].says)

    def _table(self, table: Table) -> Markup:
        head = Markup("").join(Markup('<th scope="col">{}</th>').format(h) for h in table.head)
        rows = Markup("\n").join(
            Markup("<tr>{}</tr>").format(
                Markup("").join(Markup("<td>{}</td>").format(self.prose(cell)) for cell in row)
            )
            for row in table.rows
        )
        return Markup(
            '<div class="wide" id="{}" tabindex="0"><table><caption>{}</caption>'
            "<thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table></div>"
        ).format(_place(to=table.label), self.prose(table.caption), head, rows)

    def _figure(self, figure: Figure) -> Markup:
        drawn = picture(figure.model, figure.count)
        return Markup(
            '<figure id="{}"><div class="wide" tabindex="0" style="--natural:{:.0f}px">{}</div>'
            "<figcaption>{}</figcaption></figure>"
        ).format(
            _place(to=figure.label), drawn.width, Markup(svg(drawn)), self.prose(figure.caption)
        )


def _place(to: str) -> str:
    """A label as the name of a place in the file."""
    return "".join(char if char.isalnum() else "-" for char in to)
