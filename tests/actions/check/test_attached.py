"""What an attachment tells beside what it shows stops a release at check, submission and approval, until accepted."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
import pytest

from pressgen.actions.approve.submit import submit_release
from pressgen.actions.check.check import check_release
from pressgen.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace

NOW = datetime(2019, 5, 6, 23, 30, tzinfo=UTC)


@pytest.fixture
def attaching(office: Workspace) -> Path:
    """A release with a Word file whose properties name who wrote it."""
    folder = office.root / "releases" / "bridge"
    document = docx.Document()
    document.add_paragraph("The report.")
    document.core_properties.author = "Nadia Example, third floor"
    written = io.BytesIO()
    document.save(written)
    (folder / "report.docx").write_bytes(written.getvalue())
    release = folder / "release.yaml"
    release.write_text(release.read_text() + "attachments:\n  - {file: report.docx, title: The report}\n")
    return folder


def messages(office: Workspace, folder: Path) -> list[str]:
    return [each.message for each in check_release(office, folder, NOW).problems if each.code == "X11"]


def test_check_tells_what_an_attachment_tells(office: Workspace, attaching: Path) -> None:
    assert any("Nadia Example" in each for each in messages(office, attaching))


def test_submission_waits_until_it_is_accepted(office: Workspace, attaching: Path) -> None:
    with pytest.raises(InputError) as refusal:
        submit_release(office, attaching, "moss", NOW)

    assert any(each.code == "X11" for each in refusal.value.problems)


def test_all_that_one_file_tells_is_one_warning(office: Workspace, attaching: Path) -> None:
    assert len(messages(office, attaching)) == 1


def test_a_file_of_an_unknown_kind_is_for_its_sender_to_look_into(office: Workspace, attaching: Path) -> None:
    (attaching / "report.docx").write_bytes(bytes(range(256)))

    (message,) = messages(office, attaching)

    assert "look into it yourself (pressgen knows PDF, Office files, pictures, text and zip)" in message
