"""What axe-core says of the page in a browser: no breach of WCAG, and no good practice missed."""

from __future__ import annotations

import html
import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from machine import PATIENCE, need_program
from node.packages import need_package
from pressgen.render import page
from render.documents import public, reviewed, sample
from render.folders import HOUSES, MEDIA, real

if TYPE_CHECKING:
    from pathlib import Path

TWINS = {"embargoed": sample(), "public": public(sample()), "review": reviewed(sample())}
JUDGE = """axe.run(document).then(result => {
  const told = document.createElement("pre");
  told.id = "axe";
  told.textContent = JSON.stringify(result);
  document.body.append(told);
})"""


def judgement(text: str, folder: Path, width: int = 1280) -> dict[str, Any]:
    """What axe-core finds in the page `text`, shown in a window of a width."""
    axe = (need_package("axe-core") / "axe.min.js").read_text()
    file = folder / "page.html"
    file.write_text(text.replace("</body>", f"<script>{axe}</script><script>{JUDGE}</script></body>"))
    options = [f"--window-size={width},900", f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=20000"]
    command = [need_program("chromium"), "--headless", "--no-sandbox", "--disable-gpu", *options, "--dump-dom"]
    done = subprocess.run([*command, file.as_uri()], capture_output=True, text=True, timeout=PATIENCE, check=True)
    told = re.search(r'<pre id="axe">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told, done.stderr
    found: dict[str, Any] = json.loads(html.unescape(told[1]))
    return found


def breaches(found: dict[str, Any], of: str = "violations") -> list[str]:
    return [f"{each['id']}: {node['html'][:200]}" for each in found[of] for node in each["nodes"]]


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("twin", TWINS)
@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "telephone"])
def test_axe_finds_nothing(house: str, twin: str, width: int, tmp_path: Path) -> None:
    text = page.render(TWINS[twin], real(house), MEDIA).content.decode()

    found = judgement(text, tmp_path, width)

    assert breaches(found) == []
    assert breaches(found, "incomplete") == []
    assert {"color-contrast", "image-alt", "heading-order", "html-has-lang"} <= {each["id"] for each in found["passes"]}


def test_axe_sees_a_faulty_page(tmp_path: Path) -> None:
    text = page.render(sample(), real("inspectorate"), MEDIA).content.decode()
    faulty = re.sub(r' alt="Two pupils[^"]*"', "", text).replace("--ink: #17202a", "--ink: #aaaaaa")

    found = {each["id"] for each in judgement(faulty, tmp_path)["violations"]}

    assert found == {"image-alt", "color-contrast"}
