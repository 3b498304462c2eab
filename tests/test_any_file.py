"""A file from outside that nobody foresaw ends in one line, and the others are read."""

from __future__ import annotations

import ast
import io
import re
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from machine import ROOT, need_shared
from pressgen.actions.setup import importing
from pressgen.cli.app import main
from pressgen.errors import DEBUG, InputError, guard_file
from pressgen.importer.manuscript_reader import read_manuscript
from validate.good import BODY, word, zipped


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one empty folder."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "old").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def locked(user: str) -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(out, encryption=pikepdf.Encryption(user=user, owner="owner"))
    return out.getvalue()


def word_with(body: str) -> bytes:
    """A Word file whose body has other XML."""
    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    whole = parts[BODY].decode()
    start, end = whole.index("<w:body>") + len("<w:body>"), whole.index("</w:body>")
    parts[BODY] = (whole[:start] + body + whole[end:]).encode()
    return zipped(parts)


@pytest.mark.parametrize("command", [["verify"], ["trace"], ["review", "receive"]])
def test_a_pdf_with_a_password_is_one_line(command: list[str], desk: Path) -> None:
    (desk / "pw.pdf").write_bytes(locked("secret"))

    done = run(*command, "pw.pdf")

    assert done.exit_code == 1
    assert len(done.output.splitlines()) == 1
    assert "password" in done.output


def test_the_pdf_with_a_password_of_the_shared_cases_is_one_line() -> None:
    path = need_shared("cases", "round-trip", "marked", "pw.pdf")

    done = run("verify", str(path))

    assert (done.exit_code, len(done.output.splitlines())) == (1, 1)
    assert "V03 is protected by a password" in done.output


@pytest.mark.parametrize("level", ["1.5", "-1", "²", "9" * 5000, "", "one", "4294967296"])
def test_a_level_that_is_no_number_is_read_as_one_that_is_not_there(level: str) -> None:
    numbered = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    data = word_with(f"<w:p>{numbered}<w:r><w:t>Six boats a day</w:t></w:r></w:p>")

    assert [each.text for each in read_manuscript(data, "in.docx").paras] == ["Six boats a day"]


def test_a_folder_is_imported_though_one_file_of_it_fails(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DEBUG)
    reader = importing.read_manuscript

    def failing(data: bytes, shown: str) -> object:
        return int("1.5") if shown.endswith("bad.txt") else reader(data, shown)

    monkeypatch.setattr(importing, "read_manuscript", failing)
    for name in ("a.txt", "bad.txt", "c.txt"):
        (desk / "old" / name).write_text("Bridge opens\n\nThe new bridge opened to traffic today.\n")

    done = run("import", "old")

    assert done.exit_code == 1
    assert "2 imported" in done.output
    assert "1 refused" in done.output
    assert re.search(r"old/bad.txt: K05 could not be read \(unexpected fault [0-9a-f]{4}: invalid literal", done.output)
    assert "ValueError" not in done.output
    assert (desk / "releases" / "c" / "release.yaml").exists()


def test_files_are_verified_though_one_of_them_cannot_be_read(desk: Path) -> None:
    (desk / "one.pdf").write_bytes(b"%PDF-1.7 nothing")
    (desk / "two.txt").write_bytes(b"words")

    done = run("verify", "one.pdf", "two.txt")

    assert "one.pdf: V02 is damaged" in done.output
    assert "two.txt: V01 is neither" in done.output


def test_an_error_that_nobody_foresaw_is_raised_where_somebody_looks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DEBUG, "1")

    with pytest.raises(ZeroDivisionError), guard_file("in.pdf"):
        _ = 1 / 0


@pytest.mark.parametrize("error", [MemoryError(), InputError([]), OSError(28, "No space left on device")])
def test_what_is_not_the_fault_of_the_file_is_not_laid_on_it(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DEBUG)

    with pytest.raises(type(error)), guard_file("in.pdf"):
        raise error


HEAD = b"From: press@mail.example\nSubject: "


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (HEAD + b"a " * 224_000 + b"\n\nhello\n", "a Subject of 448,000 characters"),
        (HEAD + b"x\nContent-Type: text/plain; " + b'x="y"; ' * 60_000 + b"\n\nhello\n", "a Content-Type of 420,"),
        (HEAD + b"x\n\n" + b"Content-Type: text/plain\n" * 300, "more than 200 parts"),
        (b"word \n" * 300_000, "1,800,000 characters"),
        (b"<html><body>" + b"<p>x" * 300_000, "more than 100,000 tags"),
        (word_with("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 110_000), "is larger than 200 pages need"),
        (word_with("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 25_000), "20,000 paragraphs"),
    ],
    ids=["subject", "type", "parts", "text", "tags", "Word", "paragraphs"],
)
def test_what_is_beyond_any_release_is_refused_before_it_is_worked_on(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_manuscript(data, "in")


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(12, "Cannot allocate memory"),
        ImportError("x.so: failed to map segment from shared object"),
    ],
)
def test_too_little_memory_is_one_line_and_the_exit_code_of_what_a_machine_lacks(
    error: Exception, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> object:
        raise error

    monkeypatch.setattr(importing, "read_manuscript", failing)
    (desk / "old" / "a.txt").write_text("Bridge opens\n")

    done = run("import", "old")

    assert done.exit_code == 3
    assert "not enough memory" in done.output


def swallows_memory(handlers: list[ast.ExceptHandler]) -> bool:
    """Whether a `try` catches every exception and does not let go of a lack of memory."""
    for each in handlers:
        named = {node.id for node in ast.walk(each.type) if isinstance(node, ast.Name)} if each.type else {"Exception"}
        if "MemoryError" in named:
            return False
        if named & {"Exception", "BaseException"}:
            return not any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(each))
    return False


MAY = {
    "scheduler/service.py": "what a database raises is tried again",
    "scheduler/store.py": "a driver's own words, with the address of the database",
    "actions/amend/resend_deferred.py": "a mail that waits for the ledger is kept, whatever hinders it",
    "actions/distribute/returned_mail.py": "a worker goes on",
    "actions/publish/group_commit.py": "each caller in the batch raises it again",
    "channels/oauth/microsoft.py": "what a library raises may quote a secret",
    "channels/credentials.py": "as above",
    "channels/object_store.py": "whatever keeps a stranger out is good",
    "pdf/trial.py": "compares failures",
}


def test_a_lack_of_memory_is_laid_on_no_file() -> None:
    package = ROOT / "src" / "pressgen"
    files = {path.relative_to(package).as_posix(): ast.parse(path.read_text()) for path in package.rglob("*.py")}
    swallowing = {
        name
        for name, tree in files.items()
        if any(isinstance(node, ast.Try) and swallows_memory(node.handlers) for node in ast.walk(tree))
    }

    assert swallowing == set(MAY)
