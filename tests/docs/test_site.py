"""The documentation site: it builds without a warning, leads nowhere wrong, asks no other host, and can be read by all.

Its pages are judged by lxml and by a browser, which had no part in making them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html as markup

from browser import breaches, browse, judgement
from machine import PATIENCE, ROOT
from pressgen.actions.setup.manual import list_chapters
from pressgen.cli.app import main

DOCS = ROOT / "docs"
LOADING = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src", "link": "href",
    "object": "data", "embed": "src", "form": "action",
}  # fmt: skip
"""What makes a browser ask for something without a click, or sends what a reader types."""
NAMED_ONLY = {"next", "prev", "canonical", "search", "index", "author"}
"""Kinds of `link` that load nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` builds it."""
    out = tmp_path_factory.mktemp("docs") / "site"
    done = subprocess.run(
        [sys.executable, DOCS / "build.py", out], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return out


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, markup.HtmlElement]:
    """Every page, parsed."""
    return {path: markup.parse(str(path)).getroot() for path in site.rglob("*.html")}


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: dict[Path, markup.HtmlElement]) -> None:
    anchors = {path: set(page.xpath("//@id")) | {""} for path, page in pages.items()}
    wrong, followed = [], 0
    for path, page in pages.items():
        for address in page.xpath("//a/@href | //img/@src"):
            parts = urlsplit(urljoin(path.as_uri(), address))
            if parts.scheme in {"http", "https", "mailto"}:
                continue
            target, followed = Path(unquote(parts.path)), followed + 1
            is_there = target.is_file() and target.is_relative_to(site)
            if not is_there or (target in anchors and unquote(parts.fragment) not in anchors[target]):
                wrong.append(f"{path.name}: {address}")

    assert wrong == []
    assert followed > 1000


def test_every_chapter_and_every_command_has_a_page_that_the_navigation_names(
    site: Path, pages: dict[Path, markup.HtmlElement]
) -> None:
    start = pages[site / "index.html"]
    named = set(start.xpath("//nav//a/@href | //*[contains(@class, 'sidebar-tree')]//a/@href"))

    assert {f"{name}.html" for name in list_chapters()} - named == set()
    assert {f"commands/{name}.html" for name in main.commands} - named == set()
    assert {"api.html", "CHANGELOG.html", "CONTRIBUTING.html"} - named == set()


def test_nothing_is_loaded_from_another_host(site: Path, pages: dict[Path, markup.HtmlElement]) -> None:
    asked = [
        f"{path.name}: {element.get(name)}"
        for path, page in pages.items()
        for tag, name in LOADING.items()
        for element in page.iter(tag)
        if not NAMED_ONLY & set((element.get("rel") or "").split())
        if urlsplit(element.get(name) or "").netloc
    ]
    styles = [
        f"{path.name}: {address}"
        for path in site.rglob("*.css")
        for address in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')\s]+)", path.read_text("utf-8"))
        if urlsplit(address).netloc
    ]

    assert asked == []
    assert styles == []


def test_texts_keep_their_characters(site: Path, pages: dict[Path, markup.HtmlElement]) -> None:
    build = pages[site / "commands" / "build.html"].text_content()

    assert "With --queue: follow it to its end." in build
    assert "pressgen build --all --queue --out s3://press/archive --wait" in build


def test_the_search_finds_a_chapter_without_any_server(site: Path, tmp_path: Path) -> None:
    found = browse(f"{(site / 'search.html').as_uri()}?q=embargo+lift", tmp_path)

    results = markup.fromstring(found).xpath("//ul[contains(@class, 'search')]//a/@href")
    assert any(each.startswith("office.html") for each in results), results


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("name", ["index", "format", "api", "commands/review"])
def test_axe_finds_nothing(site: Path, name: str, width: int, tmp_path: Path) -> None:
    page = site / f"{name}.html"

    assert breaches(judgement(page.read_text("utf-8"), tmp_path, width, beside=page)) == []


WRONG = ["[x](nowhere.md)", "[x](other.md#nowhere)", "[x](#nowhere)", "![x](nowhere.png)"]


def test_links_that_lead_nowhere_end_the_build_and_each_is_named(tmp_path: Path) -> None:
    lines = [line for wrong in WRONG for line in (wrong, "")]
    (tmp_path / "index.md").write_text("\n".join(["# Start", "", *lines, "```{toctree}", "other", "```", ""]))
    (tmp_path / "other.md").write_text("# Other\n\nWords.\n")
    code = "import sys, build; from pathlib import Path; sys.exit(build.run_sphinx(*map(Path, sys.argv[1:])))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(DOCS), os.environ.get("PYTHONPATH", "")])}

    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path, tmp_path / "site"],
        capture_output=True, text=True, timeout=PATIENCE, check=False, env=environment,
    )  # fmt: skip

    assert done.returncode == 1
    warned = [number for number in range(3, 3 + len(lines), 2) if f"index.md:{number}: WARNING" in done.stderr]
    assert warned == [3, 5, 7, 9], done.stderr
