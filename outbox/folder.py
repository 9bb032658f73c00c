"""Mail of the try-out: each mail a file in a folder, so that it can be read without a mail server."""

import email
import email.policy
import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage as ParsedMail
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each mail to settings.MAIL_DIR under a random name. A file appears whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and tell how many. Raises OSError when the folder cannot be written."""
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = uuid.uuid4().hex
            unfinished = folder / f"{name}.tmp"
            unfinished.write_bytes(message.message().as_bytes())
            os.replace(unfinished, folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class ReceivedMail:
    """A mail as its recipient reads it."""

    subject: str
    date: datetime
    text: str


def mails_to(address: str) -> list[ReceivedMail]:
    """The mails in the folder that are addressed to exactly this address, newest first."""
    files = sorted(Path(settings.MAIL_DIR).glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [read(mail) for mail in map(parse, files) if goes_to(mail, address)]


def parse(file: Path) -> ParsedMail:
    """The mail in a file."""
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)


def goes_to(mail: ParsedMail, address: str) -> bool:
    """Whether `address` is the mail's only recipient; upper and lower case are the same."""
    to = [found.addr_spec.casefold() for found in mail["To"].addresses]
    return to == [address.casefold()]


def read(mail: ParsedMail) -> ReceivedMail:
    """What a reader sees of a mail."""
    return ReceivedMail(str(mail["Subject"]), mail["Date"].datetime, mail.get_content().strip())
