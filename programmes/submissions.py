"""An application as it was sent in: its facts as data, which nobody changes afterwards, and their digest.

What somebody needs to take part is not among them: it is for the host alone, and forgotten in time.
"""

from bookings.kept_facts import Facts
from programmes.models import Application, SampleFile, Submission

#: Raised when the shape of the facts changes; older ones stay readable (`read`). 2 has files.
SCHEMA = 2


def files_of(application: Application) -> list[SampleFile]:
    """Its files as they stand, in order."""
    return [file for file in application.files.all() if file.removed_at is None]


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
            "files": [_told(file) for file in files_of(application) if file.is_identifying],
        },
        "files": [_told(file) for file in files_of(application) if not file.is_identifying],
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


def read(submission: Submission) -> Facts:
    """What was sent in, in the shape that `facts_of` has today, whenever it was."""
    facts: Facts = submission.facts
    if facts["schema"] == 1:
        return {**facts, "schema": SCHEMA, "who": {**facts["who"], "files": []}, "files": []}
    return facts


def sent_facts(application: Application) -> Facts:
    """What counts of it (`counts`), as `read` gives it; empty where nothing does."""
    last = counts(application)
    return read(last) if last else {}


def sent_files(submission: Submission) -> dict[int, bool]:
    """The files that were sent in: id -> whether it tells who the applicant is."""
    facts = read(submission)
    named = {file["id"]: True for file in facts["who"]["files"]}
    return named | {file["id"]: False for file in facts["files"]}


def has_sent(application: Application, file: SampleFile) -> bool:
    """Whether the file was sent in at any time, so that its bytes are kept."""
    return any(file.pk in sent_files(one) for one in application.submissions.all())


def counts(application: Application) -> Submission | None:
    """The one that counts: the last that was sent in; None where there is none, or it is withdrawn."""
    sent = list(application.submissions.all())
    return sent[-1] if sent and application.withdrawn_at is None else None


def is_changed_since(application: Application) -> bool:
    """Whether it was changed after it was sent in, so that what counts is an older wording."""
    last = counts(application)
    return last is not None and facts_of(application) != read(last)


def _told(file: SampleFile) -> Facts:
    return {
        "id": file.pk,
        "title": file.title,
        "media_type": file.about.media_type,
        "bytes": file.bytes_count,
        "sha256": file.sha256,
    }
