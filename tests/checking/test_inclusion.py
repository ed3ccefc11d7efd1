r"""`\input{part}` is followed inside the folder of a file, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from symbolic_bptt.checking.check import check_files, check_text
from symbolic_bptt.checking.understand import understand_files
from symbolic_bptt.checking.verdict import CheckReport
from symbolic_bptt.model import load_model

LOSS = r"$$E = \sum_t E_t$$"
FALSE = r"$$E_t = 0$$"


def checked(folder: Path, **files: str) -> CheckReport:
    """The report on `main`, among these files: `__` is a slash in their names."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.tex"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return check_files(load_model("elman"), [folder / "main.tex"])


def places(report: CheckReport) -> list[tuple[str, int, str]]:
    return [(Path(claim.file).name, claim.line, claim.verdict) for claim in report.claims]


@pytest.mark.parametrize(
    "command",
    [r"\input{part}", r"\input{part.tex}", r"\input part", r"\include{part}", r"\subfile{ part }"],
)
def test_a_part_is_read_where_it_is_included(tmp_path: Path, command: str) -> None:
    main = f"{LOSS}\n{command}\n\n{FALSE}\n"
    found = checked(tmp_path, main=main, part=f"words\n\n{FALSE}\n{LOSS}")
    assert places(found) == [
        ("main.tex", 1, "holds"),
        ("part.tex", 3, "fails"),
        ("part.tex", 4, "holds"),
        ("main.tex", 4, "fails"),
    ]
    assert not found.unread


def test_names_and_macros_are_those_of_the_whole_document(tmp_path: Path) -> None:
    main = r"\newcommand{\loss}{E} \input{sub/macros}"
    main += r"$$\delta_t = \frac{\partial \loss}{\partial s_t}$$"
    main += r"\input{sub/claims} $$\now{\delta} = 2 \now{\delta}$$"
    found = checked(
        tmp_path,
        main=main,
        sub__macros=r"\newcommand{\now}[1]{#1_t}",
        sub__claims=r"$$\now{\delta} = \frac{\partial \loss}{\partial \now{s}}$$",
    )
    assert [claim.verdict for claim in found.claims] == ["definition", "holds", "fails"]


def test_a_macro_holds_from_where_it_is_read(tmp_path: Path) -> None:
    main = r"\input{one} $$\x = E_1$$ \input{two} $$\x = E_1$$"
    found = checked(tmp_path, main=main, one=r"\def\x{E_1}", two=r"\def\x{E_2}")
    assert [claim.verdict for claim in found.claims] == ["holds", "fails"]


def test_a_file_that_is_not_there_is_told_in_its_place(tmp_path: Path) -> None:
    found = checked(tmp_path, main=f"{LOSS}\n  \\input{{lost}}\n{LOSS}\n")
    assert places(found) == [
        ("main.tex", 1, "holds"),
        ("main.tex", 2, "unreadable"),
        ("main.tex", 3, "holds"),
    ]
    message = found.claims[1].message
    assert "there is no file lost.tex in the folder" in message
    assert message.splitlines()[-1].strip() == "^" * len(r"\input{lost}")
    assert [one.line for one in found.unread] == [2]


@pytest.mark.parametrize("outside", ["../secret", "/etc/passwd", "{folder}/secret", "link"])
def test_nothing_beyond_the_folder_is_opened(tmp_path: Path, outside: str) -> None:
    (tmp_path / "secret.tex").write_text(FALSE)
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "link.tex").symlink_to(tmp_path / "secret.tex")
    name = outside.format(folder=tmp_path)
    found = checked(tmp_path / "inner", main=f"{LOSS}\n\\input{{{name}}}")
    assert [claim.verdict for claim in found.claims] == ["holds", "unreadable"]
    assert "outside of the folder" in found.claims[1].message


def test_a_file_that_includes_itself_ends(tmp_path: Path) -> None:
    found = checked(tmp_path, main=r"\input{part}", part=rf"{LOSS} \input{{part}} \input{{main}}")
    assert [claim.verdict for claim in found.claims] == ["holds", "unreadable", "unreadable"]
    assert all("includes itself" in claim.message for claim in found.claims[1:])


def test_more_files_than_are_read_are_told(tmp_path: Path) -> None:
    found = checked(tmp_path, main=r"\input{part}" * 60 + LOSS, part=" ")
    assert found.claims[-1].verdict == "holds"
    assert "files are included" in found.claims[0].message


@pytest.mark.parametrize(
    "text",
    [
        rf"{LOSS} % \input{{part}}",
        rf"{LOSS} \verb|\input{{part}}|",
        rf"\begin{{verbatim}}\input{{part}}\end{{verbatim}} {LOSS}",
        rf"{LOSS} \end{{document}} \input{{part}}",
        rf"{LOSS} \inputenc \includegraphics{{part}}",
    ],
)
def test_what_tex_does_not_read_is_not_read(tmp_path: Path, text: str) -> None:
    assert [c.verdict for c in checked(tmp_path, main=text, part=FALSE).claims] == ["holds"]


def test_headings_of_a_part_count(tmp_path: Path) -> None:
    main = r"$$T = 2$$ $$E_T = E_2$$ \input{part} $$E_T = E_2$$"
    found = checked(tmp_path, main=main, part=r"$$E_T = E_2$$ \section{Next}")
    assert [claim.verdict for claim in found.claims] == ["holds", "holds", "fails"]


def test_reading_shows_the_part_in_its_place(tmp_path: Path) -> None:
    checked(tmp_path, main=rf"{LOSS} \input{{part}} {FALSE}", part=r"$$\hat y_t = \hat y_t$$")
    (file,) = understand_files(load_model("elman"), [tmp_path / "main.tex"]).files
    names = [Path(one.source).name for one in file.statements]
    assert names == ["main.tex", "part.tex", "main.tex"]


def test_a_text_without_a_folder_includes_nothing() -> None:
    claims = check_text(load_model("elman"), rf"\input{{/etc/passwd}} {LOSS}", ".tex").claims
    assert [claim.verdict for claim in claims] == ["holds"]
