"""Exit statuses, errors, and what an interruption leaves behind."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

import symbolic_bptt
from symbolic_bptt.cli.app import COMMANDS
from symbolic_bptt.cli.app import bptt as group

ROOT = Path(__file__).parents[2]


def heeding_interrupts() -> None:
    """A suite in the background hands down that interrupts are ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(*arguments: str, **kwargs: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "symbolic_bptt", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        preexec_fn=heeding_interrupts,
        **kwargs,
    )


def test_version_is_the_package_s(bptt) -> None:
    assert bptt("--version").out == f"bptt, version {symbolic_bptt.__version__}\n"


def test_every_command_file_is_listed_and_every_listed_command_has_a_file() -> None:
    folder = ROOT / "symbolic_bptt/cli/commands"
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == set(COMMANDS)


def commands() -> dict[str, click.Command]:
    ctx = click.Context(group)
    found = {name: group.get_command(ctx, name) for name in COMMANDS}
    return {"": group, **{name: command for name, command in found.items() if command}}


EXAMPLES = [
    line.split()[1:]
    for command in commands().values()
    for line in re.findall(r"^ +bptt .*", command.epilog or "", re.MULTILINE)
    if "<" not in line
]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_with_examples_of_the_command(bptt, name: str) -> None:
    text = bptt(name, "--help").out
    _, mark, end = text.partition("Examples:")
    assert mark
    assert f"  bptt {name}" in end


# The files that examples name: true statements about the models they are checked against.
FILES = {
    "derivation.tex": r"\[\frac{\partial E}{\partial V} = \sum_t (\hat y_t - y_t) s_t^\top\]",
    "notes.md": r"The loss of one step is $E_t = -y_t^\top \log \hat y_t$.",
    "answer.txt": "s_t = f(z_t)",
    "exercise.toml": """
        title = "V"
        model = "elman"
        [[targets]]
        quantity = "dE/dV"
        points = 1
    """,
    "class/ada.txt": "dE/dV = Σ_t (ŷ_t - y_t) s_t'",
}


@pytest.mark.parametrize("arguments", EXAMPLES, ids=" ".join)
def test_examples_of_the_help_run(bptt, tmp_path: Path, arguments: list[str]) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    if "graded" in arguments[:-1]:
        bptt("grade", "exercise.toml", "class", "-o", "graded")
    outcome = bptt(*arguments)
    assert outcome.status == 0
    named = [arguments[i + 1] for i, argument in enumerate(arguments) if argument == "-o"]
    assert all(map(written, named)) if named else outcome.out


def written(name: str) -> bool:
    path = Path(name)
    return any(path.iterdir()) if path.is_dir() else bool(path.read_bytes())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dervie", "elman"], "Did you mean 'derive'?"),
        (["derive"], "Missing argument 'MODEL'"),
        (["derive", "elmann"], "did you mean elman"),
        (["derive", "nosuch.toml"], "nosuch.toml"),
        (["show", "/"], "no model"),
        (["show", ""], "no model"),
        (["show", "/dev/zero"], "no model"),
        (["derive", "elman", "-T", "0"], "1<=x"),
        (["derive", "elman", "-T", "-3"], "1<=x"),
        (["derive", "elman", "-T", "three"], "three"),
        (["derive", "elman", "-T", "10000000000"], "1<=x<="),
        (["derive", "elman", "--style", "fancy"], "named"),
        (["derive", "elman", "--wrt", "Q"], "Q"),
        (["derive", "elman", "--let", "f"], "f=tanh"),
        (["derive", "elman", "--let", "f=tanh"], "f"),
        (["derive", "scalar-additive", "--let", "f=tanh", "--let", "f=exp"], "twice"),
        (["derive", "scalar-additive", "--let", "f=sinus"], "sinus"),
        (["verify"], "--all"),
        (["verify", "elman", "--all"], "--all"),
        (["schema", "nothing"], "derive"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_unusable_input_is_status_2_and_says_what_instead(
    bptt, arguments: list[str], said: str
) -> None:
    outcome = bptt(*arguments)
    assert outcome.status == 2
    assert outcome.out == ""
    assert said in outcome.err
    assert "Traceback" not in outcome.err


def test_an_error_in_a_model_file_shows_the_place_with_a_caret(bptt, tmp_path: Path) -> None:
    text = (
        'title = "x"\nloss = "E"\n'
        "equations = '''\ns_t = \\tanh(U x_t + ) \nE = \\sum_t s_t^2\n'''\n"
        '[parameters]\nU = "scalar"\n[inputs]\nx_t = "scalar"\n'
    )
    (tmp_path / "mine.toml").write_text(text)
    outcome = bptt("derive", "mine.toml")
    assert outcome.status == 2
    assert re.search(r"error: .*mine\.toml:4:\d+: ", outcome.err)
    assert re.search(r"^ +\^", outcome.err, re.MULTILINE)


def test_a_defect_is_not_mistaken_for_a_verdict(bptt, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("symbolic_bptt.model.catalogue", broken)
    outcome = bptt("models")
    assert outcome.status == 2
    assert "defect" in outcome.err


@pytest.mark.parametrize("arguments", [["derive", "elman"], ["--help"]], ids=" ".join)
def test_a_closed_pipe_is_quiet(arguments: list[str]) -> None:
    process = start(*arguments, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate()
    assert (process.returncode, err) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_an_error() -> None:
    with Path("/dev/full").open("wb") as full:
        process = start("models", stdout=full)
        _, err = process.communicate()
    assert process.returncode == 2
    assert b"space" in err
    assert b"Traceback" not in err


def interrupted(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """What it has written when it ends; an interrupt that C code swallows is sent again."""
    for _ in range(5):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=20)
    process.kill()
    return process.communicate()


def test_ctrl_c_ends_quietly_with_130(tmp_path: Path) -> None:
    process = start(
        *("verify", "--all", "-T", "300", "-o", str(tmp_path / "out.txt")), stdout=subprocess.PIPE
    )
    time.sleep(1.5)
    out, err = interrupted(process)
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_output_is_utf8_whatever_the_locale_says() -> None:
    process = subprocess.run(
        [sys.executable, "-m", "symbolic_bptt", "derive", "elman", "-T", "2"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert "∂E/∂W" in process.stdout.decode("utf-8")


def test_no_escape_codes_reach_a_pipe(bptt) -> None:
    assert "\x1b" not in (outcome := bptt("derive", "nosuch")).err + outcome.out


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_bar_shows_on_a_terminal_alone_and_without_colour_if_asked(no_color: str) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "symbolic_bptt", "verify", "elman", "scalar-additive"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": no_color, "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = read_all(ours)
    out, _ = process.communicate()
    assert process.returncode == 0
    assert b"verifying" in shown
    assert bool(re.search(rb"\x1b\[[0-9;]*3[0-9]", shown)) == (not no_color)
    assert b"\x1b" not in out


def read_all(terminal: int) -> bytes:
    shown = b""
    try:
        while piece := os.read(terminal, 4096):
            shown += piece
    except OSError:  # how Linux tells the end of a terminal
        pass
    os.close(terminal)
    return shown


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    def verified(seed: str, hashes: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-m", "symbolic_bptt", "verify", "gru", "--seed", seed],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": hashes},
            capture_output=True,
            check=True,
        ).stdout

    first = verified("5", "1")
    assert b"seed 5" in first
    assert verified("5", "2") == first
    assert verified("6", "1") != first
