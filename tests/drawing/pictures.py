"""Draw the pictures of README and manual from the samples: `make pictures`.

`pictures.json` keeps what each picture was made from, so that a test notices when it is out of date.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image

from machine import PATIENCE, ROOT
from pressgen import api

if TYPE_CHECKING:
    from collections.abc import Callable

MANUAL = ROOT / "src" / "pressgen" / "manual"
RECORD = Path(__file__).with_name("pictures.json")
TOUR = "elmbrook-reading"
HOUSES = ("thornmere-remand-centre", "warm-rivers")
SHOWN = {"outputs.png": (TOUR,), "pages.png": HOUSES}
"""The releases that each picture shows."""
SCALE = 1.5
"""Pixels of a picture for one of its layout."""
SHEET = """
* { box-sizing: border-box; margin: 0 }
body { background: #e9edf1; font: 15px/1.4 'Source Sans 3', 'DejaVu Sans', sans-serif; color: #12212f; width: 1640px;
  padding: 28px; display: grid; grid-template-columns: 626px 60px 1fr; align-items: stretch }
figure { background: white; border-radius: 8px; overflow: hidden; box-shadow: 0 2px 10px #0d2a4030 }
figcaption { background: #16425b; color: white; font-weight: bold; padding: 7px 16px }
.arrow { align-self: center; text-align: center; font-size: 46px; color: #16425b }
.files { display: grid; grid-template-columns: 1fr 1fr; gap: 24px }
.files .view { height: 508px; overflow: hidden }
.files img { display: block; width: 100% }
pre { font: 13.4px/1.33 'DejaVu Sans Mono', monospace; padding: 14px 16px; white-space: pre-wrap }
.files pre { font-size: 9.3px; line-height: 1.5 }
.key { color: #0b5c74; font-weight: bold }
.filled { color: #9a3b00 }
"""


def list_sources(picture: str, folder: Path) -> dict[str, str]:
    """The SHA-256 of everything that a picture is made from: this file, samples, houses, and what they give.

    Word files, pages and mail texts are made in `folder`; they tell what pressgen itself has changed.
    """
    found = {"tests/drawing/pictures.py": Path(__file__).read_bytes()}
    for name in SHOWN[picture]:
        release = ROOT / "releases" / name / "release.yaml"
        house = ROOT / "templates" / api.load(release)[0].house.name
        paths = [release, *(each for each in sorted(house.rglob("*")) if each.is_file())]
        found |= {each.relative_to(ROOT).as_posix(): each.read_bytes() for each in paths}
        for written in api.build(release, formats=["docx", "html", "txt"], variants=["embargoed"], out=folder):
            inner = read_word_text(written.path) if written.path.suffix == ".docx" else written.path.read_bytes()
            found[f"made/{written.path.name}"] = inner
    return {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def read_word_text(file: Path) -> bytes:
    """The main part of a Word file."""
    with zipfile.ZipFile(file) as package:
        return package.read("word/document.xml")


def draw_outputs(folder: Path) -> Image.Image:
    """One release.yaml on the left, what is made from it on the right: Word, PDF, web page, mail."""
    release = ROOT / "releases" / TOUR / "release.yaml"
    made = {each.path.suffix: each.path for each in api.build(release, variants=["embargoed"], out=folder)}
    source = release.read_text("utf-8")
    coloured = colour_yaml(source[source.index("reference:") :])
    text = made[".txt"].read_text("utf-8")
    views = {
        "Word file": f'<img src="{render_pdf(convert_word(made[".docx"]))[0]}">',
        "PDF": f'<img src="{render_pdf(made[".pdf"])[0]}">',
        "Web page": f'<img src="{screenshot(made[".html"], folder / "page.png", 740, 900)}">',
        "Email": f"<pre>{html.escape(text)}</pre>",
    }
    figures = "".join(
        f'<figure><figcaption>{name}</figcaption><div class="view">{view}</div></figure>'
        for name, view in views.items()
    )
    page = folder / "outputs.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><style>{SHEET}</style>"
        f"<figure><figcaption>release.yaml</figcaption><pre>{coloured}</pre></figure>"
        f'<div class="arrow">➜</div><div class="files">{figures}</div>',
        "utf-8",
    )
    with Image.open(screenshot(page, folder / "outputs.png", 1640, 1400)) as image:
        return crop_below(image.convert("RGB"))


def colour_yaml(text: str) -> str:
    """YAML as HTML, with its keys and expressions marked."""
    keys = re.sub(r"(?m)^([ -]*)([a-z_]+)(?=:( |$))", r'\1<span class="key">\2</span>', html.escape(text, quote=False))
    return re.sub(r"\{\{.*?\}\}", r'<span class="filled">\g<0></span>', keys)


def draw_pages(folder: Path) -> Image.Image:
    """Two releases as PDF, in two houses, page beside page."""
    files = [
        each.path
        for name in HOUSES
        for each in api.build(ROOT / "releases" / name, formats=["pdf"], variants=["embargoed"], out=folder)
    ]
    pages = [Image.open(each).convert("RGB") for file in files for each in render_pdf(file)]
    width, gap = 600, 20
    resized = [each.resize((width, each.height * width // each.width), Image.Resampling.LANCZOS) for each in pages]
    size = gap + len(resized) * (width + gap), max(each.height for each in resized) + 2 * gap
    sheet = Image.new("RGB", size, "#d3d7da")
    for at, each in enumerate(resized):
        sheet.paste(each, (gap + at * (width + gap), gap))
    return sheet


def convert_word(file: Path) -> Path:
    """A Word file as PDF, by LibreOffice."""
    out = file.parent / "word"
    command = [
        "soffice", f"-env:UserInstallation=file://{file.parent}/profile", "--headless", "--convert-to", "pdf",
        "--outdir", out, file,
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return out / f"{file.stem}.pdf"


def render_pdf(file: Path) -> list[Path]:
    """The pages of a PDF as pictures beside it."""
    found = []
    with pypdfium2.PdfDocument(file) as document:
        for number, page in enumerate(document, 1):
            found.append(file.with_name(f"{file.stem}-{number}.png"))
            page.render(scale=2.2).to_pil().save(found[-1])
    return found


def screenshot(page: Path, out: Path, width: int, height: int) -> Path:
    """What Chromium shows of a page."""
    command = [
        shutil.which("chromium") or "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--force-device-scale-factor={SCALE}", f"--window-size={width},{height}", f"--screenshot={out}",
        f"--user-data-dir={out.parent}/chromium", page.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return out


def crop_below(image: Image.Image) -> Image.Image:
    """A picture without the empty strip below its last figure."""
    ground = image.getpixel((0, 0))
    rows = range(image.height - 1, 0, -1)
    column = image.width // 3
    last = next(row for row in rows if any(image.getpixel((x, row)) != ground for x in (column, image.width - 200)))
    return image.crop((0, 0, image.width, min(image.height, last + round(28 * SCALE))))


DRAWN: dict[str, Callable[[Path], Image.Image]] = {"outputs.png": draw_outputs, "pages.png": draw_pages}


def main() -> None:
    """Draw every picture, and record what it was made from."""
    record = {}
    for name, draw in DRAWN.items():
        with tempfile.TemporaryDirectory() as folder:
            image = draw(Path(folder)).quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            image.save(MANUAL / name, optimize=True)
        with tempfile.TemporaryDirectory() as folder:
            record[name] = list_sources(name, Path(folder))
    RECORD.write_text(json.dumps(record, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
