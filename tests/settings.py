"""The settings of the tests: those of a machine of one's own, with nothing leaving it."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("TURNE_DEBUG", "1")

from turne.settings import *  # noqa: E402, F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="turne-test-media-"))
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each test client makes the middleware anew: WhiteNoise looks for a file when it is asked for, not for all at once.
WHITENOISE_AUTOREFRESH = True
# Nothing is counted, except in the tests of counting.
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"anon": None, "user": None, "planner": None}}  # noqa: F405
LINK_RATES = {"link": None, "address": None}
# As DATABASE_URL names it; while tests run the connection bears the name of a copy.
DATABASE_NAMED = DATABASES["default"]["NAME"]  # noqa: F405
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    # Nothing here has to outlive the server: a commit need not wait for the disk. Measured: over tables of a few rows
    # a third of the server's time went into finding the best order of joins, which is the one that is written.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (  # noqa: F405
        "-c synchronous_commit=off -c jit=off -c join_collapse_limit=1"
    )
