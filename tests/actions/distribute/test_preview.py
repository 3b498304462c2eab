"""What is looked at before it goes is what goes, and looking records and sends nothing."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

import pikepdf
import pytest
from click.testing import CliRunner

from actions.room import NOON, OFFICE, Room, room
from channels.servers import Postbox, mail_server
from pressgen.actions.distribute.copy_tracing import trace_copy
from pressgen.actions.distribute.issue import issue_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.preview import preview_issue, send_proof
from pressgen.actions.distribute.reader_copies import CopyOptions
from pressgen.actions.workspace.office import open_ledger
from pressgen.errors import InputError, StateError, UsageError
from pressgen.model.issue_order import ProofSent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRESS = IssueRequest("national")


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, postbox: Postbox) -> Room:
    return room(tmp_path, postbox.port)


def previewed(desk: Room, order: IssueRequest = PRESS, folder: Path | None = None) -> list[Path]:
    return preview_issue(desk.workspace, desk.folder, order, "writer", desk.now, folder=folder).files


@pytest.mark.parametrize("copying", [CopyOptions(), CopyOptions(marked=True)])
def test_a_preview_is_byte_for_byte_what_is_sent(desk: Room, postbox: Postbox, copying: CopyOptions) -> None:
    order = IssueRequest("national", copying)
    files = {each.stem: each.read_bytes() for each in previewed(desk, order)}
    issue_release(desk.workspace, desk.folder, order, "head", desk.watch)

    sent = dict(zip(("daily", "agency"), postbox.letters, strict=True))
    assert files == sent
    assert (len({re.search(rb"filename[^\n]*", each)[0] for each in files.values()}), len(files)) == (1, 2)  # type: ignore[index]


def test_at_another_moment_only_the_date_differs(desk: Room, postbox: Postbox) -> None:
    (daily, _) = [each.read_bytes() for each in previewed(desk)]
    desk.now = NOON.replace(hour=13)
    issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)

    one, other = daily.splitlines(), postbox.letters[0].splitlines()
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    assert [(a[:6], b[:6]) for a, b in differing] == [(b"Date: ", b"Date: ")]


def test_a_preview_records_and_sends_nothing_and_only_its_owner_reads_it(desk: Room, postbox: Postbox) -> None:
    before = desk.events
    files = previewed(desk)

    assert (desk.events, postbox.letters) == (before, [])
    assert [each.relative_to(desk.root).as_posix() for each in files] == [
        "dist/bridge/preview-national/daily.eml",
        "dist/bridge/preview-national/agency.eml",
    ]
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert stat.S_IMODE(files[0].parent.stat().st_mode) == 0o700


def test_a_preview_shows_those_alone_who_would_be_sent_it_now(desk: Room) -> None:
    assert len(previewed(desk)) == 2
    issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)

    assert previewed(desk) == []
    assert list((desk.root / "dist" / "bridge" / "preview-national").iterdir()) == []


def test_a_folder_that_others_read_that_holds_more_or_that_a_channel_shows_is_refused(
    desk: Room, tmp_path: Path
) -> None:
    open_to_all, full = tmp_path / "open", tmp_path / "full"
    open_to_all.mkdir(mode=0o755)
    full.mkdir(mode=0o700)
    (full / "notes.txt").write_text("mine")
    with pytest.raises(StateError, match="other users can read"):
        previewed(desk, folder=open_to_all)
    with pytest.raises(StateError, match="contains other files than mails"):
        previewed(desk, folder=full)
    with pytest.raises(UsageError, match="the folder of the channel “newsroom”"):
        previewed(desk, folder=desk.root / "public" / "look")
    assert (full / "notes.txt").read_text() == "mine"
    assert not (desk.root / "public" / "look").exists()


def test_a_release_that_may_not_go_is_not_previewed(desk: Room) -> None:
    desk.edit("3.2 million", "3.3 million")
    with pytest.raises(StateError, match="has changed since it was approved"):
        previewed(desk)


def test_a_preview_needs_no_password_of_the_mail_server(tmp_path: Path) -> None:
    office = OFFICE.replace("security: none}", "security: none, user: press, password_env: NOT_SET}")
    assert len(previewed(room(tmp_path, 1, office=office))) == 2


def test_a_proof_goes_to_the_one_who_acts_and_nobody_has_the_release_by_it(desk: Room, postbox: Postbox) -> None:
    proof = send_proof(desk.workspace, desk.folder, PRESS, "writer", desk.now)

    (mail,) = postbox.mails
    assert str(mail["To"].addresses[0].addr_spec) == "writer@example.org"
    assert mail["Subject"] == "PROOF: EMBARGO 00:01 BST Wed 2 Apr: Bridge opens"
    assert desk.events[-1] == proof
    assert (proof.recipient, proof.outcome, proof.list) == ("writer", "ok", "national")
    assert (desk.standing.copies, desk.standing.issued_at) == (0, None)
    issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)
    assert len(postbox.letters) == 3


def test_a_marked_proof_is_traced_to_the_one_who_had_it(desk: Room, postbox: Postbox, tmp_path: Path) -> None:
    send_proof(desk.workspace, desk.folder, IssueRequest("national", CopyOptions(marked=True)), "writer", desk.now)
    pdf = next(each for each in postbox.mails[0].iter_attachments() if str(each.get_filename()).endswith(".pdf"))
    (tmp_path / "leak.pdf").write_bytes(pdf.get_content())

    with open_ledger(desk.workspace) as ledger:
        (whose,) = trace_copy(ledger, tmp_path / "leak.pdf")
    assert isinstance(whose.sent, ProofSent)
    assert whose.sent.recipient == "writer"


def test_the_command_says_that_nothing_was_sent(desk: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from pressgen.cli.app import main  # noqa: PLC0415 - as the shell does

    monkeypatch.chdir(desk.root)
    done = CliRunner().invoke(main, ["issue", "releases/bridge", "--list", "national", "--as", "writer", "--preview"])
    assert done.exit_code == 0, done.output
    assert "daily.eml" in done.output
    assert "Nothing was sent" in done.output


def test_an_office_that_issues_to_folders_only_has_no_proof_to_send(tmp_path: Path) -> None:
    desk = room(tmp_path, 25, office=OFFICE.replace("at_issue: [mail]", "at_issue: [early]"))

    with pytest.raises(UsageError, match="the office has no mail channel for issuing; add one to at_issue"):
        send_proof(desk.workspace, desk.folder, PRESS, "writer", desk.now)


def test_a_file_that_cannot_be_read_is_not_traced(desk: Room, tmp_path: Path) -> None:
    with (
        open_ledger(desk.workspace) as ledger,
        pytest.raises(UsageError, match=r": cannot be read \(Is a directory\)"),
    ):
        trace_copy(ledger, tmp_path)


def test_a_pdf_that_draws_more_than_any_release_is_not_searched_for_marks(desk: Room) -> None:
    pdf, file = pikepdf.new(), desk.root / "large.pdf"
    pdf.add_blank_page().obj.Contents = pdf.make_stream(b"n " * 4_500_000)
    pdf.save(file, compress_streams=True)

    with (
        open_ledger(desk.workspace) as ledger,
        pytest.raises(InputError, match="the drawing on page 1 is more than any release has"),
    ):
        trace_copy(ledger, file)
