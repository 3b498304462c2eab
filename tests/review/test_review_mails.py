"""An editor who answers the mail that pressgen sent: what programs make of its text, with changes and without."""

from __future__ import annotations

import html
import random
import re
import textwrap
from collections.abc import Callable

import pytest

from pressgen.actions.review.mail_copies import RULE
from pressgen.actions.workspace.compose import compose_release
from pressgen.model.artifact import Variant
from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.model.words import flatten
from pressgen.render import plain
from pressgen.review.mail_proposals import propose_from_mail
from pressgen.review.mail_reader import read_mail_reply
from pressgen.review.similarity import normalise_marks
from pressgen.text.notices import make_review_notice
from review.copies import Copy, samples
from review.mailing import HEADERS, WROTE, compose, quote

CHANCE = random.Random
ABOVE = "Two words for you."


def break_lines(text: str, width: int) -> str:
    """A text whose lines a program broke once more, so that every other one is short."""
    broken = (textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in text.splitlines())
    return "\n".join(part for parts in broken for part in parts or [""])


def set_lines(text: str, line: str, end: str) -> str:
    """A text as a page, line by line."""
    return "".join(f"{line}{html.escape(each).replace('  ', '&nbsp; ') or '<br>'}{end}" for each in text.splitlines())


def page(text: str) -> bytes:
    return compose(None, f"<p>{ABOVE}</p><div>{WROTE}</div><blockquote type='cite'>{text}</blockquote>")


PROGRAMS: dict[str, Callable[[str], bytes]] = {
    "marked": lambda text: compose(f"{ABOVE}\n\n{WROTE}\n{quote(text)}\n"),
    "broken again": lambda text: compose(f"{ABOVE}\n\n{WROTE}\n{quote(break_lines(text, 68))}\n"),
    "under headers": lambda text: compose(f"{ABOVE}\n\n{chr(10).join(HEADERS)}\n\n{text}\n", cte="base64"),
    "page of breaks": lambda text: page(set_lines(text, "", "<br>")),
    "page of blocks": lambda text: page(
        "".join(f"<div>{html.escape(each) or '<br>'}</div>" for each in text.split("\n"))
    ),
    "page as typed": lambda text: page(f"<pre>{html.escape(text)}</pre>"),
}


def sent(copy: Copy, language: str = "") -> str:
    """The text of the mail that goes out with a copy."""
    (document,) = compose_release(copy.desk, [Variant.REVIEW])
    headline = flatten(document.headline.words)
    files = ["x-review-1.docx", "x-review-1.pdf"]
    notice = make_review_notice(1, headline, document.reference, files, language or document.language)
    banner = flatten(document.banner[0].words) if document.banner else ""
    text = plain.render(document, copy.desk.house).content.decode().rstrip()
    return "\n\n".join(filter(None, (banner, notice.text, RULE, text)))


def told(program: str, text: str, copy: Copy) -> list[Proposal]:
    """What an answer proposes, apart from the words above it."""
    found = propose_from_mail(copy.blocks, read_mail_reply(PROGRAMS[program](text), "reply.eml"))
    return [each for each in found.proposals if each.after != ABOVE]


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_answer_without_a_change_proposes_nothing(program: str) -> None:
    assert [(copy.name, each) for copy in samples() for each in told(program, sent(copy), copy)] == []


@pytest.mark.parametrize("language", ["ar", "cy", "de", "es", "fr"])
def test_the_notice_above_the_text_is_no_change_in_any_language(language: str) -> None:
    assert [each for copy in samples() for each in told("broken again", sent(copy, language), copy)] == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_changed_word_is_told_on_its_text_and_nothing_else(program: str) -> None:
    chance = CHANCE(program)
    for copy in samples():
        head, rule, text = sent(copy).partition(RULE)
        words = re.findall(r"(?<= )[a-z]{6,}(?=[ ,.])", text)
        once = [
            each for each in words if text.count(each) == 1 and any(each in one.text for one in copy.blocks if one.id)
        ]
        chosen = chance.sample(once, min(3, len(once)))
        for each in chosen:
            text = text.replace(each, f"{each[::-1]}x")

        found = told(program, head + rule + text, copy)

        assert {each.kind for each in found} <= {ProposalKind.EDIT}
        for number, block in enumerate(copy.blocks):
            changed = block.text
            for each in sorted((each for each in found if each.block == number), key=lambda each: -each.start):
                changed = changed[: each.start] + each.after + changed[each.end :]
            wanted = block.text
            for each in chosen:
                wanted = wanted.replace(each, f"{each[::-1]}x")
            assert normalise_marks(changed) == normalise_marks(wanted)


def test_words_that_the_sender_typed_into_the_notice_are_a_remark() -> None:
    (copy, *_) = samples()
    lines = quote(sent(copy)).splitlines()
    lines.insert(4, "Why is this a draft?")

    found = propose_from_mail(copy.blocks, read_mail_reply(compose(f"{WROTE}\n" + "\n".join(lines)), "reply.eml"))

    assert [(each.kind, each.after) for each in found.proposals] == [(ProposalKind.COMMENT, "Why is this a draft?")]


def test_a_sentence_with_a_few_words_of_the_release_is_a_remark() -> None:
    copy = next(each for each in samples() if each.name == "thornmere-remand-centre.docx")
    said = "Fine by me, but change 34 per cent to 36 per cent in the lead please."

    found = propose_from_mail(copy.blocks, read_mail_reply(compose(said), "reply.eml"))

    assert [(each.kind, each.after) for each in found.proposals] == [(ProposalKind.COMMENT, said)]


def test_a_change_in_a_quotation_on_a_page_is_by_the_sender() -> None:
    copy = next(each for each in samples() if each.name == "thornmere-remand-centre.docx")
    parts = [
        f"<blockquote><p>{html.escape(each.text.replace('small', 'little'))}</p></blockquote>"
        if each.kind == "quotation"
        else f"<p>{html.escape(each.text)}</p>"
        for each in copy.blocks
        if each.id
    ]

    (found,) = propose_from_mail(copy.blocks, read_mail_reply(page("".join(parts)), "reply.eml")).proposals[:1]

    assert (found.before, found.after, found.author) == ("small", "little", "Ann Editor")
