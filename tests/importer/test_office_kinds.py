"""Old Word files, RTF and OpenDocument: LibreOffice opens them, in bounds."""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from docx import Document

from importer.drafts import HOME, MUSEUM, quotations
from machine import need_program
from pressgen.errors import InputError
from pressgen.importer import file_kinds, libreoffice
from pressgen.importer.assemble import assemble_draft
from pressgen.importer.manuscript import ParagraphKind, list_words
from pressgen.importer.manuscript_reader import read_manuscript

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODT = "application/vnd.oasis.opendocument.text"
MANIFEST = "META-INF/manifest.xml"
RTF = (
    "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0\n"
    + "".join(f"{line}\\par\n" if line else "" for line in MUSEUM.split("\n"))
    + "}"
)


def refusal(data: bytes, name: str = "old.doc") -> str:
    with pytest.raises(InputError) as refused:
        read_manuscript(data, name)
    return str(refused.value)


def rtf() -> bytes:
    return re.sub(r"[^\x00-\x7f]", lambda match: f"\\u{ord(match[0])}?", RTF).encode()


def odt(body: str, kind: str = ODT, manifest: str = "") -> bytes:
    names = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for each, full in {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible"}.items()
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink"'
                         f' office:version="1.2"><office:body><office:text>{body}</office:text></office:body>'
                         "</office:document-content>")  # fmt: skip
        entries = [("/", kind), ("content.xml", "text/xml")]
        listed = "".join(f'<file-entry full-path="{path}" media-type="{each}"/>' for path, each in entries)
        namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr(MANIFEST, manifest or f'<manifest xmlns="{namespace}">{listed}</manifest>')
    return file.getvalue()


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A .doc with a heading, a list, a table and a link's words, as LibreOffice writes it."""
    folder, document = tmp_path_factory.mktemp("doc"), Document()
    document.add_heading("Clockwork owl comes home", 1)
    document.add_paragraph(
        "A clockwork owl made in 1790 goes on show in Brennick today, eighty years after it was lent."
    )
    document.add_paragraph("the owl", "List Bullet")
    table = document.add_table(2, 2)
    document.add_paragraph("It hoots at noon.")  # LibreOffice loses a table at the end of a .doc
    for cell, text in zip(table._cells, ("Year", "Visitors", "2024", "4,120"), strict=True):
        cell.text = text
    document.save(str(folder / "old.docx"))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [need_program("soffice"), profile, "--headless", "--convert-to", "doc", "old.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / "old.doc").read_bytes()


def test_an_old_word_file_is_read(old_word: bytes) -> None:
    paras = read_manuscript(old_word, "old.doc").paras

    assert [(para.kind, para.text) for para in paras] == [
        (ParagraphKind.HEADING, "Clockwork owl comes home"),
        (
            ParagraphKind.TEXT,
            "A clockwork owl made in 1790 goes on show in Brennick today, eighty years after it was lent.",
        ),
        (ParagraphKind.ITEM, "the owl"),
        (ParagraphKind.TABLE, "Year Visitors 2024 4,120"),
        (ParagraphKind.TEXT, "It hoots at noon."),
    ]


def test_rich_text_is_read_whatever_its_name_is() -> None:
    need_program("soffice")
    manuscript = read_manuscript(rtf(), "old.txt")
    draft = assemble_draft(manuscript, HOME)

    assert draft.headline == "Clockwork owl comes home to Brennick Museum"
    assert [name.removeprefix("Dr ") for name, _ in quotations(draft)] == ["Ines Falk", "Tobias Reed"]
    words = Counter(word for para in manuscript.paras for word in list_words(para.shown))
    assert Counter(list_words(MUSEUM)) - words == Counter()


def test_an_opendocument_text_is_read_without_going_to_the_network() -> None:
    need_program("soffice")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        picture = f"http://127.0.0.1:{server.getsockname()[1]}/owl.png"
        body = (
            f'<text:h text:outline-level="1">The owl comes home</text:h><text:p>It hoots at <text:a xlink:href="https://'
            f'brennick.example/noon">noon</text:a>.<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href='
            f'"{picture}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
        )
        paras = read_manuscript(odt(body), "old.odt").paras
        with pytest.raises(TimeoutError):
            server.accept()

    assert [para.text for para in paras][:2] == ["The owl comes home", "It hoots at noon."]
    assert [link.href for link in paras[1].links] == ["https://brennick.example/noon"]


def test_a_document_of_another_program_is_known_by_its_content() -> None:
    need_program("soffice")
    abiword = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<abiword xmlns="http://www.abisource.com/awml.dtd" fileformat="1.1"'
        ' version="1.0"><section><p>The owl comes home.</p><p>It hoots at noon.</p></section></abiword>'
    )

    assert [para.text for para in read_manuscript(abiword.encode(), "old.odt").paras] == [
        "The owl comes home.", "It hoots at noon.",
    ]  # fmt: skip


def test_without_libreoffice_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(libreoffice, "NAMES", ("soffice", "libreoffice"))

    assert "I13 is a .rtf file, which LibreOffice has to open, and that is not on this machine" in refusal(rtf())


def test_what_libreoffice_cannot_open_is_one_line(old_word: bytes) -> None:
    assert "I14 cannot be opened by LibreOffice" in refusal(old_word[:600] + old_word[-500:])


def test_a_program_that_hangs_is_ended_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 300 & echo $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(libreoffice, "PATIENCE", 2)

    assert "I14 needs more than 2 seconds in LibreOffice" in refusal(rtf())
    child = (tmp_path / "child").read_text().strip()
    assert any(_is_dead(child) or time.sleep(0.1) for _ in range(100))


def _is_dead(process: str) -> bool:
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().split()[2] == "Z"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "I01 has a password"),
        (OLE + "Workbook".encode("utf-16-le"), "I01 is an Excel workbook"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "I01 is a PowerPoint presentation"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "I01 is an Outlook message"),
        (OLE + b"x" * 600, "I01 is an old Office file without a text, or damaged"),
        (odt("", manifest="<manifest><encryption-data/></manifest>"), "I01 has a password"),
        (odt("", "application/epub+zip"), "not a Word document"),
        (b"{\\rtf1 Half a", "I01 is cut off: its last bracket is missing"),
        (b'<?xml version="1.0"?>\n<rss><channel><title>News</title></channel></rss>', "I01 is an XML file of a kind"),
    ],
)
def test_other_files_of_office_programs_are_refused_by_name(data: bytes, message: str) -> None:
    assert message in refusal(data)


def test_a_file_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_kinds, "MOST_UNPACKED", 1024 * 1024)

    assert "I01 unpacks to more than 1 MB" in refusal(odt("<text:p>" + "a" * 2_000_000 + "</text:p>"))
