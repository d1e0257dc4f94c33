"""E-mail addresses."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email

from constants import EMAIL_LENGTH, EMAIL_LOCAL_LENGTH


def normalize_email(text: str) -> str:
    """Return the ASCII form of an e-mail address in lower case.

    No mail is ever sent, so whether the domain exists is not asked, and addresses under `.test`
    (RFC 6761, section 6.2) are as good as any. Raises ValueError with a reason for people.
    """
    local, _, _ = text.rpartition("@")
    # Before anything is parsed: the parser's work grows with the length of the text.
    if len(text) > EMAIL_LENGTH or len(local) > EMAIL_LOCAL_LENGTH:
        raise ValueError(
            f"An address has at most {EMAIL_LENGTH} characters, "
            f"{EMAIL_LOCAL_LENGTH} of them before the @."
        )
    try:
        valid = validate_email(
            text, allow_smtputf8=False, check_deliverability=False, test_environment=True
        )
    except EmailNotValidError as error:
        # Details in brackets or after a colon repeat what was typed, which may be a secret.
        reason = re.split(r" \(|:", str(error))[0].rstrip(".")
        raise ValueError(f"{reason}.") from error
    email = (valid.ascii_email or "").lower()
    if len(email) > EMAIL_LENGTH:  # The ASCII form of a domain may be longer.
        raise ValueError(f"An address has at most {EMAIL_LENGTH} characters.")
    return email
