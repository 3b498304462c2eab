"""Pages in a browser, which had no part in making them, and what axe-core says of them there."""

from __future__ import annotations

import html
import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

from machine import PATIENCE, need_program
from node.packages import need_package

if TYPE_CHECKING:
    from pathlib import Path

JUDGE = """axe.run(document).then(result => {
  const told = document.createElement("pre");
  told.id = "axe";
  told.textContent = JSON.stringify(result);
  document.body.append(told);
})"""
CLOSED = "--host-resolver-rules=MAP * ~NOTFOUND"
"""No other host can be reached."""


def browse(address: str, folder: Path, width: int = 1280) -> str:
    """What a browser makes of a page in a window of a width; its own files go into `folder`."""
    command = [need_program("chromium"), "--headless", "--no-sandbox", "--disable-gpu", CLOSED]
    options = [f"--window-size={width},900", f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=20000"]
    done = subprocess.run(
        [*command, *options, "--dump-dom", address], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return done.stdout


def judgement(text: str, folder: Path, width: int = 1280, beside: Path | None = None) -> dict[str, Any]:
    """What axe-core finds in the page `text`, shown as if it lay `beside` a file, else in `folder`."""
    axe = (need_package("axe-core") / "axe.min.js").read_text()
    file = beside.with_name(f"judged-{beside.stem}-{width}.html") if beside else folder / "page.html"
    file.write_text(text.replace("</body>", f"<script>{axe}</script><script>{JUDGE}</script></body>"), "utf-8")
    try:
        seen = browse(file.as_uri(), folder, width)
    finally:
        file.unlink()
    told = re.search(r'<pre id="axe">(.*?)</pre>', seen, re.DOTALL)
    assert told, seen[-500:]
    found: dict[str, Any] = json.loads(html.unescape(told[1]))
    return found


def breaches(found: dict[str, Any], of: str = "violations") -> list[str]:
    return [f"{each['id']}: {node['html'][:200]}" for each in found[of] for node in each["nodes"]]
