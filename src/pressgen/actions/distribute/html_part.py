"""The HTML part of a mail, next to the text.

It comes from the approved web pages, and is used only if its words are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.actions.distribute.message import OutgoingMessage
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version

ENGLISH = "en-GB"


def fetch_approved_pages(ledger: Ledger, version: Version | None) -> tuple[str, ...]:
    """Return the approved public web pages of a version.

    The release comes before its translations. It returns none where the ledger has lost one: a notice must go out in
    any case, and the pages only give it its look and language.
    """
    files = version.files if version else {}
    names = [name for name in files if name.startswith("public/") and name.endswith(".html")]
    try:
        return tuple(ledger.fetch(files[name]).decode() for name in sorted(names, key=len))
    except InputError:
        return ()


def read_page_language(pages: tuple[str, ...]) -> str:
    """Return the language of the first page; British English without pages."""
    from pressgen.render.mail_html import make_release_part

    return make_release_part(pages[0]).language if pages else ENGLISH


def create_html_part_writer(parcel: OutgoingMessage, *, locked: bool = False) -> Callable[[str], str]:
    """Return the function that writes the HTML part of each mail.

    That function takes the line of the copy. It returns nothing where the version has no page (an older pressgen
    approved it), and where the page of the house says something else than its `mail.txt`: then the text goes alone.
    """
    from pressgen.channels.html_words import find_word_differences
    from pressgen.render import mail_html as mail
    from pressgen.text.notices import make_locked_notice as locked_notice

    if not parcel.pages:
        return lambda _: ""
    pages = [mail.make_release_part(page) for page in parcel.pages]
    looks = pages[0].looks
    head = [mail.make_banner_part(parcel.language, top, looks)] if (top := parcel.top(locked=locked)) else []
    if parcel.notice:
        head.append(mail.make_notice_part(parcel.notice, looks))
    body = [mail.make_notice_part(locked_notice(parcel.language), looks)] if locked else pages
    body = body if parcel.body else []
    ruled = [False] * len(head) + [bool(head) or index > 0 for index in range(len(body))]
    whole = mail.format_mail_html(parcel.subject(locked=locked), [*head, *body], ruled)
    if find_word_differences(whole + mail.END, parcel.text(locked=locked)):
        return lambda _: ""
    return lambda line: str(whole + mail.format_copy_line(line) + mail.END)
