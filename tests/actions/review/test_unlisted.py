"""What a returned file holds beside the words of the release is printed, and waits for a person."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from actions.editors import RELEASE, edited, run
from review.editing import EDITORS, Editing

BODY = "word/document.xml"
BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>Hold this.'
    "</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="wp"><wp:docPr id="77" name="new"/><a:blip xmlns:a="a"/></wp:inline>'
    "</w:drawing></w:r></w:p>"
)


@pytest.fixture
def newsroom(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one release, where commands are run."""
    (workspace / "releases" / "bridge" / "release.yaml").write_text(RELEASE)
    monkeypatch.chdir(workspace)
    return workspace


def rewrite(file: Path, parts: dict[str, str]) -> None:
    """Replace parts of a Word file, or add them."""
    with zipfile.ZipFile(file) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name in old | parts:
            archive.writestr(name, parts[name] if name in parts else old[name])


def read_body(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        return archive.read(BODY).decode()


def test_emphasis_is_shown_and_left_to_a_person(newsroom: Path) -> None:
    def stress(editing: Editing) -> None:
        (para,) = [each for each in editing.paras if "It cost" in "".join(char.text for char in each.chars)]
        for char in para.chars[:7]:
            char.bold = EDITORS[0]

    result = run("review", "receive", str(edited(newsroom, stress)), "--accept", "1")

    assert "bold  body[2]  Ann Editor" in result.output
    assert "[-It cost-]{+**It cost**+}" in result.output
    assert "not put in: changes a link, emphasis, heading or list; type it in the release as shown" in result.output


def test_a_new_picture_is_told(newsroom: Path) -> None:
    file = edited(newsroom)
    rewrite(file, {BODY: read_body(file).replace("</w:p>", PICTURE, 1)})

    assert "{+a picture without alternative text+}" in run("review", "receive", str(file)).output


def test_a_part_that_cannot_be_read_is_named(newsroom: Path) -> None:
    file = edited(newsroom)
    rewrite(file, {"word/extra.xml": "<w:p>"})

    assert "{+the part word/extra.xml cannot be read+}" in run("review", "receive", str(file)).output


def strip_contents(newsroom: Path) -> None:
    """Make the record one of an older version, which counted nothing."""
    (record,) = (newsroom / ".pressgen" / "reviews" / "bridge").glob("*.json")
    record.write_text(json.dumps(json.loads(record.read_text()) | {"contents": None}))


def test_a_copy_that_an_older_version_sent_is_counted_all_the_same(newsroom: Path) -> None:
    run("review", "send", "releases/bridge")
    strip_contents(newsroom)
    file = edited(newsroom)
    rewrite(file, {BODY: read_body(file).replace("</w:p>", PICTURE, 1)})

    assert "{+a picture without alternative text+}" in run("review", "receive", str(file)).output


def test_where_the_house_has_changed_since_an_older_version_sent_the_copy_that_is_said(newsroom: Path) -> None:
    run("review", "send", "releases/bridge")
    strip_contents(newsroom)
    file = edited(newsroom)
    house = newsroom / "templates" / "inspectorate" / "house.yaml"
    house.write_text(house.read_text().replace("ENDS", "END OF TEXT"))
    rewrite(file, {BODY: read_body(file).replace("</w:p>", f"{BOX}</w:p>", 1)})

    output = run("review", "receive", str(file)).output

    assert "was sent by an older version; look at its links" in output
    assert re.search(r"^ +1 .* text box .*\n +\{\+Hold this\.\+\}\n[^\d]*$", output, re.MULTILINE)
