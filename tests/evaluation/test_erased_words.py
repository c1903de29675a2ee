"""Words that a teller erased are in nothing that was kept; number, hash and manifest stay."""

import json
import zlib
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from evaluation import actions, background_work, tasks
from evaluation.models import Release, Report, WorkedErasure, WorkState
from evaluation.presentation import canonical
from evaluation.presentation.records import ReleaseContents
from evaluation.releases import work
from spaces.models import Draft
from spaces.permissions import Role
from tests import make
from tests.evaluation.test_releases import YEAR, frozen, told
from tests.test_house_rules import our_models
from valuecreation import actions as telling
from valuecreation.cycles import Polarity

pytestmark = pytest.mark.django_db
WORDS = ("The lost Tuesday", "Nobody came", "It hurt a patient")


@pytest.fixture
def story(space):
    """A story whose words stand in its title, in what did not work and in a moment of harm."""
    teller = make.membership(space, make.person(), Role.PARTICIPANT)
    story = told(
        space, "organisation", title=WORDS[0], did_not_work=WORDS[1], teller=teller, strength=""
    )
    moment = story.steps.get().moment
    moment.text, moment.polarity = WORDS[2], Polarity.NEGATIVE
    moment.save()
    return story


@pytest.fixture
def release(space, story, django_capture_on_commit_callbacks):
    told(space, "organisation", title="Another one")
    return frozen(space, django_capture_on_commit_callbacks)


def erase(story):
    telling.erase_story(story, by=story.teller)
    tasks.work_off_erasures()


def text_of(release):
    release.refresh_from_db()
    return canonical.unpacked(bytes(release.content)).decode()


def facts_of(release):
    return (release.number, release.label, release.sha256, release.stories)


def test_erased_words_are_in_no_stored_release_and_its_facts_stay(release, story):
    before, facts = ReleaseContents.from_json(text_of(release)), facts_of(release)
    assert [word in text_of(release) for word in WORDS] == [True, True, True]
    assert len(before.one_page.did_not_go_well) == 2
    erase(story)

    assert [word in text_of(release) for word in WORDS] == [False, False, False]
    assert story.teller.name not in text_of(release)
    assert facts_of(release) == facts
    after = ReleaseContents.from_json(text_of(release))
    assert "Another one" in [one.title for one in after.stories]
    assert (after.counts, len(after.moments)) == (before.counts, len(before.moments))


def test_printed_report_keeps_its_fingerprint_and_no_bytes(
    release, story, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        report = actions.build_report(release, by=release.frozen_by, format="json")
    report.refresh_from_db()
    assert WORDS[0].encode() in bytes(report.content)
    erase(story)
    fingerprint = report.sha256
    report.refresh_from_db()
    assert (report.content, report.sha256) == (None, fingerprint)


def test_erasing_is_worked_off_once_however_often_the_task_comes(release, story):
    erase(story)
    text = text_of(release)
    tasks.work_off_erasures()
    assert text_of(release) == text
    assert WorkedErasure.objects.count() == 1


def test_release_that_does_not_hold_the_story_stays_as_it_was(
    release, space, django_capture_on_commit_callbacks
):
    other = told(space, "space", title="Not for them")
    text = text_of(release)
    erase(other)
    assert text_of(release) == text


def test_frozen_text_that_cannot_be_read_is_let_go_whole(release, story):
    content = canonical.packed([WORDS[0].encode()])[0]
    Release.objects.update(content=content)
    erase(story)
    release.refresh_from_db()
    assert bytes(release.content) == b""


def test_nothing_is_handed_out_before_the_erasure_is_worked_off(
    release, story, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        report = actions.build_report(release, by=release.frozen_by, format="json")
    telling.erase_story(story, by=story.teller)
    with pytest.raises(ValidationError, match="may no longer be told"):
        actions.hand_over(report, by=release.frozen_by.person)
    with pytest.raises(ValidationError, match="may no longer be told"):
        actions.build_report(release, by=release.frozen_by, format="csv")


@pytest.mark.parametrize("decide", [telling.withdraw_story, telling.erase_story])
def test_release_is_frozen_anew_without_a_story_taken_back_while_it_was_made(decide, space, story):
    by = make.membership(space)
    release = actions.freeze_release(space, by=by, **YEAR, audience="organisation")
    made = []

    def make_slowly(row):
        made.append(work.freeze(row))
        if len(made) == 1:
            decide(story, by=story.teller)
        return made[-1]

    background_work.carry_out(Release, release.pk, make_slowly, work.settle_release)
    assert len(made) == 2
    assert WORDS[0] not in text_of(release)
    assert (release.state, release.stories) == (WorkState.READY, [])


@pytest.mark.parametrize("decide", [telling.withdraw_story, telling.erase_story])
def test_report_is_not_kept_if_a_story_was_taken_back_while_it_was_printed(
    decide, release, story, django_capture_on_commit_callbacks
):
    report = Report.objects.create(release=release, format="json", asked_by=release.frozen_by)

    def make_slowly(row):
        made = work.print_report(row)
        decide(story, by=story.teller)
        return made

    background_work.carry_out(Report, report.pk, make_slowly, work.settle_report)
    report.refresh_from_db()
    assert (report.state, report.content) == (WorkState.BROKEN, None)
    assert "Freeze a new dataset" in report.problem


@pytest.mark.parametrize("kind", [Release, Report])
def test_a_worker_settles_what_it_made_of_either_kind(kind, release, story):
    """The tasks themselves; the teller decides when nine tenths are done."""
    row, build = release, tasks.build_release
    if kind is Report:
        row = Report.objects.create(release=release, format="json", asked_by=release.frozen_by)
        build = tasks.build_report
    else:
        Release.objects.update(state=WorkState.WAITING, content=b"", stories=[])
    decided = []

    def at_nine_tenths(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and params and params[0] == 90 and not decided:
            decided.append(True)
            telling.withdraw_story(story, by=story.teller)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(at_nine_tenths):
        build(row.pk)
    row.refresh_from_db()
    assert decided
    if kind is Report:
        assert (row.state, row.content) == (WorkState.BROKEN, None)
    else:
        assert WORDS[0] not in text_of(row)
        assert row.state == WorkState.READY


# --- everything that is kept, table by table ------------------------------------------------


def everything_kept():
    """All that any table of ours holds, as text; packed releases are unpacked."""
    for model in our_models():
        for values in model.objects.values_list():
            for value in values:
                if isinstance(value, bytes | memoryview):
                    yield unpacked_or_not(bytes(value))
                elif isinstance(value, str | dict | list):
                    yield json.dumps(value, ensure_ascii=False)


def unpacked_or_not(value: bytes) -> str:
    with suppress(zlib.error):
        value = canonical.unpacked(value)
    return value.decode("utf-8", "replace")


def words_of(story):
    """All that was typed for a story, but for moments that another one tells, too."""
    own = [step.moment for step in story.steps.all() if step.moment.steps.count() == 1]
    around = (story.did_not_work, story.other_factors, story.substantiation, story.raw_text)
    return {story.title, *around, *(moment.text for moment in own)} - {""}


def still_kept(words):
    return sorted({word for text in everything_kept() for word in words if word in text})


def test_no_table_holds_a_word_of_any_erased_story(circle, django_capture_on_commit_callbacks):
    by = circle.memberships.first()
    with django_capture_on_commit_callbacks(execute=True):
        release = actions.freeze_release(circle, by=by, **YEAR, audience="space")
    release.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        actions.build_report(release, by=by, format="json")
    stories = list(circle.stories.all())
    for story in stories:
        moment = story.steps.first().moment
        for where in (f"stories/{story.public_id}/and-then/", f"moments/{moment.public_id}/edit/"):
            Draft.objects.create(
                person=make.person(),
                space=circle,
                key="k",
                action=f"/spaces/{circle.slug}/{where}",
                data={"text": [moment.text]},
            )
    words = set().union(*map(words_of, stories))
    assert len(still_kept(words)) == len(words)
    for story in stories:
        telling.erase_story(story, by=story.teller)
    tasks.work_off_erasures()
    assert still_kept(words) == []
