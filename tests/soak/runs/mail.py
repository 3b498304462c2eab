"""Send letters in many scripts to a real server; two parsers read what was sent, one of them not Python's."""

from __future__ import annotations

import json
import random
import subprocess
from base64 import b64encode
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from channels.servers import mail_server
from machine import need_program
from node.packages import need_package
from pressgen.channels.letter import Letter, Mailbox, normalise_letter
from pressgen.channels.smtp import MailServer, SmtpSender
from soak.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE, SHORT = 2000, 60
READER = Path(__file__).parents[2] / "node" / "read_mails.mjs"
WORDS = (
    "£3m café opens môr a'r it’s “quoted” naïve Zoë – d’être ÅÄÖ fjärd ŵyl Llŷn tŷ From from =?UTF-8?Q?no?= a=3Db",
    "Γειά σου κόσμε Ἀθῆναι Пресса сообщает о мосте ѣ Їжак",
    "محظور النشر حتى الساعة افتتاح الجسر ١٢٣ لا\u200cنـ",
    "橋が開通しました 桥梁开通 다리가 열렸다 ｱｲｳ 𠮷野家",
    "🎉 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿 e\u0301 a\u0308\u0323 n\u0303 ½ \u202eabc\u202c",
    'plain words (with) "marks" <tags> a,b;c: \\ % & # the end. . .. -- --b =20 = _ ? ?= @ a@b',
)
GAPS = (" ", " ", " ", " ", "  ", "\u00a0", "\u202f", "\t", "")


def soak(size: int, seed: int) -> Result:
    """Send so many letters, and compare what came with them."""
    letters = [_letter(random.Random(seed + each), each) for each in range(size)]  # noqa: S311 - not a secret
    faults: list[str] = []
    with mail_server() as postbox, SmtpSender(MailServer("127.0.0.1", postbox.port, "none")) as post:
        for number, letter in enumerate(letters):
            outcome = post.send(letter)
            if not outcome.ok:
                faults.append(f"seed {seed + number}: {outcome.detail}")
    if not faults:
        for number, (letter, one, other) in enumerate(
            zip(letters, map(_python, postbox.letters), _node(postbox.letters), strict=True)
        ):
            faults += (f"seed {seed + number}: {each}" for each in _differences(letter, one, other))
    return Result(size, tuple(faults), f"{sum(map(len, postbox.letters)) // 1024} KB of mails")


def _differences(letter: Letter, one: dict[str, object], other: dict[str, object]) -> Iterator[str]:
    whole = normalise_letter(letter)
    sent = {
        "subject": whole.subject,
        "from": [whole.sender.name, whole.sender.address],
        "to": [[whole.to.name, whole.to.address]],
        "text": whole.text,
        "html": whole.html,
        "files": [[name, b64encode(content).decode()] for name, content in whole.files.items()],
    }
    for parser, found in (("Python", one), ("postal-mime", other)):
        yield from (
            f"{parser} reads {each} {found[each]!r}, not {sent[each]!r}" for each in sent if found[each] != sent[each]
        )


def _letter(chance: random.Random, number: int) -> Letter:
    text = "".join(chance.choice(["", "From ", ".", "\t", "> ", "--"]) + _line(chance, 40) + "\n" for _ in range(9))
    names = [_line(chance, 4).strip().replace("=?", "") + str(each) + ".csv" for each in range(chance.randrange(3))]
    return Letter(
        sender=Mailbox(_line(chance, 3).strip(), "press@example.org"),
        to=Mailbox(_line(chance, 3).strip(), f"reader{number}@daily.example"),
        subject=chance.choice(["", "", "", " "]) + _line(chance, 16) + chance.choice(["", "", "", " "]),
        text=text,
        html=chance.choice(["", "".join(f"<p>{escape(line)}</p>\n" for line in text.split("\n"))]),
        files={name: chance.randbytes(chance.randrange(300)) for name in names},
        key=f"{chance.getrandbits(256):064x}",
        at=datetime.fromtimestamp(chance.randrange(2_000_000_000), UTC),
    )


def _line(chance: random.Random, most: int) -> str:
    """Words of one script, or of several, with all kinds of gaps."""
    scripts = WORDS if chance.random() < 0.3 else [chance.choice(WORDS)]
    words = [chance.choice(chance.choice(scripts).split(" ")) for _ in range(chance.randrange(1, most + 1))]
    return "".join(word + chance.choice(GAPS) for word in words[:-1]) + words[-1]


def _python(mail: bytes) -> dict[str, object]:
    """A mail as Python's newer parser reads it; as its older one does for names, where the newer adds blanks."""
    modern, older = message_from_bytes(mail, policy=default), message_from_bytes(mail)
    body, page = (modern.get_body((each,)) for each in ("plain", "html"))  # type: ignore[attr-defined]
    boxes = [parseaddr(str(older[each]).replace("\r\n", "")) for each in ("From", "To")]
    sender, to = ([str(make_header(decode_header(name))), address] for name, address in boxes)
    return {
        "subject": str(modern["Subject"]),
        "from": sender,
        "to": [to],
        "text": body.get_content().replace("\r\n", "\n"),
        "html": page.get_content().replace("\r\n", "\n") if page else "",
        "files": [
            [each.get_filename(), b64encode(each.get_payload(decode=True)).decode()]
            for each in modern.iter_attachments()  # type: ignore[attr-defined]
        ],
    }


def _node(mails: list[bytes]) -> list[dict[str, object]]:
    """The mails as postal-mime reads them."""
    need_package("postal-mime")
    given = b"".join(b64encode(each) + b"\n" for each in mails)
    done = subprocess.run([need_program("node"), READER], input=given, capture_output=True, timeout=600, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [each | {kind: each[kind].replace("\r\n", "\n") for kind in ("text", "html")} for each in found]
