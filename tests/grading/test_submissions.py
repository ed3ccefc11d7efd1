"""What is taken from students' files, and what is refused."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from symbolic_bptt.grading.submissions import SubmissionError, collect
from symbolic_bptt.grading.submissions.archive import read_archive
from symbolic_bptt.grading.submissions.roster import read_roster

TEXT = b"dE/dV = 1"


def archive(files: dict[str, bytes | zipfile.ZipInfo]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            if isinstance(content, zipfile.ZipInfo):
                made.writestr(content, b"/etc/passwd")
            else:
                made.writestr(name, content)
    return out.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def test_files_folders_and_archives_are_one_student_each(tmp_path: Path) -> None:
    (tmp_path / "ada.tex").write_bytes(TEXT)
    (tmp_path / "boris").mkdir()
    (tmp_path / "boris" / "two.md").write_bytes(TEXT)
    (tmp_path / "boris" / "one.txt").write_bytes(TEXT)
    (tmp_path / "chen.zip").write_bytes(archive({"a/answer.tex": TEXT, "__MACOSX/x": b""}))
    found = collect([tmp_path])
    assert [one.student for one in found] == ["ada", "boris", "chen"]
    assert [part.name for part in found[1].parts] == ["one.txt", "two.md"]
    assert not any(one.refused for one in found)


@pytest.mark.parametrize("wrapper", ["", "week 3/"])
def test_an_archive_of_a_class_holds_one_student_a_file_or_folder(
    tmp_path: Path, wrapper: str
) -> None:
    files = {f"{wrapper}ada.tex": TEXT, f"{wrapper}boris/a.tex": TEXT, f"{wrapper}boris/b.md": TEXT}
    (tmp_path / "class.zip").write_bytes(archive(files))
    found = collect([tmp_path / "class.zip"])
    assert [(one.student, len(one.parts)) for one in found] == [("ada", 1), ("boris", 2)]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"../evil.tex": TEXT}, "outside"),
        ({"a/../../evil.tex": TEXT}, "outside"),
        ({"/etc/evil.tex": TEXT}, "outside"),
        ({"C:\\evil.tex": TEXT}, "outside"),
        ({"a\\b.tex": TEXT}, "outside"),
        ({"link.tex": link("link.tex")}, "symbolic link"),
        ({"bomb.tex": bytes(30_000_000)}, "bomb"),
        ({"a.tex": TEXT, "A.TEX": TEXT}, "one name"),
    ],
)
def test_archives_that_escape_or_explode_are_refused(
    files: dict[str, bytes | zipfile.ZipInfo], said: str
) -> None:
    with pytest.raises(SubmissionError, match=said):
        read_archive(archive(files), "x.zip")


def test_an_archive_that_lies_about_sizes_is_refused() -> None:
    made = bytearray(archive({"a.tex": b"x" * 5_000}))
    at = made.index(b"PK\x01\x02") + 24
    made[at : at + 4] = (7).to_bytes(4, "little")
    with pytest.raises(SubmissionError):
        read_archive(bytes(made), "x.zip")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 no", archive({"a.tex": TEXT})[:-20]],
    ids=["empty", "no archive", "cut short"],  # an archive holds the time at which it was made
)
def test_damaged_archives_are_refused(content: bytes) -> None:
    with pytest.raises(SubmissionError, match="cannot be read"):
        read_archive(content, "x.zip")


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symbolic_bptt.grading.submissions.archive.MAX_ENTRIES", 3)
    with pytest.raises(SubmissionError, match="entries"):
        read_archive(archive({f"{n}.tex": TEXT for n in range(4)}), "x.zip")


def test_one_students_bad_archive_costs_only_that_student(tmp_path: Path) -> None:
    (tmp_path / "ada.tex").write_bytes(TEXT)
    (tmp_path / "evil.zip").write_bytes(archive({"../../x.tex": TEXT}))
    (tmp_path / "nested.zip").write_bytes(archive({"in.zip": archive({"a.tex": TEXT})}))
    ada, evil, nested = collect([tmp_path])
    assert not ada.refused
    assert not evil.parts
    assert "outside" in evil.refused[0]
    assert "inside an archive" in nested.refused[0]


def test_links_in_folders_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not yours")
    folder = tmp_path / "class"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada" / "a.txt").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    for one in collect([folder]):
        assert not one.parts
        assert "symbolic link" in " ".join(one.refused)


def test_a_student_twice_is_an_error_that_names_both(tmp_path: Path) -> None:
    (tmp_path / "ada.tex").write_bytes(TEXT)
    (tmp_path / "Ada.md").write_bytes(TEXT)
    with pytest.raises(SubmissionError, match="handed in twice"):
        collect([tmp_path])


def test_names_come_from_the_roster(tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "s1.tex").write_bytes(TEXT)
    (tmp_path / "class" / "s2.md").write_bytes(TEXT)
    roster = tmp_path / "roster.csv"
    roster.write_text("file;name;id\ns1.tex;Ada Lovelace;17\ns2;Boris;18\n", "utf-8")
    found = collect([tmp_path / "class"], read_roster(roster))
    assert [(one.student, one.identifier) for one in found] == [
        ("Ada Lovelace", "17"),
        ("Boris", "18"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [("a,b\n1,2\n", "must name a column"), ("file,name\nx,Ada\nx,Bob\n", "two students")],
)
def test_a_roster_that_cannot_be_used_says_why(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(text)
    with pytest.raises(SubmissionError, match=said):
        read_roster(path)


@pytest.mark.parametrize(
    "content",
    ["dE/dV = ŷ_1".encode("utf-16"), "dE/dV = é".encode("latin-1"), b"\x00\xff\xfe\x01", b""],
)
def test_odd_encodings_are_read_or_reported(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ada.txt").write_bytes(content)
    collect([tmp_path])[0].text()


def test_what_is_not_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "scan.pdf").write_bytes(b"%PDF")
    assert "scan.pdf was not read" in collect([tmp_path])[0].refused[0]


def test_no_submission_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="no submission"):
        collect([tmp_path])
