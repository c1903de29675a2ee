"""A worker, or somebody who downloads, and a teller at the very same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from evaluation import actions, background_work, tasks
from evaluation.models import Release, Report, WorkState
from evaluation.presentation import canonical
from evaluation.releases import work
from spacefile import handing
from spaces.models import Space, Trace
from tests import make
from tests.evaluation.test_releases import YEAR, told
from valuecreation import actions as telling
from valuecreation.models import DeletionRequest, FetchedStory, Story

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
    pytest.mark.django_db(transaction=True),
]
WORDS = "The lost Tuesday"
LONGEST = 30
SETTLE = {Release: work.settle_release, Report: work.settle_report}
MAKE = {Release: work.freeze, Report: work.print_report}
EITHER = pytest.mark.parametrize("kind", [Release, Report])
DECISIONS = pytest.mark.parametrize("decide", [telling.withdraw_story, telling.erase_story])


def in_threads(*deeds):
    """Both deeds to their end, each with a connection of its own."""

    def do(deed):
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as workers:
        return [done.result(LONGEST) for done in [workers.submit(do, deed) for deed in deeds]]


def until_somebody_waits(most=20_000):
    """Comes back once another connection waits for a lock that this one holds."""
    with connection.cursor() as cursor:
        for _again in range(most):
            cursor.execute(
                "SELECT count(*) FROM pg_locks "
                "WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return True
    return False


@pytest.fixture
def story():
    space = make.space()
    return told(space, "organisation", title=WORDS, teller=make.membership(space, make.person()))


def begun(kind, story):
    """Work of a kind that holds the story and waits for its worker."""
    by = make.membership(story.space, make.person())
    terms = {**YEAR, "audience": "organisation"}
    with transaction.atomic():
        release = actions.freeze_release(story.space, by=by, **terms)
        if kind is Release:
            Release.objects.update(state=WorkState.WORKING)  # no worker takes it before the test
    if kind is Release:
        Release.objects.update(state=WorkState.WAITING, tries=0)
        return release
    release.refresh_from_db()
    return Report.objects.create(release=release, format="json", asked_by=by)


def kept(row) -> bytes:
    row.refresh_from_db()
    if isinstance(row, Release):
        return canonical.unpacked(bytes(row.content)) if row.content else b""
    return bytes(row.content or b"")


@EITHER
@DECISIONS
def test_worker_that_ends_while_a_story_is_taken_back_waits_and_keeps_nothing_of_it(
    kind, decide, story
):
    row, decided, made = begun(kind, story), Event(), Event()

    def make_work(held):
        content = MAKE[kind](held)
        made.set()
        assert decided.wait(LONGEST)
        return content

    def teller():
        assert made.wait(LONGEST)
        with transaction.atomic():
            decide(Story.objects.get(pk=story.pk), by=story.teller)
            decided.set()
            return until_somebody_waits()

    def worker():
        background_work.carry_out(kind, row.pk, make_work, SETTLE[kind])

    assert in_threads(teller, worker)[0]
    assert WORDS.encode() not in kept(row)


@EITHER
def test_story_erased_while_a_worker_keeps_its_work_is_blanked_afterwards(kind, story):
    row, keeping = begun(kind, story), Event()
    waited = []

    def settle(held, made):
        SETTLE[kind](held, made)
        keeping.set()
        waited.append(until_somebody_waits())

    def teller():
        assert keeping.wait(LONGEST)
        telling.erase_story(Story.objects.get(pk=story.pk), by=story.teller)

    def worker():
        background_work.carry_out(kind, row.pk, MAKE[kind], settle)

    in_threads(teller, worker)
    assert waited == [True]
    assert WORDS.encode() in kept(row)
    tasks.work_off_erasures()
    assert WORDS.encode() not in kept(row)


# --- hand-overs ------------------------------------------------------------------------------


def hand_over(report, reader):
    try:
        return actions.hand_over(Report.objects.get(pk=report.pk), by=reader)
    except ValidationError as error:
        return error


def whole_file(space, reader):
    document = handing.hand_over(
        Space.objects.get(pk=space.pk), "space", format="yaml", person=reader
    )
    return [story.title for story in document.stories]


def printed(story):
    row = begun(Report, story)
    background_work.carry_out(Report, row.pk, work.print_report, work.settle_report)
    return row


def test_download_that_meets_a_withdrawal_is_refused_and_leaves_no_trace(story):
    report, decided = printed(story), Event()
    reader = make.member(story.space)

    def teller():
        with transaction.atomic():
            telling.withdraw_story(Story.objects.get(pk=story.pk), by=story.teller)
            decided.set()
            return until_somebody_waits()

    def download():
        assert decided.wait(LONGEST)
        return hand_over(report, reader)

    waited, answer = in_threads(teller, download)
    assert waited and isinstance(answer, ValidationError)
    assert not Trace.objects.exists()


def test_withdrawal_that_meets_a_download_asks_for_it(story):
    report, fetching = printed(story), Event()
    reader = make.member(story.space)

    def download():
        with transaction.atomic():
            hand_over(report, reader)
            fetching.set()
            return until_somebody_waits()

    def teller():
        assert fetching.wait(LONGEST)
        telling.withdraw_story(Story.objects.get(pk=story.pk), by=story.teller)

    assert in_threads(download, teller)[0]
    assert DeletionRequest.objects.get().person == reader


def test_space_file_that_meets_a_withdrawal_is_gathered_again_without_the_story(story):
    make.consent(story, "space", uses=["learning"])
    decided, reader = Event(), make.member(story.space)

    def teller():
        with transaction.atomic():
            telling.withdraw_story(Story.objects.get(pk=story.pk), by=story.teller)
            decided.set()
            return until_somebody_waits()

    def download():
        assert decided.wait(LONGEST)
        return whole_file(story.space, reader)

    assert in_threads(teller, download) == [True, []]
    assert not FetchedStory.objects.exists()
