"""What the class link opens: the crew's visits with their tasks, the run sheet, the vote, meetings and training.

No account, and nothing but that: no price, no contact, no other house's things, nobody's name.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bookings import class_links, crew_tasks
from bookings.errors import LinkProblem
from bookings.models import CrewVisit
from tours import votes
from tours.models import CrewBallot, Season
from turne.web import paper
from turne.web.answers import by_mailed_link
from turne.web.refusals import DONE, led
from turne.web.schools import crew_pages, crew_visits, crew_words
from turne.web.schools.crew_forms import VoteForm
from turne.web.ways_in import Links
from venues.models import Crew
from venues.models.crews import Topic

Row = dict[str, Any]
View = Callable[..., HttpResponse]


def by_class_link(view: View) -> View:
    """A page of a crew's link: the view gets the crew; a link that does not work says why."""

    @by_mailed_link
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        try:
            crew = class_links.find_crew(token, timezone.now())
        except LinkProblem as problem:
            status = 404 if problem.code == "unknown" else 410
            return render(
                request, "crews/link_dead.html", {"problem": problem, "plain_bar": True}, status=status
            )
        return view(request, crew, token, **more)

    return opened


@require_safe
@by_class_link
def crew_link(request: HttpRequest, crew: Crew, token: str) -> HttpResponse:
    """The crew's home: what comes, what is to be voted on, where one meets, what was learnt."""
    now = timezone.now()
    hosted = [
        crew_words.visit_row(visit, reverse("crew-link-visit", args=[token, visit.pk]))
        for visit in crew_pages.hosted_visits(crew)
    ]
    context = {
        "crew": crew,
        "token": token,
        "hosted": hosted,
        "others": crew_pages.coming(crew),
        "votes": [_vote_row(crew, season, token) for season in votes.open_for(crew, now)],
        "meetings": crew_words.meeting_rows(crew),
        "trainings": [
            {"training": row, "topics": [Topic(topic).label for topic in row.topics]}
            for row in crew.trainings.all()
        ],
        "links": Links(settings.BASE_URL + reverse("feed-private", args=[token]), crew.name),
        "plain_bar": True,
        "demo_notice": crew.organisation.is_demo,
    }
    return render(request, "crews/link_home.html", context)


# No CSRF token: no cookie takes part, the secret in the address is the whole authority; see `answers.answer`.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_class_link
def crew_link_visit(request: HttpRequest, crew: Crew, token: str, pk: int) -> HttpResponse:
    """The tasks of one of the crew's visits; POST ticks one."""
    visit = _visit(crew, pk)
    if request.method == "POST":
        crew_visits.ticked(request, visit)
        return redirect("crew-link-visit", token, pk)
    context = crew_visits.page(visit) | {
        "ticks": not crew_tasks.is_void(visit),
        "token": token,
        "plain_bar": True,
        "demo_notice": crew.organisation.is_demo,
    }
    return render(request, "crews/link_visit.html", context)


@require_safe
@by_class_link
def crew_link_sheet(
    request: HttpRequest, crew: Crew, token: str, pk: int, *, as_pdf: bool = False
) -> HttpResponse:
    """The run sheet of one of the crew's visits, to print."""
    context = crew_visits.sheet(_visit(crew, pk)) | {
        "back_url": reverse("crew-link-visit", args=[token, pk]),
        "pdf_url": reverse("crew-link-sheet-pdf", args=[token, pk]),
    }
    return paper.answer(request, f"korschema-{pk}", "crews/run_sheet.html", context, as_pdf=as_pdf)


# No CSRF token: see `crew_link_visit`.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_class_link
def crew_link_vote(request: HttpRequest, crew: Crew, token: str, season: str) -> HttpResponse:
    """The crew's vote on a menu: its five best, in order, and how many hands there were."""
    running = get_object_or_404(votes.open_for(crew, timezone.now()), slug=season)
    menu = list(running.productions.select_related("ensemble").order_by("title"))
    ballot = votes.ballots_of([crew], running).first()
    form = VoteForm(menu, request.POST if request.method == "POST" else None, initial=_voted(ballot))

    def act() -> CrewBallot:
        told = {"hands_count": form.cleaned_data["hands_count"], "version": form.cleaned_data["version"] or 0}
        return votes.vote(crew, running, form.ranked(), now=timezone.now(), **told)

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Your vote is noted. You may change it until the season closes."))
        return redirect("crew-link", token)
    shown = {"plain_bar": True, "demo_notice": crew.organisation.is_demo}
    context = {"crew": crew, "season": running, "form": form, "menu": menu, "token": token, **shown}
    return render(request, "crews/vote.html", context, status=status)


def _visit(crew: Crew, pk: int) -> CrewVisit:
    """One of the crew's own visits that it has not left."""
    try:
        return crew.visits.filter(left_at=None).with_ground().get(pk=pk)
    except (CrewVisit.DoesNotExist, OverflowError):
        raise Http404 from None


def _vote_row(crew: Crew, season: Season, token: str) -> Row:
    return {
        "season": season,
        "ballot": votes.ballots_of([crew], season).first(),
        "url": reverse("crew-link-vote", args=[token, season.slug]),
    }


def _voted(ballot: CrewBallot | None) -> Row:
    """What the form begins with: the vote that stands."""
    if ballot is None:
        return {}
    places = {f"place_{vote.place}": str(vote.production_id) for vote in ballot.votes.all()}
    return {"hands_count": ballot.hands_count, "version": ballot.version, **places}
