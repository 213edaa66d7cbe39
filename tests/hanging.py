"""Turne's settings with a mail server that never lets go: before it takes a mail, or after it has taken it."""

import os

from turne.settings import *  # noqa: F403

EMAIL_BACKEND = "tests.hanging_mail.Hanging"
HANGS = os.environ["TURNE_HANGS"]
