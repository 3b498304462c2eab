"""Read a file of any supported kind into a manuscript.

Its content decides the kind, not its name.
"""

from __future__ import annotations

import re

from pressgen.errors import InputError, Place, Problem
from pressgen.importer.file_kinds import PDF, ZIP, OtherKindError, identify_office_ending
from pressgen.importer.libreoffice import convert_to_docx
from pressgen.importer.manuscript import LONGEST, Manuscript, ManuscriptTooLongError, list_words
from pressgen.importer.plain_text import read_plain_text
from pressgen.text.text_decoding import is_text

PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
MAIL = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+?"
    rb"(?:From|Subject|Date|Received|MIME-Version|Message-ID):",
    re.IGNORECASE,
)


def read_manuscript(data: bytes, shown: str) -> Manuscript:
    """Read a file of any supported kind into a manuscript.

    These are text in any encoding, Markdown, Word files, web pages and mail, and what LibreOffice opens.

    Raises:
        InputError: it is of another kind, contains no words, or far more than a release.
    """
    try:
        manuscript = _read(data, shown)
    except OtherKindError as error:
        raise InputError([_fault("I01", str(error), shown)]) from None
    except ManuscriptTooLongError as error:
        raise InputError([_fault("I02", str(error), shown)]) from None
    size = sum(len(para.shown) for para in manuscript.paras)
    if size > LONGEST:
        message = f"has {size:,} characters, but a release can have at most {LONGEST:,}; import its parts one by one"
        raise InputError([_fault("I02", message, shown)])
    if not any(list_words(para.text) for para in manuscript.paras):
        raise InputError([_fault("I03", "contains no words", shown)])
    return manuscript


def _read(data: bytes, shown: str) -> Manuscript:
    if data.startswith(PDF):
        from pressgen.importer.pdf_file import read_pdf

        return read_pdf(data, shown)
    ending = identify_office_ending(data)
    if ending or data.startswith(ZIP):
        from pressgen.importer.word import read_word

        return read_word(convert_to_docx(data, ending, shown) if ending else data, shown)
    from pressgen.importer.markdown_text import is_markdown, read_markdown

    if is_text(data) and is_markdown(data, shown):
        return read_markdown(data, shown)
    if PAGE.match(data[:4000]):
        from pressgen.importer.html_page import read_html

        return read_html(data, shown)
    if MAIL.match(data[:4000]):
        from pressgen.importer.mail import read_mail

        return read_mail(data, shown)
    if not is_text(data):
        raise InputError([_fault("I01", "cannot be read as a text, Word file, web page or mail", shown)])
    return read_plain_text(data)


def _fault(code: str, message: str, shown: str) -> Problem:
    return Problem(code=code, message=message, place=Place(shown))
