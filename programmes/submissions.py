"""An application as it was sent in: its facts as data, which nobody changes afterwards, and their digest.

What somebody needs to take part is not among them: it is for the host alone, and forgotten in time.
"""

import hashlib
import json
from typing import Any

from programmes.models import Application, Submission

Facts = dict[str, Any]
#: Raised when the shape of the facts changes; older ones stay readable.
SCHEMA = 1


def facts_of(application: Application) -> Facts:
    """All that whoever assesses may read, names apart from the rest so that they can be hidden."""
    return {
        "schema": SCHEMA,
        "who": {
            "applicant_name": application.applicant_name,
            "group_name": application.group_name,
            "email": application.applicant.email,
            "phone": application.phone,
            "collaborators": [
                {"name": row.name, "role": row.role} for row in application.collaborators.all()
            ],
            "work_samples": [{"title": row.title, "url": row.url} for row in application.work_samples.all()],
        },
        "home": application.home.code if application.home else "",
        "is_first_time": application.is_first_time,
        "art_form": application.art_form,
        "title": application.title,
        "summary": application.summary,
        "description": application.description,
        "budget": [
            {"words": row.words, "amount": str(row.amount), "is_income": row.is_income}
            for row in application.budget.all()
        ],
        "periods": [
            [row.period.starts_on.isoformat(), row.period.ends_on.isoformat()]
            for row in application.periods.all()
        ],
        "places": [str(row.place) for row in application.places.all()],
    }


def digest_of(facts: Facts) -> str:
    """SHA-256 over the facts, the same however they are stored."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def counts(application: Application) -> Submission | None:
    """The one that counts: the last that was sent in; None where there is none, or it is withdrawn."""
    sent = list(application.submissions.all())
    return sent[-1] if sent and application.withdrawn_at is None else None


def is_changed_since(application: Application) -> bool:
    """Whether it was changed after it was sent in, so that what counts is an older wording."""
    last = counts(application)
    return last is not None and digest_of(facts_of(application)) != last.digest
