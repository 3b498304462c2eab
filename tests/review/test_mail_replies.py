"""What a reply by mail proposes, whatever program quoted the text."""

from __future__ import annotations

import html
import random
import textwrap
from functools import cache

import pytest

from pressgen.model.export import ExportedBlock
from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.critic_markup import read_critic_markup
from pressgen.review.mail_lines import PLAIN, sort_lines
from pressgen.review.mail_proposals import MailProposals, propose_from_mail
from pressgen.review.mail_reader import is_mail, read_mail_reply
from pressgen.review.similarity import normalise_marks
from review.copies import samples
from review.mailing import HEADERS, PROGRAMS, WROTE, Quoted, compose, edit, lay_out, quote

WILLOW = "body[7].quote.words"


@cache
def sent() -> tuple[ExportedBlock, ...]:
    """The texts of the sample that has a table, a list and quotations."""
    return next(each.blocks for each in samples() if each.name == "warm-rivers.docx")


def told(data: bytes, blocks: tuple[ExportedBlock, ...] | None = None) -> MailProposals:
    """What a mail proposes."""
    assert is_mail(data)
    return propose_from_mail(blocks or sent(), read_mail_reply(data, "reply.eml"))


def plain(*changes: tuple[str, str]) -> str:
    """The sample as plain text, with words replaced."""
    text = lay_out(Quoted(sent()))
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def replied(text: str, above: str = "", below: str = "") -> list[Proposal]:
    """What a mail proposes that quotes a text, with words above and below."""
    return told(compose(f"{above}\n\n{WROTE}\n{quote(text)}\n\n{below}\n")).proposals


def words(proposals: list[Proposal]) -> list[tuple[str, str, str, str]]:
    return [(str(each.kind), each.path, each.before, each.after) for each in proposals]


PARISH = ("edit", WILLOW, "church group", "parish")


@pytest.mark.parametrize("how", ["typed", "critic", "struck"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_change_of_words_is_told_on_its_text_and_nothing_else(program: str, how: str) -> None:
    chance = random.Random(f"{program} {how}")  # noqa: S311 - the same edits each time
    for one in samples():
        quoted = Quoted(one.blocks)
        edit(quoted, chance, 3, "critic" if how == "struck" and "page" not in program else how)

        found = told(PROGRAMS[program](quoted, "Two words for you."), one.blocks)

        edits = [each for each in found.proposals if each.kind is not ProposalKind.COMMENT]
        assert {each.kind for each in edits} <= {ProposalKind.EDIT}
        assert not any(each.question for each in edits)
        for number, block in enumerate(one.blocks):
            text = block.text
            for each in sorted((each for each in edits if each.block == number), key=lambda each: -each.start):
                text = text[: each.start] + each.after + text[each.end :]
            assert normalise_marks(text) == normalise_marks(quoted.texts.get(number, block.text))


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_reply_without_a_change_proposes_its_remark_only(program: str) -> None:
    for one in samples():
        found = told(PROGRAMS[program](Quoted(one.blocks), "Fine by me."), one.blocks)

        assert [each.after for each in found.proposals if each.tracked] == ["Fine by me."]
        assert not [each for each in found.proposals if each.kind is not ProposalKind.COMMENT]


def test_words_above_the_quote_are_a_remark_of_the_sender() -> None:
    (remark,) = replied(plain(), above="Who pays for the saplings?\n\nLegal has no other question.")

    assert (remark.kind, remark.block, remark.path) == ("comment", -1, "")
    assert remark.after == "Who pays for the saplings?\nLegal has no other question."
    assert (remark.author, remark.date) == ("Ann Editor", "2026-11-20T10:00:00")


def test_words_below_the_quote_are_a_remark() -> None:
    edit_, remark = replied(plain(("church group", "parish")), below="That is all.")

    assert words([edit_]) == [PARISH]
    assert (remark.block, remark.after) == (-1, "That is all.")


def test_words_between_quoted_paragraphs_are_a_remark_on_the_one_above() -> None:
    text = plain()
    at = text.index("The team suggests")
    mail = f"{WROTE}\n{quote(text[:at])}\n\nShould that be a parish?\n\n{quote(text[at:])}\n"

    (remark,) = told(compose(mail)).proposals

    assert (remark.kind, remark.path, remark.after) == ("comment", WILLOW, "Should that be a parish?")


def test_words_between_two_quoted_lines_are_a_remark_and_offered_as_new_words() -> None:
    lines = quote(plain()).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("> published Wednesday"))

    found = told(compose("\n".join([WROTE, *lines[:at], "in the state", *lines[at:]]))).proposals
    new, remark = found

    assert (new.kind, new.after, new.path) == ("edit", " in the state", "body[0]")
    assert new.question.startswith("these words stand between two quoted lines")
    assert (remark.kind, remark.after) == ("comment", "in the state")


def test_a_paragraph_typed_again_under_its_quote_is_a_question() -> None:
    text = plain()
    at = text.index("The team suggests")
    again = next(block.text for block in sent() if block.path == WILLOW).replace("church group", "parish")
    mail = f"{WROTE}\n{quote(text[:at])}\n\n{again}\n\n{quote(text[at:])}\n"

    (change,) = told(compose(mail)).proposals

    assert words([change]) == [PARISH]
    assert change.question.startswith("the text is typed again outside the quote")


def test_a_text_that_is_not_quoted_is_not_deleted() -> None:
    found = told(compose(f"{WROTE}\n{quote(next(b.text for b in sent() if b.path == WILLOW))}\n"))

    assert found.proposals == []
    assert found.notices[0].startswith("quotes 1 of ")


def test_a_paragraph_that_is_missing_between_two_quoted_ones_is_a_question() -> None:
    (gone,) = replied(plain(("Shade is worth a decade\n\n", "")))

    assert words([gone]) == [("delete", "body[4].heading", "Shade is worth a decade", "")]
    assert gone.question.startswith("the mail does not quote this text")


def test_a_new_paragraph_in_the_quote_is_a_question() -> None:
    new = "The survey will go on until all the streams are known."

    (added,) = replied(plain(("Shade is worth a decade", f"{new}\n\nShade is worth a decade")))

    assert (added.kind, added.after) == ("add", new)
    assert added.question.startswith("it may be a new paragraph or a remark")


def test_a_paragraph_put_in_with_marks_is_no_question() -> None:
    new = "{++The survey will go on.++}"

    (added,) = replied(plain(("Shade is worth a decade", f"{new}\n\nShade is worth a decade")))

    assert (added.kind, added.after, added.question) == ("add", "The survey will go on.", "")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("church group", "{~~church group~>parish~~}", [PARISH]),
        ("200 saplings", "200 {++young ++}saplings", [("edit", WILLOW, "", "young ")]),
        ("and 200 saplings", "{--and 200 --}saplings", [("edit", WILLOW, "and 200 ", "")]),
        ("and 200 saplings", "{–and 200 –}saplings", [("edit", WILLOW, "and 200 ", "")]),
        ("200 saplings", "{==200 saplings==}{>>Who counted?<<}", [("comment", WILLOW, "200 saplings", "Who counted?")]),
        ("200 saplings", "200{>>Really?<<} saplings", [("comment", WILLOW, "", "Really?")]),
        ("A weekend", "{~~A weekend~>Two\nweekends~~}", [("edit", WILLOW, "A weekend", "Two weekends")]),
    ],
)
def test_critic_markup_is_read_as_typed(old: str, new: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert words(replied(plain((old, new)))) == expected


def page(text: str, change: tuple[str, str]) -> list[Proposal]:
    """What a page proposes that quotes a text, with something replaced in its source."""
    paragraphs = "".join(f"<p>{html.escape(' '.join(each.split()))}</p>" for each in text.split("\n\n"))
    assert paragraphs.count(change[0]) == 1
    quoted = f"<blockquote type='cite'>{paragraphs.replace(*change)}</blockquote>"
    return told(compose(None, f"<html><body><p>{WROTE}</p>{quoted}</body></html>")).proposals


@pytest.mark.parametrize(
    "marked",
    [
        "<s>church group</s> parish",
        "<del>church group</del> <ins>parish</ins>",
        "<strike>church group</strike> <span style='color:red'>parish</span>",
        "<span style='color:red; text-decoration: line-through'>church group</span> <font color=red>parish</font>",
        "<span style='text-decoration-line:line-through'>church group</span><span> parish</span>",
        "parish <s>church group</s>",
        "parish",
    ],
)
def test_struck_and_coloured_words_of_a_page_are_one_replacement(marked: str) -> None:
    text = "\n\n".join(each for each in plain().split("\n\n") if "   " not in each)

    found = [each for each in page(text, ("church group", marked)) if each.path == WILLOW]

    assert words(found) == [PARISH]
    assert found[0].author == "Ann Editor"


def test_a_changed_figure_in_a_row_of_plain_text_is_told_on_its_cell() -> None:
    assert words(replied(plain(("1.02", "1.20")))) == [("edit", "body[6].table.rows[0][3]", "02", "20")]


def test_the_address_of_a_link_that_a_program_writes_out_is_no_change() -> None:
    address = "https://data.ashgrove.example/streams"

    assert replied(plain(("full data set is", f"full data set <{address}> is"))) == []
    (other,) = replied(plain(("full data set is", "full data set <https://data.ashgrove.example/rivers> is")))
    assert other.after.strip() == "<https://data.ashgrove.example/rivers>"


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > > ", "AE> "])
def test_every_mark_of_a_quote_is_known(mark: str) -> None:
    found = told(compose(f"{WROTE}\n{quote(plain(('church group', 'parish')), mark)}\n")).proposals

    assert words(found) == [PARISH]


@pytest.mark.parametrize(
    "headers",
    [
        HEADERS,
        ("-----Original Message-----", *HEADERS),
        ("________________________________", *HEADERS),
        ("Von: Pressestelle <press@ashgrove.example>", "Gesendet: Freitag", "An: Ann", "Betreff: Zur Durchsicht"),
        ("De : Presse <press@ashgrove.example>", "Envoyé : vendredi", "À : Ann", "Objet : relecture"),
        ("Begin forwarded message:", "", *HEADERS),
        ("*From:* Press", "*Sent:* Friday", "*Subject:* For review"),
    ],
)
def test_a_mail_quoted_under_its_headers_only_is_read(headers: tuple[str, ...]) -> None:
    text = "\n".join(("See below.", "", *headers, "", plain(("church group", "parish"))))

    change, remark = told(compose(text)).proposals

    assert words([change]) == [PARISH]
    assert remark.after == "See below."


@pytest.mark.parametrize(
    "below",
    [
        "-- \nAnn Editor\nLegal, 01632 960000",
        "Kind regards,\n\nAnn Editor\nHead of Legal",
        "Sent from my iPhone",
        "This email and any attachments are confidential and intended only for the addressee. If you have\nreceived"
        " it in error, please delete it.",
        "Best,\nAnn\n\nThis message may be privileged. Unauthorised use is forbidden.",
    ],
)
def test_a_signature_and_a_legal_notice_are_no_changes_and_are_named(below: str) -> None:
    found = told(compose(f"Fine by me.\n\n{below}\n\n{WROTE}\n{quote(plain())}\n"))

    assert [each.after for each in found.proposals] == ["Fine by me."]
    assert found.notices[0].startswith("has a signature or legal notice that was left alone: “")


def test_what_an_older_mail_says_is_nobodys_by_name() -> None:
    text = plain(("church group", "parish"))
    mail = f"I agree with Bo.\n\n{WROTE}\n> Look at the willow.\n>\n> {WROTE}\n{quote(text, '>> ')}\n"

    change, one, other = told(compose(mail)).proposals

    assert words([change]) == [PARISH]
    assert (change.author, change.tracked) == ("", False)
    assert [(each.author, each.after) for each in (one, other)] == [
        ("Ann Editor", "I agree with Bo."), ("", "Look at the willow."),
    ]  # fmt: skip


def test_a_change_that_an_older_mail_has_otherwise_is_told_as_a_question() -> None:
    text, older = plain(("church group", "parish")), plain(("church group", "village"))

    found = told(compose(f"{WROTE}\n{quote(text)}\n>\n> {WROTE}\n{quote(older, '>> ')}\n")).proposals

    assert ("village", True) in {(each.after, each.question.startswith("it stands in an older")) for each in found}
    assert ("parish", "") in {(each.after, each.question) for each in found}


def test_the_untouched_copy_under_an_edited_one_changes_nothing() -> None:
    text = plain(("church group", "parish"))

    assert words(told(compose(f"{text}\n\n{WROTE}\n{quote(plain())}\n")).proposals) == [PARISH]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-15"])
@pytest.mark.parametrize("cte", ["quoted-printable", "base64"])
def test_every_encoding_is_read(charset: str, cte: str) -> None:
    text = plain(("church group", "parish café")).translate(str.maketrans("“”’–—", '""\'--'))

    found = told(compose(f"{WROTE}\n{quote(text)}\n", charset=charset, cte=cte)).proposals

    assert [each.after for each in found if each.kind is ProposalKind.EDIT] == ["parish café"]


def test_signs_that_a_program_could_not_encode_are_no_changes() -> None:
    text = plain(("church group", "parish")).translate(str.maketrans("“”’–—", "?????"))

    assert words(replied(text)) == [PARISH]


def test_utf_8_that_a_program_took_for_windows_1252_is_no_change() -> None:
    text = f"{WROTE}\n{quote(plain(('church group', 'parish')))}\n".encode().decode("windows-1252", "ignore")

    assert PARISH in words(told(compose(text)).proposals)


def test_a_text_said_to_be_latin_1_is_read_as_windows_1252_as_programs_mean_it() -> None:
    data = compose(f"{WROTE}\n{quote(plain(('church group', 'parish')))}\n", charset="windows-1252")

    found = told(data.replace(b"windows-1252", b"iso-8859-1")).proposals

    assert words(found) == [PARISH]


def test_a_bare_text_is_no_mail() -> None:
    assert not is_mail(b"Dear all,\n\nFrom: nobody\n")
    assert not is_mail(b"PK\x03\x04")
    assert not is_mail(b"reference: B-1\nhouse: inspectorate\nheadline: Bridge opens\n\n")


def test_marks_that_are_not_closed_stay_text() -> None:
    marked = read_critic_markup("a {++b c", PLAIN * 8)

    assert (marked.text, marked.explicit) == ("a {++b c", False)


def test_a_rule_and_an_empty_mail_have_no_lines_of_text() -> None:
    reply = read_mail_reply(compose("----------\n\n"), "reply.eml")

    assert all(line.blank for line in sort_lines(reply.lines).lines)


@pytest.mark.parametrize(
    ("old", "new", "kind", "asked"),
    [
        ("church group", "church group [parish?]", "edit", "words in brackets may be a remark"),
        ("Temperature. Over", "Temperature.\n\nOver", "split", "the mail has a blank line within this text"),
        ("was\n0.97.\n\nThe researchers", "was\n0.97. The researchers", "join", "the mail has both texts on one line"),
        ("A weekend, a church group and 200 saplings", "[...] saplings", "edit", "the mail may quote only a part"),
    ],
)
def test_what_a_mail_leaves_open_is_a_question(old: str, new: str, kind: str, asked: str) -> None:
    text = "\n\n".join(textwrap.fill(each, 400) for each in plain().split("\n\n"))
    old, new = old.replace("was\n0.97.", "was 0.97."), new.replace("was\n0.97.", "was 0.97.")
    assert text.count(old) == 1

    (change,) = replied(text.replace(old, new))

    assert (change.kind, change.question[: len(asked)]) == (kind, asked)


def test_a_telephone_number_that_is_a_text_of_its_own_is_told_on_its_person() -> None:
    (change,) = replied(plain(("010-4417", "010-4418")))

    assert (change.path, change.before, change.after, change.question) == ("contacts[0]", "4417", "4418", "")


def test_a_remark_under_the_last_paragraph_of_an_answer_between_the_lines_is_on_that_paragraph() -> None:
    texts = {each.path: each.text for each in sent()}
    mail = f"{WROTE}\n> {texts[WILLOW]}\n\nParish?\n\n> {texts['body[8]']}\n\nMust it be this order?\n"

    found = told(compose(mail)).proposals

    assert [(each.path, each.after) for each in found] == [(WILLOW, "Parish?"), ("body[8]", "Must it be this order?")]
