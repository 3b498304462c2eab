"""The HTML that stands beside the text of a mail: from the approved web pages, and only with the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.actions.distribute.message import Parcel
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version

ENGLISH = "en-GB"


def approved_pages(ledger: Ledger, version: Version | None) -> tuple[str, ...]:
    """Return the public web pages of a version, the release before its translations; none if the ledger lost one.

    They are for looks and language alone where a notice must go out whatever has become of the files.
    """
    files = version.files if version else {}
    names = [name for name in files if name.startswith("public/") and name.endswith(".html")]
    try:
        return tuple(ledger.fetch(files[name]).decode() for name in sorted(names, key=len))
    except Refused:
        return ()


def language_of(pages: tuple[str, ...]) -> str:
    """Return the language of a release by its pages, British English where there are none."""
    from pressgen.render.mail_html import release_part  # noqa: PLC0415 - lxml is slow to import

    return release_part(pages[0]).language if pages else ENGLISH


def html_part(parcel: Parcel, *, locked: bool = False) -> Callable[[str], str]:
    """Return what makes the HTML of each mail of a parcel, from the line of the copy.

    It makes nothing where the version has no page (it was approved by an older pressgen), and where the house's page
    says something else than its `mail.txt`: then the text goes alone.
    """
    from pressgen.channels.html_words import word_differences  # noqa: PLC0415 - only mails want it
    from pressgen.render import mail_html as mail  # noqa: PLC0415 - as above
    from pressgen.text.notices import locked as locked_notice  # noqa: PLC0415 - as above

    if not parcel.pages:
        return lambda _: ""
    pages = [mail.release_part(page) for page in parcel.pages]
    looks = pages[0].looks
    head = [mail.banner_part(parcel.language, top, looks)] if (top := parcel.top(locked=locked)) else []
    if parcel.notice:
        head.append(mail.notice_part(parcel.notice, looks))
    body = [mail.notice_part(locked_notice(parcel.language), looks)] if locked else pages
    body = body if parcel.body else []
    ruled = [False] * len(head) + [bool(head) or index > 0 for index in range(len(body))]
    whole = mail.mail_html(parcel.subject(locked=locked), [*head, *body], ruled)
    if word_differences(whole + mail.END, parcel.text(locked=locked)):
        return lambda _: ""
    return lambda line: str(whole + mail.line_markup(line) + mail.END)
