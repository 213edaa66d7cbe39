"""What young people write is forgotten: nicknames and notes with the school year, comments a year after the season."""

from datetime import date, datetime

from bookings import crews, young_words
from bookings.models import CrewTask
from tests.agreements import NOW, STOCKHOLM
from tests.crews import TODAY, hosted, menu_of, panel_of
from tests.world import World
from tours.models import PanelOpinion
from venues.crews import add_member
from venues.models import CrewMember

LAST_DAY = datetime(2027, 6, 30, 12, tzinfo=STOCKHOLM)
SUMMER = datetime(2027, 7, 1, 12, tzinfo=STOCKHOLM)


def test_nicknames_and_notes_go_with_the_school_year_and_the_tick_stays(world: World) -> None:
    visit = hosted(world)
    add_member(visit.crew, "presenter", today=TODAY, nickname="Kim")
    crews.tick(visit, "doors-0", is_done=True, version=0, now=NOW, nickname="Kim", note="Alla kom.")
    before = young_words.forget_due(LAST_DAY)
    after = young_words.forget_due(SUMMER)
    task = CrewTask.objects.get()
    assert (before, after, CrewMember.objects.count()) == (0, 2, 0)
    assert (task.is_done, task.nickname, task.note) == (True, "", "")


def test_comments_go_a_year_after_the_season_and_places_stay(world: World) -> None:
    first, second = menu_of(world, 2)
    told = {"panel": panel_of(world), "season": world.season, "changed_at": NOW}
    PanelOpinion.objects.create(production=first, place=1, comment="Bra.", **told)
    PanelOpinion.objects.create(production=second, comment="Svår.", **told)
    before = young_words.forget_due(datetime(2028, 5, 27, 12, tzinfo=STOCKHOLM))
    assert world.season.ends_on == date(2027, 5, 28)
    after = young_words.forget_due(datetime(2028, 5, 29, 12, tzinfo=STOCKHOLM))
    assert (before, after) == (0, 2)
    assert [(row.place, row.comment) for row in PanelOpinion.objects.all()] == [(1, "")]
