"""An editor who answers by mail, in the manner of several programs, with the truth of every change."""

from __future__ import annotations

import html
import random
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from itertools import groupby

from pressgen.model.export import ExportedBlock

WROTE = "On Fri, 20 Nov 2026 at 09:00, Press Office <press@ashgrove.example> wrote:"
HEADERS = (
    "From: Press Office <press@ashgrove.example>", "Sent: Friday, November 20, 2026 9:00 AM",
    "To: Ann Editor <ann@legal.example>", "Subject: For review, round 1",
)  # fmt: skip
WORDS = "otter harbour lantern seventeen quietly orchard remarkable timber without copper".split()


@dataclass
class Quoted:
    """The texts of a release as an editor leaves them, by position."""

    blocks: Sequence[ExportedBlock]
    texts: dict[int, str] = field(default_factory=dict)
    marked: dict[int, str] = field(default_factory=dict)

    def shown(self, number: int) -> str:
        """What the mail shows of a text: the marks of its changes, or the new words."""
        return self.marked.get(number, self.texts.get(number, self.blocks[number].text))

    def rows(self) -> list[list[int]]:
        """The texts in the order of the mail; cells of one row together."""
        ours = [at for at, each in enumerate(self.blocks) if each.id and each.text.strip()]
        return [list(group) for _, group in groupby(ours, self._row)]

    def _row(self, number: int) -> object:
        block = self.blocks[number]
        return block.path.rpartition("[")[0] if block.in_cell and block.path.endswith("]") else number


def compose(text: str | None, page: str | None = None, **headers: str) -> bytes:
    """A mail from Ann Editor."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ann Editor <ann@legal.example>", "press@ashgrove.example"
    mail["Date"], mail["Message-ID"] = "Fri, 20 Nov 2026 10:00:00 +0000", "<a@legal.example>"
    mail["Subject"] = headers.get("subject", "Re: For review, round 1")
    if text is not None:
        mail.set_content(text, charset=headers.get("charset", "utf-8"), cte=headers.get("cte", "quoted-printable"))
        if "format" in headers:
            mail.set_param("format", headers["format"])
    if page is not None and text is None:
        mail.set_content(page, subtype="html", cte="base64")
    elif page is not None:
        mail.add_alternative(page, subtype="html")
    return mail.as_bytes()


def quote(text: str, mark: str = "> ") -> str:
    """A text with a mark before each line."""
    return "\n".join(f"{mark}{line}".rstrip() for line in text.splitlines())


def lay_out(quoted: Quoted, width: int = 72) -> str:
    """The texts as plain text, broken at `width` columns; 0 breaks none."""
    found = []
    for row in quoted.rows():
        if len(row) > 1:
            found.append("   ".join(quoted.shown(number) for number in row))
            continue
        mark = {"item": "- ", "note": "1. "}.get(quoted.blocks[row[0]].kind, "")
        text = mark + quoted.shown(row[0])
        found.append(textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False) if width else text)
    return "\n\n".join(found)


def set_page(quoted: Quoted, paragraph: str, end: str) -> str:
    """The texts as a web page."""
    found = []
    for row in quoted.rows():
        if len(row) > 1:
            cells = "".join(f"<td>{escape(quoted.shown(number))}</td>" for number in row)
            found.append(f"<table><tr>{cells}</tr></table>")
        else:
            found.append(f"{paragraph}{escape(quoted.shown(row[0]))}{end}")
    return "\n".join(found)


def escape(text: str) -> str:
    """A text for a page; what stands between the characters 1 and 2 is struck there."""
    return html.escape(text).replace("\x01", "<s>").replace("\x02", "</s>")


def gmail(quoted: Quoted, above: str) -> bytes:
    """Plain text, wrapped by Gmail."""
    return compose(f"{above}\n\n{WROTE}\n\n{quote(lay_out(quoted, 70))}\n")


def thunderbird(quoted: Quoted, above: str) -> bytes:
    """Flowed text of long lines, under the quote."""
    flowed = "\n".join(
        " \n".join(textwrap.wrap(line, 68, break_long_words=False, break_on_hyphens=False)) or ""
        for line in lay_out(quoted, 0).splitlines()
    )
    marked = "\n".join(f"> {line}" for line in flowed.split("\n"))
    return compose(f"{WROTE}\n{marked}\n\n{above}\n", format="flowed")


def outlook(quoted: Quoted, above: str) -> bytes:
    """Plain text with nothing but headers before it."""
    return compose(f"{above}\n\n{chr(10).join(HEADERS)}\n\n{lay_out(quoted, 0)}\n", cte="base64")


def outlook_page(quoted: Quoted, above: str) -> bytes:
    """A page of Word's making."""
    headers = "<br>".join(f"<b>{line.partition(':')[0]}:</b>{html.escape(line.partition(':')[2])}" for line in HEADERS)
    text = set_page(quoted, "<p class=MsoNormal><span style='color:#1F497D'>", "<o:p></o:p></span></p>")
    return compose(
        None,
        f"<html><head><style>p{{margin:0}}</style></head><body><p class=MsoNormal>{above}</p>"
        f"<div style='border-top:solid 1.0pt'><p class=MsoNormal>{headers}</p></div>{text}</body></html>",
    )


def gmail_page(quoted: Quoted, above: str) -> bytes:
    """A page with a quote, and the plain text that Gmail makes of it."""
    page = set_page(quoted, "<div>", "</div><div><br></div>")
    said = f'<div class="gmail_attr">{html.escape(WROTE)}<br></div><blockquote class="gmail_quote">{page}</blockquote>'
    plain = f"{above}\n\n{WROTE}\n\n{quote(lay_out(quoted, 70))}"
    return compose(
        plain.replace("\x01", "").replace("\x02", ""),
        f'<div dir="ltr">{above}</div><br><div class="gmail_quote">{said}</div>',
    )


def twice(quoted: Quoted, above: str) -> bytes:
    """A mail in which the copy is quoted twice: the round went through a colleague."""
    return compose(f"{above}\n\n{WROTE}\n> Please look at this.\n>\n> {WROTE}\n{quote(lay_out(quoted, 66), '>> ')}\n")


PROGRAMS: dict[str, Callable[[Quoted, str], bytes]] = {
    "gmail": gmail, "thunderbird": thunderbird, "outlook": outlook, "outlook page": outlook_page,
    "gmail page": gmail_page, "twice": twice,
}  # fmt: skip


def edit(quoted: Quoted, chance: random.Random, count: int, how: str) -> None:
    """Change words of `count` texts: typed over, in CriticMarkup, or struck on a page."""
    long = [at for row in quoted.rows() for at in row if len(quoted.blocks[at].text.split()) > 7]
    for number in chance.sample(long, min(count, len(long))):
        words = quoted.blocks[number].text.split(" ")
        at = chance.randrange(2, len(words) - 2)
        old, new = words[at], " ".join(chance.sample(WORDS, chance.randint(1, 3)))
        kind = chance.choice(["replace", "insert", "delete"])
        put = {"replace": [new], "insert": [old, new], "delete": []}[kind]
        quoted.texts[number] = " ".join([*words[:at], *put, *words[at + 1 :]])
        if how != "typed":
            marks = {
                "replace": f"{{~~{old}~>{new}~~}}" if how == "critic" else f"\x01{old}\x02 {new}",
                "insert": f"{old} {{++{new}++}}" if how == "critic" else f"{old} {new}",
                "delete": f"{{--{old}--}}" if how == "critic" else f"\x01{old}\x02",
            }
            quoted.marked[number] = " ".join([*words[:at], marks[kind], *words[at + 1 :]])
