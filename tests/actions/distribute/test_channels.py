"""From the office's file to what is delivered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pressgen.actions.distribute.office_channels import (
    build_unsubscribe_options,
    create_mail_server,
    create_webhook,
    resolve_channel_folder,
)
from pressgen.actions.workspace.folder import Workspace
from pressgen.channels.credentials import Secret
from pressgen.errors import EnvironmentFailureError
from pressgen.model.office import FolderChannel, MailChannel, OfficeDetails, WebhookChannel

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_counts_from_the_workspace_or_from_the_root(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)

    assert resolve_channel_folder(workspace, FolderChannel(kind="folder", path="public")) == tmp_path / "public"
    assert str(resolve_channel_folder(workspace, FolderChannel(kind="folder", path="/srv/news"))) == "/srv/news"


def test_a_password_is_looked_up_only_where_somebody_logs_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = MailChannel(kind="smtp", host="mail", user="press", password_env="MAIL_WORD")  # noqa: S106 - a name

    with pytest.raises(
        EnvironmentFailureError, match="MAIL_WORD is not set: it holds the secret for the log-in of the channel"
    ):
        create_mail_server(Workspace(tmp_path), "mail", whole)
    monkeypatch.setenv("MAIL_WORD", "hunter2")

    assert create_mail_server(Workspace(tmp_path), "mail", whole).password == Secret("hunter2")
    assert create_mail_server(Workspace(tmp_path), "mail", whole.model_copy(update={"user": None})).password is None


def test_a_key_may_lie_in_a_file_of_its_owner(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("hunter2\n")
    (tmp_path / "key").chmod(0o600)
    channel = WebhookChannel(kind="webhook", url="https://hook.example/in", secret_file="key")  # noqa: S106 - a name

    assert create_webhook(Workspace(tmp_path), "wire", channel).secret == Secret("hunter2")


def about(**ways: str) -> OfficeDetails:
    return OfficeDetails.model_validate(
        {"name": "Press", "from": "press@example.org", "newsroom": "https://news.example.org"} | ways
    )


@pytest.mark.parametrize(
    ("page", "address", "one_click"),
    [
        ("https://a.example/leave", "https://a.example/leave", False),
        ("https://a.example/l?who={address}", "https://a.example/l?who=a%2Bb%40c.example", True),
        ("https://a.example/{key}", "https://a.example/abc", True),
    ],
)
def test_one_click_is_enough_where_the_page_is_told_who_leaves(page: str, address: str, *, one_click: bool) -> None:
    found = build_unsubscribe_options(
        about(unsubscribe_page=page, unsubscribe_mail="leave@example.org"), "a+b@c.example", "abc"
    )

    assert found.addresses == (address, "mailto:leave@example.org")
    assert found.one_click is one_click


def test_an_office_that_names_no_way_off_its_lists_has_none() -> None:
    assert build_unsubscribe_options(about(), "a@b.example", "abc").addresses == ()
