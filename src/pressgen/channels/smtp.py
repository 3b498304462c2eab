"""Send letters through a mail server, one person each.

The connection uses TLS unless the channel says otherwise.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Self

from pressgen.channels.checked_mail import MailWriter, NotReadyError
from pressgen.channels.oauth.tokens import SignInError
from pressgen.channels.outcome import DeliveryOutcome, clean_reply
from pressgen.channels.smtp_session import CLOSING, AnswerError, NoAnswerError, SmtpSession, SmtpTimeouts, TooLargeError
from pressgen.model.address import is_loopback

if TYPE_CHECKING:
    from types import TracebackType

    from pressgen.channels.credentials import Secret
    from pressgen.channels.letter import Letter
    from pressgen.channels.oauth.tokens import TokenSource

PERMANENT = 500
"""From this number on, an answer means that the same mail will never be accepted (RFC 5321, 4.2.1)."""
TOO_LARGE = 552
LOG_IN_FIRST = 530
NO_LOG_IN = "offers no log-in with a password; see the channel's port, security and user"
NO_XOAUTH2 = "offers no log-in by OAuth (XOAUTH2); see the channel's host, port and security"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server that takes our mails.

    Attributes:
        security: `tls` from the first byte, `starttls` before any command, or `none`.
        user: who logs in; empty for nobody.
        password: None where nobody logs in, or logs in by a token.
        access: the source of tokens, for a log-in by XOAUTH2; None for one by password.
        waits: seconds to wait for it.
    """

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str = ""
    password: Secret | None = None
    access: TokenSource | None = None
    waits: SmtpTimeouts = field(default_factory=SmtpTimeouts)


class _UnsafeError(Exception):
    """A step that would reveal a secret or the letter."""


class SmtpSender:
    """A sender of mails through a mail server, used as a context.

    The session begins with the first letter, and again where it broke.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._session: SmtpSession | None = None
        self._writer = MailWriter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, letter: Letter) -> DeliveryOutcome:
        """Send `letter` if it reads back correctly, and return the outcome.

        The outcome includes every failure.
        """
        try:
            whole, mail = self._writer.write_checked(letter)
        except NotReadyError as error:
            return error.outcome
        return self._hand_in(whole, mail)

    def check(self) -> DeliveryOutcome:
        """Check whether the server accepts the log-in; no mail is sent."""
        try:
            self._call()
        except (smtplib.SMTPException, _UnsafeError, SignInError, OSError, ValueError) as error:
            return _explain_failure(error, self._server, 0)
        return DeliveryOutcome(ok=True, detail=f"{self._server.host} accepts the log-in of “{self._server.user}”")

    def _hand_in(self, letter: Letter, mail: bytes) -> DeliveryOutcome:
        """Send a finished mail.

        If the server closed an earlier session meanwhile, open a new one at once.
        """
        kept = self._session is not None
        try:
            session = self._session or self._call()
            session.hand_over(letter.return_path or letter.sender.address, letter.to.address, mail)
        except (AnswerError, NoAnswerError, TooLargeError, _UnsafeError, SignInError, OSError, ValueError) as error:
            return self._failed(error, letter, mail, kept=kept)
        return DeliveryOutcome(ok=True, detail=_describe_acceptance(self._server))

    def _failed(self, error: Exception, letter: Letter, mail: bytes, *, kept: bool) -> DeliveryOutcome:
        if isinstance(error, AnswerError) and error.code != CLOSING:
            self._begin_anew()
        elif not isinstance(error, TooLargeError | smtplib.SMTPNotSupportedError):
            self._hang_up()
            if kept and not isinstance(error, NoAnswerError):
                return self._hand_in(letter, mail)
        return _explain_failure(error, self._server, len(mail))

    def _call(self) -> SmtpSession:
        server = self._server
        if server.user and server.security == "none" and not is_loopback(server.host):
            raise _UnsafeError("no password is sent without TLS; write security: tls or starttls")
        if not server.access:
            return self._open(server.password)
        token = server.access.fetch_token()
        try:
            return self._open(token)
        except smtplib.SMTPAuthenticationError as error:
            fresh = server.access.fetch_token(refused=token) if error.smtp_code >= PERMANENT else token
            if fresh == token:
                raise
        return self._open(fresh)

    def _open(self, secret: Secret | None) -> SmtpSession:
        """Begin a session, logged in with a password or a token."""
        server, context = self._server, ssl.create_default_context()
        session = SmtpSession(server.host, server.port, server.waits, context if server.security == "tls" else None)
        try:
            if server.security == "starttls":
                _require_starttls(session, server)
                session.starttls(context=context)
            if server.user and secret:
                session.log_in(server.user, secret, by_token=server.access is not None)
        except UnicodeEncodeError:  # its words may quote the password
            session.close()
            raise _UnsafeError("the channel's user and password may contain only ASCII characters") from None
        except BaseException:
            session.close()
            raise
        self._session = session
        return session

    def _begin_anew(self) -> None:
        """Prepare the session for the next mail, or end it."""
        if self._session is None or self._session.sock is None:
            self._hang_up()
            return
        try:
            code, _ = self._session.rset()
        except (smtplib.SMTPException, OSError):
            code = CLOSING
        if code // 100 != 2:  # noqa: PLR2004 - 2xx: done (RFC 5321, 4.2.1)
            self._hang_up()

    def _hang_up(self) -> None:
        session, self._session = self._session, None
        if session:
            session.leave()


def _describe_acceptance(server: MailServer) -> str:
    """Return the report for a mail that was accepted.

    Each report says if the mail was sent unencrypted over a network.
    """
    open_to_all = server.security == "none" and not is_loopback(server.host)
    return f"accepted by {server.host}{', unencrypted' if open_to_all else ''}"


def _require_starttls(session: SmtpSession, server: MailServer) -> None:
    session.ehlo_or_helo_if_needed()
    if not session.has_extn("starttls"):
        raise _UnsafeError(
            f"{server.host}:{server.port} offers no STARTTLS, so nothing was sent: see the channel's port and security;"
            " if they are right, somebody may be intercepting the connection"
        )


def _explain_failure(error: Exception, server: MailServer, size: int) -> DeliveryOutcome:
    """Return the outcome for a fault.

    The server's own words are used only where no secret can be in them.
    """
    match error:
        case NoAnswerError():
            why = "was given the whole mail but did not say whether it accepted it: it may have arrived"
            return DeliveryOutcome(ok=False, detail=_format_detail(server, why), unknown=True)
        case AnswerError():
            return _explain_refusal(error, server, size)
        case TooLargeError():
            why = f"takes up to {_megabytes(error.limit)}, and this mail has {_megabytes(size)}: attach less"
            return DeliveryOutcome(ok=False, detail=_format_detail(server, why), permanent=True)
        case SignInError():
            return error.outcome
        case smtplib.SMTPAuthenticationError():
            remedy = _suggest_remedy(clean_reply(error.smtp_error), server)
            why = f"refuses the log-in of “{server.user}” ({error.smtp_code}); {remedy}"
            return _make_blocked_outcome(server, why, permanent=error.smtp_code >= PERMANENT)
        case smtplib.SMTPNotSupportedError() if server.user and "AUTH" in str(error):
            return _make_blocked_outcome(server, NO_LOG_IN if not server.access else NO_XOAUTH2, permanent=True)
        case smtplib.SMTPNotSupportedError():
            return DeliveryOutcome(
                ok=False, detail=_format_detail(server, f"does not accept {clean_reply(str(error))}"), permanent=True
            )
        case smtplib.SMTPResponseException():
            why = f"answers {error.smtp_code} {clean_reply(error.smtp_error)}"
            return _make_blocked_outcome(server, why, permanent=error.smtp_code >= PERMANENT)
        case _UnsafeError() | UnicodeError():
            return DeliveryOutcome(ok=False, detail=clean_reply(str(error)), permanent=True, blocked=True)
        case _:
            return _explain_no_session(error, server)


def _suggest_remedy(said: str, server: MailServer) -> str:
    """Return what to do about a refused log-in.

    The server's words are not shown, because they may quote the password.
    """
    words = said.lower()
    if "smtpclientauthentication is disabled" in words:
        return "Microsoft 365 has SMTP AUTH switched off for this mailbox; see: pressgen manual mail-login"
    if "basic authentication is" in words:  # 535 5.7.139 “… is disabled”, 550 5.7.30 “… is not supported”
        return "Microsoft 365 no longer accepts passwords: use oauth; see: pressgen manual mail-login"
    if "application-specific password" in words or "badcredentials" in words.replace(" ", ""):
        return "Google does not accept the account's own password: use oauth; see: pressgen manual mail-login"
    return (
        "see the channel's oauth, and whether its user may send"
        if server.access
        else "see the channel's user and password"
    )


def _explain_refusal(error: AnswerError, server: MailServer, size: int) -> DeliveryOutcome:
    """Return the outcome for a refusal of one mail, by its step."""
    said, permanent = f"{error.code} {clean_reply(error.said)}", error.code >= PERMANENT
    if error.code == CLOSING:
        return _make_blocked_outcome(server, f"ends the session: {said}", permanent=False)
    if error.code == LOG_IN_FIRST:
        return _make_blocked_outcome(
            server, f"requires a log-in: {said}; see the channel's user and password", permanent=True
        )
    if error.code == TOO_LARGE:
        why = f"refuses the mail, which has {_megabytes(size)}: {said}"
        return DeliveryOutcome(ok=False, detail=_format_detail(server, why), permanent=True)
    if error.step == "sender":
        return _make_blocked_outcome(server, f"refuses the sender: {said}", permanent=permanent)
    what = "the address" if error.step == "recipient" else "the mail"
    return DeliveryOutcome(ok=False, detail=_format_detail(server, f"refuses {what}: {said}"), permanent=permanent)


def _explain_no_session(error: Exception, server: MailServer) -> DeliveryOutcome:
    """Return the outcome for a failed or broken session.

    The server did not have the mail yet.
    """
    match error:
        case ssl.SSLCertVerificationError():
            why = f"has a certificate that is not trusted: {clean_reply(error.verify_message)}"
            return _make_blocked_outcome(server, why, permanent=True)
        case ssl.SSLError() if error.reason == "WRONG_VERSION_NUMBER":
            return _make_blocked_outcome(
                server, "does not use TLS there; check the channel's port and security", permanent=True
            )
        case socket.gaierror():
            return _make_blocked_outcome(
                server, "is not found: no address is known under that name; see the channel's host"
            )
        case TimeoutError():
            return _make_blocked_outcome(server, "does not answer in time; see the channel's port and security")
        case smtplib.SMTPException() if "authentication method" in str(error):
            return _make_blocked_outcome(server, NO_LOG_IN, permanent=True)
        case _:
            return _make_blocked_outcome(
                server, f"cannot be reached, or closed the connection: {clean_reply(str(error))}"
            )


def _make_blocked_outcome(server: MailServer, why: str, *, permanent: bool = False) -> DeliveryOutcome:
    return DeliveryOutcome(ok=False, detail=_format_detail(server, why), permanent=permanent, blocked=True)


def _format_detail(server: MailServer, why: str) -> str:
    return f"{server.host}:{server.port} {why}"


def _megabytes(octets: int) -> str:
    return f"{octets / MEGABYTE:.1f} MB"
