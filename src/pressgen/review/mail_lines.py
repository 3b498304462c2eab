"""Sort the lines of a mail into quoted and new ones.

Programs quote in many ways: with `>`, in a <blockquote>, or with nothing but a block of headers above. Signatures and
legal notices are taken out; nothing of them is a change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLAIN, STRUCK, INSERTED = " ", "-", "+"
"""The style of a character: plain, struck through, or marked as inserted."""
HEADER = re.compile(
    r"^[*_]*(From|Sent|To|Cc|Date|Subject|Reply-To|Von|Gesendet|An|Betreff|Datum|De|Envoyé|À|Objet|Enviado|Para|Asunto"
    r"|Da|Inviato|A|Oggetto|Van|Verzonden|Aan|Onderwerp|Från|Skickat|Till|Ämne|Fra|Sendt|Til|Emne|Oddi wrth|At|Pwnc"
    r"|От|Отправлено|Кому|Тема|Дата)"
    r"[*_]*\s?:[*_]*\s",
    re.IGNORECASE,
)
ORIGINAL = re.compile(
    r"^\s*(?:[-_]{2,}\s*(?:original message|original[- ]nachricht|ursprüngliche nachricht|message d.origine|mensaje"
    r" original|messaggio originale|oorspronkelijk bericht|forwarded message|reply message|weitergeleitete nachricht)"
    r"\s*[-_]{2,}|_{20,}|begin forwarded message:)\s*$",
    re.IGNORECASE,
)
WROTE = re.compile(
    r"(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|skrev|написал|пишет|escreveu|ysgrifennodd)"
    r"[^:\n]{0,80}:\s*$|(?:@[^\s>]+>?|\d{4}[^:\n]{0,60})\s*:\s*$",
    re.IGNORECASE,
)
INTRODUCED = re.compile(r"^\s*(?:On|Am|Le|El|Il|Op|Den|Em|Ar)\b.*\d|^\s*\d{1,4}[./-]\d", re.IGNORECASE)
SENT_FROM = re.compile(
    r"^\s*(?:sent (?:from|via|with) (?:my|the|yahoo|outlook|proton|mail)\b|get outlook for|von meinem \w+ gesendet"
    r"|envoyé de mon|enviado desde mi)(?:\W+\w+){0,5}\W*$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"^\s*(?:(?:kind|best|warm|many)?\s*(?:regards|wishes|thanks)|thanks(?: again| so much)?|thank you|cheers|best"
    r"|all the best|yours(?: \w+)?|sincerely|ta|mit freundlichen grüßen|viele grüße|cordialement|saludos|cofion)"
    r"\s*[,.!]?\s*$",
    re.IGNORECASE,
)
LEGAL = re.compile(
    r"confidential|privileged|intended (?:only|solely|recipient|for)|addressee|unauthori[sz]ed|disclaimer|in error"
    r"|virus|monitored|registered (?:office|in|number)|consider the environment|unsubscribe|vertraulich|confidentiel",
    re.IGNORECASE,
)
RULE = re.compile(r"^\s*[-_=*~]{3,}\s*$")
"""A line that is drawn; `--` alone begins a signature."""
TEXT_BELOW = re.compile(r"^\s*={30,}\s*$")
"""The rule under the notice in a mail with review copies; below it stands the text of the release."""
NOTICE = 40
"""The most lines of such a notice, as mail programs break them."""
QUOTED = re.compile(r"^(?: ?>)+ ?|^(?:[A-Z]{1,3}>)+ ?")
"""The marks of a quoted line, with the initials that some programs put before them."""
LEGAL_WORDS = 2
"""How many signs of a legal notice a paragraph needs to be one."""
SIGNED = 8
"""The most lines under a closing phrase that are a signature."""
HEADERS = 2
"""How many header lines in a row begin a quoted mail."""


@dataclass(frozen=True, slots=True)
class MailLine:
    """One line of a mail.

    Attributes:
        text: without the marks of a quote.
        styles: the style of each character, one letter each.
        depth: how many times it is quoted; 0 is what the sender wrote.
        cell: whether it is a cell of a table.
        number: its position in the mail; lines that were taken out leave a gap.
    """

    text: str
    styles: str
    depth: int
    cell: bool = False
    number: int = 0

    @property
    def blank(self) -> bool:
        """Whether it has no words."""
        return not self.text.strip() or bool(RULE.match(self.text))


@dataclass(frozen=True, slots=True)
class SortedLines:
    """The lines of a mail without signatures and headers.

    Attributes:
        lines: the others; blank ones are among them.
        signatures: what was taken out as a signature or a legal notice, as texts.
    """

    lines: list[MailLine]
    signatures: list[str]


def sort_lines(lines: Sequence[MailLine]) -> SortedLines:
    """Find out what is quoted, and take out headers, signatures and notices."""
    numbered = [replace(each, number=number) for number, each in enumerate(lines)]
    deepened = _drop_notices(list(_deepen(numbered)))
    signed = set(_find_signatures(deepened))
    texts = _join_runs(deepened, signed)
    return SortedLines([each for each in deepened if each.number not in signed], texts)


def _deepen(lines: Sequence[MailLine]) -> Iterator[MailLine]:
    """Yield the lines without headers of quoted mails.

    What follows headers, or an introduction, without a mark of its own is quoted once more.
    """
    more: dict[int, int] = {}  # by typed depth: how much deeper its lines are from here on
    at = 0
    while at < len(lines):
        line = lines[at]
        taken = _count_headers(lines, at)
        if taken:
            more[line.depth] = more.get(line.depth, 0) + 1
        elif taken := _count_introduction(lines, at):
            following = next((each for each in lines[at + taken :] if not each.blank), None)
            if following is not None and following.depth == line.depth:
                more[line.depth] = more.get(line.depth, 0) + 1
        if taken:
            at += taken
            continue
        yield replace(line, depth=line.depth + sum(count for depth, count in more.items() if depth <= line.depth))
        at += 1


def _drop_notices(lines: list[MailLine]) -> list[MailLine]:
    """Drop the quoted notices that stood above the text of a release.

    What the sender typed between their lines is quoted less deeply, and stays. A notice ends upwards where an
    introduction was taken out.
    """
    dropped: set[int] = set()
    for at, rule in enumerate(lines):
        if not rule.depth or not TEXT_BELOW.match(rule.text):
            continue
        for above in reversed(lines[max(at - NOTICE, 0) : at]):
            if lines[lines.index(above) + 1].number > above.number + 1:
                break
            if above.depth == rule.depth:
                dropped.add(above.number)
    return [each for each in lines if each.number not in dropped]


def _count_headers(lines: Sequence[MailLine], at: int) -> int:
    """Count the lines of the headers that begin here."""
    depth = lines[at].depth
    end = at
    if ORIGINAL.match(lines[at].text):
        end += 1
        while end < len(lines) and lines[end].blank:
            end += 1
    elif not HEADER.match(lines[at].text):
        return 0
    found = 0
    last = end
    while end < len(lines) and lines[end].depth == depth:
        if HEADER.match(lines[end].text):
            found += 1
            last = end + 1
        elif found >= HEADERS if lines[end].blank else not (found and lines[end].text[:1].isspace()):
            break
        end += 1
    if ORIGINAL.match(lines[at].text):
        return max(last, at + 1) - at
    return last - at if found >= HEADERS else 0


def _count_introduction(lines: Sequence[MailLine], at: int) -> int:
    """Count the lines of an introduction, such as “On Monday Ann wrote:”."""
    depth = lines[at].depth
    for count in (1, 2, 3):
        here = lines[at : at + count]
        if len(here) < count or any(each.depth != depth or each.blank for each in here):
            return 0
        text = " ".join(each.text.strip() for each in here)
        if WROTE.search(text):
            following = next((each for each in lines[at + count :] if not each.blank), None)
            deeper = following is not None and following.depth > depth
            said = INTRODUCED.match(text) or "@" in text
            return (
                count
                if (deeper and (said or "wrote" in text))
                or (said and "@" in text)
                or (said and re.search(r"wrote\s*:\s*$", text))
                else 0
            )
        if not INTRODUCED.match(here[0].text):
            return 0
    return 0


def _find_signatures(lines: Sequence[MailLine]) -> Iterator[int]:
    """Yield the numbers of the lines of signatures and legal notices."""
    for run in _split_runs(lines):
        yield from _find_signature(run)
        for paragraph in _split_paragraphs(run):
            text = " ".join(each.text for each in paragraph)
            if len({match.lower() for match in LEGAL.findall(text)}) >= LEGAL_WORDS:
                yield from (each.number for each in paragraph)


def _find_signature(run: Sequence[MailLine]) -> Iterator[int]:
    """Yield the line numbers of a signature at the end."""
    for at, line in enumerate(run):
        if line.text.rstrip() == "--" or (line.text.strip() in {"--", "—", "__"} and run[0].depth == 0):
            yield from (each.number for each in run[at:])
            return
        if SENT_FROM.match(line.text):
            yield line.number
    for at in range(len(run) - 1, -1, -1):
        below = [each for each in run[at + 1 :] if not each.blank]
        if len(below) > SIGNED:
            return
        if CLOSING.match(run[at].text) and all(len(each.text) < 80 for each in below):  # noqa: PLR2004 - a name, a telephone
            yield from (each.number for each in run[at:])


def _split_runs(lines: Sequence[MailLine]) -> Iterator[list[MailLine]]:
    """Split the lines where the depth changes."""
    run: list[MailLine] = []
    for each in lines:
        if run and each.depth != run[-1].depth:
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _split_paragraphs(lines: Sequence[MailLine]) -> Iterator[list[MailLine]]:
    paragraph: list[MailLine] = []
    for each in lines:
        if each.blank and paragraph:
            yield paragraph
            paragraph = []
        elif not each.blank:
            paragraph.append(each)
    if paragraph:
        yield paragraph


def _join_runs(lines: Sequence[MailLine], signed: set[int]) -> list[str]:
    """Return what was taken out of the sender's own lines, as texts."""
    found: list[str] = []
    last = -2
    for each in lines:
        if each.number in signed and not each.blank and each.depth == 0:
            if each.number == last + 1 and found:
                found[-1] += f" {each.text.strip()}"
            else:
                found.append(each.text.strip())
            last = each.number
    return [each for each in found if each.strip("-_— ")]
