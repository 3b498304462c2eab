"""Text from right to left is copied and found in a PDF as it was written, in the viewers that readers have."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from click.testing import CliRunner

from machine import ROOT, need_shared
from pressgen.cli.app import main
from pressgen.model.document import Paragraph, iter_leaves
from pressgen.pdf.rtl_text import JOINER, share_characters
from pressgen.validate.content import check_text
from render.documents import leaf, sample
from render.folders import locate

if TYPE_CHECKING:
    from pathlib import Path

WORD = re.compile("[\u0620-\u064a]+")
LIGATURES = """reference: ARA-7
house: inspectorate
language: ar
headline: الاحتفال الأول لأطفال الأحياء
times: {zone: Europe/London}
people:
  press: {name: Sam Tyler, role: Press officer, phone: 01632 960123, email: press@example.org}
body:
  - هذه الآلة لأنها إلا الإنجليزية، ولا شيء على الأرض (لله) 1,250 ريال في 2026.
  - "Latin before لا and after السلام, with الآن at the end"
contacts: [press]
"""


@pytest.fixture(scope="module", params=["a few words", "a page"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """The public PDF of a release, and its Arabic words."""
    root = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "templates", root / "templates")
    folder = root / "releases" / "letters"
    folder.mkdir(parents=True)
    case = request.param == "a few words"
    text = need_shared("cases", "arabic-ligatures.yaml").read_text("utf-8") if case else LIGATURES
    (folder / "release.yaml").write_text(text, "utf-8")
    done = CliRunner().invoke(main, ["build", str(folder), "--workspace", str(root), "--out", str(root / "dist")])
    assert done.exit_code == 0, done.output
    return root / "dist" / "letters" / "public" / "letters.pdf", set(WORD.findall(text))


def test_each_word_is_copied_from_chrome_and_edge(made: tuple[Path, set[str]]) -> None:
    file, words = made
    text = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))

    assert {word for word in words if word not in WORD.findall(text)} == set()


def test_each_word_is_copied_from_viewers_with_poppler(made: tuple[Path, set[str]]) -> None:
    file, words = made
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)

    assert {word for word in words if word not in WORD.findall(done.stdout.decode())} == set()


BEH, FATHA, SHADDA = "\u0628", "\u064e", "\u0651"
SHIN, QAMATS, SHIN_DOT = "\u05e9", "\u05b8", "\u05c1"
LAM, ALEF = "\u0644", "\u0627"


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        (BEH, [BEH]),
        (LAM + ALEF, [ALEF + LAM]),
        (BEH + FATHA, [FATHA, BEH]),
        (BEH + SHADDA + FATHA, [FATHA, SHADDA, BEH]),
        (BEH + SHADDA + FATHA, [FATHA + SHADDA, BEH]),
        (SHIN + SHIN_DOT + QAMATS, [QAMATS, SHIN_DOT, SHIN]),
        (LAM + FATHA + ALEF, [FATHA, ALEF + LAM]),
        (BEH, [JOINER, BEH]),
    ],
)
def test_a_glyph_stands_for_its_own_characters_in_the_order_of_the_eye(text: str, shared: list[str]) -> None:
    assert list(share_characters(text, len(shared))) == shared


@pytest.mark.parametrize(("shown", "missing"), [("Second لا third.", 0), ("Second ال third.", 1)])
def test_a_word_that_is_copied_in_another_order_is_missing(shown: str, missing: int) -> None:
    paragraph = leaf(Paragraph, "body[0]", "Second لا third.")
    document = sample(body=(paragraph,))
    text = "\n".join(shown if each == paragraph else str(each) for each in iter_leaves(document.blocks))

    found = check_text(document, text, "a.pdf", locate)

    assert len([each for each in found if each.path == "body[0]"]) == missing
