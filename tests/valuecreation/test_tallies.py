import datetime as dt
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests import make
from tests.examples import scaled
from tests.valuecreation.counted import assert_exact, tell, totals
from valuecreation.cycles import Cycle
from valuecreation.models import (
    Consent,
    Flow,
    FlowKind,
    FlowStatus,
    LoopsDue,
    Story,
    StoryState,
    StoryStep,
    Tally,
)
from valuecreation.summaries import tallies
from valuecreation.summaries import totals as totals_of

pytestmark = pytest.mark.django_db
AUDIENCES = ["space", "organisation", "partner_spaces", "public"]


def test_story_told_is_counted_at_once_for_whom_it_goes_to(space):
    tell(space, "organisation")

    assert tallies.read(space, "organisation", space.today).by_cycle["applied"] == 1
    assert tallies.read(space, "space", space.today).flows == {("potential", "applied"): 1}
    assert tallies.read(space, "public", space.today).all_moments == 0
    assert_exact(space)


def test_story_kept_between_teller_and_collector_is_in_nobodys_totals(space):
    tell(space)

    assert [tallies.read(space, a, space.today).all_moments for a in AUDIENCES] == [0, 0, 0, 0]


def test_withdrawn_story_is_in_no_total(space):
    told, other = tell(space, "public"), tell(space, "public")
    make.flow(told.steps.last().moment, other.steps.first().moment)
    tallies.recount(space)

    with tallies.counted([told]):
        told.state, told.withdrawn_on = StoryState.WITHDRAWN, space.today
        told.save()

    assert tallies.read(space, "public", space.today).flows == {("potential", "applied"): 1}
    assert_exact(space)


def test_consent_that_lapses_changes_the_totals_the_same_day(space):
    last = space.today + dt.timedelta(days=3)
    tell(space, "organisation", expires_on=last)

    assert tallies.read(space, "organisation", last).stories == 1
    assert tallies.read(space, "organisation", last + dt.timedelta(days=1)).stories == 0
    assert_exact(space)


def test_lapsed_consents_make_no_rows_and_a_worker_counts_them_once(space, monkeypatch):
    last = space.today + dt.timedelta(days=3)
    tell(space, "organisation", expires_on=last)
    tell(space, "public")
    tallies.fold(space)
    rows = Tally.objects.count()
    assert list(Story.objects.values_list("counts_until", flat=True).order_by("pk")) == [last, None]

    monkeypatch.setattr(type(space), "today", last + dt.timedelta(days=1))
    assert tallies.read(space, "organisation", space.today).stories == 1
    assert Tally.objects.count() == rows
    assert tallies.spaces_to_fold() == []  # by the clock its day has not come

    assert (tallies.count_lapsed(space), tallies.count_lapsed(space)) == (1, 0)
    assert not Story.objects.filter(counts_until__isnull=False).exists()
    assert tallies.check(space.pk) == {}
    assert_exact(space)


def test_season_and_tellers_are_corrected_with_the_rest_when_a_consent_has_lapsed(space):
    last = space.today + dt.timedelta(days=3)
    teller = make.membership(space)
    tell(space, "public", cycles=[Cycle.APPLIED], teller=teller)
    tell(space, "space", cycles=[Cycle.APPLIED], teller=teller, expires_on=last)
    tell(space, "space", cycles=[Cycle.APPLIED], expires_on=last)

    after = last + dt.timedelta(days=1)
    whole, season = totals_of.read_with_season(space, "space", after, "2025-H1")
    assert (whole.tellers, season.tellers, season.stories) == (1, 1, 1)
    assert tallies.read(space, "space", after, season="2025-H1").stories_touching["applied"] == 1
    assert tallies.read(space, "space", after, season="2025-H2").stories == 0


def test_flow_between_stories_counts_while_both_go_to_an_audience(space):
    narrow = tell(space, "space", cycles=[Cycle.POTENTIAL])
    wide = tell(space, "public", cycles=[Cycle.REALIZED])
    with tallies.counted([narrow]):
        make.flow(narrow.steps.get().moment, wide.steps.get().moment, kind=FlowKind.ENABLING)

    assert tallies.read(space, "space", space.today).flows == {("potential", "realized"): 1}
    assert tallies.read(space, "organisation", space.today).flows == {}


def test_moment_of_two_stories_goes_where_the_strictest_lets_it(space):
    wide = tell(space, "public", cycles=[Cycle.APPLIED])
    shared = wide.steps.get().moment
    with tallies.counted([wide]) as counting:
        strict = make.story(in_space=space, cycles=[])
        StoryStep.objects.create(story=strict, moment=shared, order=1)
        counting.add(strict)

    assert tallies.read(space, "space", space.today).all_moments == 0
    assert tallies.read(space, "space", space.today).stories_touching["applied"] == 0
    assert_exact(space)


def test_loose_moment_shared_with_the_space_is_counted_there(space):
    moment = make.moment(space)
    with tallies.counted(moments=[moment]):
        moment.loose_audience = "space"
        moment.save()

    assert tallies.read(space, "space", space.today).by_cycle["applied"] == 1
    assert_exact(space)


def test_one_count_inside_another_counts_nothing_twice(space):
    told = tell(space, "space")
    with tallies.counted([told]):
        make.consent(told, "organisation")
        with tallies.counted([told]):
            make.consent(told, "public")
        tell(space, "public")

    assert tallies.read(space, "public", space.today).stories == 2
    assert_exact(space)


def test_change_is_counted_once_though_another_count_comes_between(space):
    one, two = tell(space, "space"), tell(space, "space")
    with tallies.counted([one]):
        make.consent(one, "organisation")
        with tallies.counted([two]):
            make.consent(two, "public")
        make.consent(one, "organisation", "partner_spaces")

    found = {a: tallies.read(space, a, space.today).stories for a in AUDIENCES}
    assert found == {"space": 2, "organisation": 2, "partner_spaces": 2, "public": 1}
    assert_exact(space)


def test_draft_changed_beside_an_approved_story_of_the_same_moment_counts_that_one_once(space):
    told, draft = tell(space, "space"), tell(space)
    StoryStep.objects.create(story=draft, moment=told.steps.first().moment, order=50)
    tallies.recount(space)

    with tallies.counted([draft]):
        draft.steps.exclude(order=50).delete()
    assert_exact(space)
    with tallies.counted([draft]):
        make.consent(draft, "space")
        Story.objects.filter(pk=draft.pk).update(state=StoryState.APPROVED)
    assert totals(space, "space", space.today)["stories"] == 2
    assert_exact(space)


def test_totals_of_a_season_hold_that_season_only(space):
    tell(space, "space")

    assert tallies.read(space, "space", space.today, season="2025-H1").stories == 1
    assert tallies.read(space, "space", space.today, season="2025-H2").stories == 0


def test_folding_leaves_one_row_a_key_and_the_same_totals(space):
    for _ in range(3):
        tell(space, "space", expires_on=space.today + dt.timedelta(days=5))
    before = [totals(space, audience, space.today) for audience in AUDIENCES]

    assert tallies.fold(space) > 0
    assert tallies.fold(space) == 0
    keys = Tally.objects.values_list("audience", "what", "season", "a", "b", "c")
    assert len(keys) == len(set(keys))
    assert [totals(space, audience, space.today) for audience in AUDIENCES] == before
    assert_exact(space)


def test_folding_joins_what_is_new_with_what_was_folded_before(space):
    keys = Tally.objects.values_list("audience", "what", "season", "a", "b", "c")
    for _ in range(3):
        tell(space, "space")
        before = totals(space, "space", space.today)
        tallies.fold(space)

        assert len(keys.all()) == len(set(keys.all()))
        assert totals(space, "space", space.today) == before
    assert before["stories"] == 3
    assert_exact(space)


def test_check_reports_drift_with_its_figures_and_mends_it(space, caplog):
    tell(space, "space")
    Tally.objects.filter(what="moment", a="applied").update(amount=41)

    with caplog.at_level(logging.ERROR):
        drift = tallies.check(space.pk)

    assert set(drift.values()) == {-40}
    assert "drifted by 40 in 1 keys" in caplog.text
    assert tallies.check(space.pk) == {}
    assert_exact(space)


def test_change_leaves_a_note_that_loops_must_be_read_again(space):
    told = tell(space, "space")

    assert sorted(LoopsDue.objects.get().moments) == sorted(
        told.steps.values_list("moment", flat=True)
    )


def test_counting_costs_the_same_for_one_moment_and_for_many(space, django_assert_max_num_queries):
    told = tell(space, "space", cycles=list(Cycle))
    tell(space, "space", cycles=list(Cycle))

    with django_assert_max_num_queries(24), tallies.counted([told]):
        make.consent(told, "organisation")


# --- any sequence of changes -----------------------------------------------------------------

CIRCLES = st.sets(st.sampled_from(["space", "organisation", "partner_spaces", "public"]))
STEP = st.tuples(st.integers(0, 7), st.integers(0, 99), st.integers(0, 99), CIRCLES)
TOLD = (0, 0, 0, set())
TOLD_TWICE_THEN_SHARED = [TOLD, (6, 0, 0, set()), TOLD, (7, 0, 0, set()), (3, 0, 41, set())]


def change(space, act, first, second, circles):
    """One change chosen by numbers, carried out and counted."""
    stories = list(Story.objects.in_space(space).order_by("pk"))
    if act == 0 or not stories:
        lapse = space.today + dt.timedelta(days=second % 12) if second % 3 == 0 else None
        cycles = [list(Cycle)[n % 8] for n in (first, second, first + second)]
        tell(space, *circles, cycles=cycles, expires_on=lapse)
        return
    one, two = stories[first % len(stories)], stories[second % len(stories)]
    with tallies.counted([one, two]):
        CHANGES[act % len(CHANGES)](space, one, two, second, circles)


def consent_again(space, one, two, number, circles):
    lapse = space.today + dt.timedelta(days=number % 12) if number % 2 else None
    make.consent(one, *circles, on=space.today, expires_on=lapse)
    Story.objects.filter(pk=one.pk).update(state=StoryState.APPROVED, withdrawn_on=None)


def withdraw(space, one, two, number, circles):
    Story.objects.filter(pk=one.pk).update(state=StoryState.WITHDRAWN, withdrawn_on=space.today)
    Consent.objects.filter(pk=one.consent_id).update(withdrawn_on=space.today)


def tie(space, one, two, number, circles):
    source, target = one.steps.first(), two.steps.last()
    if source and target and source.moment_id != target.moment_id:
        kind = [FlowKind.RETURN, FlowKind.FORWARD, FlowKind.CROSS_SPACE][number % 3]
        status = [FlowStatus.HAPPENED, FlowStatus.AWAITED][number % 2]
        Flow.objects.update_or_create(
            source=source.moment,
            target=target.moment,
            defaults={"space": space, "kind": kind, "status": status},
        )


def share(space, one, two, number, circles):
    step = one.steps.first()
    if step:
        StoryStep.objects.get_or_create(
            story=two, moment=step.moment, defaults={"order": 100 + number}
        )


def rewrite(space, one, two, number, circles):
    moment = one.steps.first() and one.steps.first().moment
    if moment:
        moment.cycle, moment.polarity = list(Cycle)[number % 8], "negative"
        moment.save()


def take_out(space, one, two, number, circles):
    one.steps.filter(order=1).delete()


CHANGES = [consent_again, withdraw, tie, share, rewrite, take_out, tie, consent_again]


@settings(
    max_examples=scaled(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(
    steps=[*TOLD_TWICE_THEN_SHARED, (7, 0, 0, {"space"})],
    fold_after=0,
    later=[(6, 69, 37, set())],
    days=1,
)
@given(
    steps=st.lists(STEP, min_size=1, max_size=9),
    fold_after=st.integers(0, 9),
    later=st.lists(STEP, max_size=3),
    days=st.integers(1, 12),
)
def test_totals_equal_a_recount_after_any_changes(db, steps, fold_after, later, days):
    space = make.space()
    for number, step in enumerate(steps):
        change(space, *step)
        if number == fold_after:
            tallies.fold(space)
    assert_exact(space)
    assert tallies.check(space.pk) == {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(space), "today", space.today + dt.timedelta(days=days))
        assert_exact(space)
        for step in later:  # before any worker has counted what has lapsed
            change(space, *step)
        assert_exact(space)
        assert tallies.check(space.pk) == {}
        tallies.count_lapsed(space)
        assert not Story.objects.in_space(space).no_longer_as_counted(space.today).exists()
        assert_exact(space)
        assert tallies.check(space.pk) == {}
        tallies.fold(space)
        assert_exact(space)
    tallies.recount(space)
    tallies.fold(space)
    assert_exact(space)
    tallies.recount(space)
    assert_exact(space)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_workers_that_fold_at_once_lose_and_double_nothing():
    space = make.space()
    for _ in range(6):
        tell(space, "public", cycles=list(Cycle)[:4])
    before = totals(space, "space", space.today)

    def fold_and_tell(number):
        try:
            tallies.fold(space)
            if number % 2:
                tell(space, "space", cycles=[Cycle.REALIZED], ref=f"T{number}")
            return tallies.fold(space)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(fold_and_tell, range(4)))
    assert totals(space, "space", space.today)["stories"] == before["stories"] + 2
    assert_exact(space)
    assert tallies.check(space.pk) == {}
