"""Hands mails over behind the back of who asked: how long it takes must not tell whether there was one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from issuer.errors import MailError
from issuer.ports import Mail, Mailer

MOST_WAITING = 100
"""Mails that may wait for a slow server; those above are refused, so that memory stays bounded."""


class BackgroundMailer:
    """Takes a mail and gives the caller back at once (the ``Mailer`` port).

    For mails that nobody waits for and that are not kept: the entry link. A page that answers after the mail
    server did would tell a stranger which addresses are on file.
    """

    def __init__(self, mailer: Mailer, report: Callable[[MailError], None]) -> None:
        """Say who really sends.

        Args:
            mailer: Hands mails over.
            report: Told each failure; the caller is not.
        """
        self._mailer = mailer
        self._report = report
        self._room = BoundedSemaphore(MOST_WAITING)
        self._hands = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")

    @property
    def place(self) -> str:
        """What becomes of mails, for a person to read."""
        return self._mailer.place

    def send(self, mail: Mail) -> None:
        """Take one mail; whether it goes is reported elsewhere."""
        if not self._room.acquire(blocking=False):
            self._report(
                MailError(
                    "mail.unsent",
                    f"{MOST_WAITING} mails wait for the mail server already; this one is not sent",
                    where="mail",
                    remedy="look at the mail server",
                )
            )
            return
        self._hands.submit(self._send, mail)

    def close(self) -> None:
        """Send what waits, then stop."""
        self._hands.shutdown(wait=True)

    def _send(self, mail: Mail) -> None:
        try:
            self._mailer.send(mail)
        except MailError as error:
            self._report(error)
        finally:
            self._room.release()
