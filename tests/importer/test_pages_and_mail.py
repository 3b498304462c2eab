"""Web pages and mail files."""

from __future__ import annotations

from email.message import EmailMessage

from importer.drafts import MUSEUM, draft_of, quotations, written
from pressgen.importer.draft import DraftTable
from pressgen.importer.manuscript_reader import read_manuscript
from pressgen.text.embargo.line_reader import Embargo

PAGE = """\
<!DOCTYPE html><html lang="en"><head><title>Kiln found | Pell Museum</title><style>p {}</style></head>
<body><nav><a href="/">Home</a> Visit us</nav>
<article><h1>Kiln found under car park</h1>
<p>Potters fired their wares <em>under what is now</em> a car park in Pell,
the museum has found: see <a href="https://pell.example/kiln">the report</a>.</p>
<blockquote><p>Rosa Tern, keeper of pots, said: “It was still warm, in a manner of speaking.</p>
<p>“We put the tarmac back.”</p></blockquote>
<ul><li>nine pots<ul><li>two whole</li></ul></li><li>a thumbprint</li></ul>
<table><tr><th>Year</th><th>Pots</th></tr><tr><td>1640</td><td>9</td></tr></table>
</article><footer>Pell Museum, 1 Kiln Lane</footer><script>var x;</script></body></html>
"""


def test_a_page_is_read_from_its_article() -> None:
    draft = draft_of(PAGE)

    assert draft.headline == "Kiln found under car park"
    assert quotations(draft) == [
        ("Rosa Tern", ("It was still warm, in a manner of speaking.", "We put the tarmac back."))
    ]
    assert [block.rows for block in draft.body if isinstance(block, DraftTable)] == [(("Year", "Pots"), ("1640", "9"))]


def test_what_stands_round_the_article_has_no_place() -> None:
    assert [each.text for each in draft_of(PAGE).unplaced] == ["Pell Museum, 1 Kiln Lane"]


def test_what_a_page_says_of_itself_is_a_remark_and_keeps_no_release_from_being_built() -> None:
    text = written(draft_of(PAGE))

    assert "# line 0: Kiln found | Pell Museum" in text
    assert "# line 0: Home Visit us" in text


def test_links_are_found() -> None:
    draft = draft_of(PAGE)

    assert [(link.text, link.href) for link in draft.links] == [("the report", "https://pell.example/kiln")]
    assert "url: https://pell.example/kiln" in written(draft)


def test_a_page_in_another_encoding_is_read() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Café in Pell opens again, after years.</p></body>'

    assert "Café" in read_manuscript(page.encode("latin-1"), "old.html").paras[0].text


def test_a_mail_is_read_with_its_subject_and_its_day() -> None:
    message = EmailMessage()
    message["From"], message["To"] = "press@brennick.example", "desk@example.org"
    message["Subject"] = "Release: owl"
    message["Date"] = "Mon, 06 May 2019 10:00:00 +0100"
    message.set_content(MUSEUM.replace(" 2019", ""))

    draft = draft_of(message.as_bytes())

    assert isinstance(draft.embargo, Embargo)
    assert str(draft.embargo.moment) == "2019-05-08 00:01 Europe/London"
    assert draft.headline == "Clockwork owl comes home to Brennick Museum"
    assert "Release: owl" in " ".join(each.text for each in draft.unplaced)


def test_a_mail_that_is_a_page_is_read_as_one_and_what_is_attached_is_named() -> None:
    message = EmailMessage()
    message["Subject"] = "Kiln"
    message.set_content(PAGE, subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="kiln.docx")

    draft = draft_of(message.as_bytes())

    assert draft.headline == "Kiln found under car park"
    assert any("kiln.docx" in doubt.message for doubt in draft.doubts)


def test_an_attachment_without_a_name_is_named_as_such() -> None:
    message = EmailMessage()
    message["Subject"] = "Kiln"
    message.set_content(PAGE, subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="octet-stream")

    doubts = [doubt.message for doubt in draft_of(message.as_bytes()).doubts]

    assert "“a file without a name” is attached but was left out: import it separately" in doubts
