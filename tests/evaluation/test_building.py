"""A release is built from rows: what goes in, what stays out, and always the same bytes."""

import datetime as dt

import pytest

from evaluation import releases
from evaluation.models import ContributionClaim, Indicator, Observation, Release
from evaluation.releases import claims
from framing.models import Aspiration, Assumption, FramingVersion
from tests import make
from tests.evaluation import make_signs as signs
from valuecreation.cycles import Cycle
from valuecreation.models import Flow, StoryState, StoryStep

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 12)


def release(space, **fields) -> Release:
    """A dataset that is not stored."""
    given = {
        "number": 1,
        "label": "S-2025-1",
        "title": "A year",
        "period_start": dt.date(2025, 1, 1),
        "period_end": dt.date(2025, 12, 31),
        "audience": "organisation",
        "purpose": "report",
        "as_of": DAY,
    }
    return Release(space=space, **given | fields)


def story(space, *audience, **fields):
    uses = fields.pop("uses", ["report", "quote"])
    attribution = fields.pop("attribution", "named")
    told = make.story(in_space=space, **{"state": StoryState.APPROVED, **fields})
    if audience:
        make.consent(told, *audience, uses=uses, attribution=attribution)
    return told


def contents(space, **fields):
    return releases.release_of(release(space, **fields))


def refs(contents):
    return [story.ref for story in contents.stories]


def test_release_holds_what_audience_and_use_allow(space):
    told = story(space, "organisation")
    story(space, "space")
    story(space, "organisation", uses=["learning"])
    story(space, "partner_spaces")
    make.story(in_space=space)

    assert refs(contents(space)) == [told.ref]
    assert contents(space).counts.stories_in_space == 4


def test_order_of_stories_moments_and_flows_does_not_tell_when_they_were_written_down(space):
    days = [dt.date(2025, 9, 1), dt.date(2025, 2, 1), dt.date(2025, 6, 1)]
    told = [story(space, "organisation", told_on=day, cycles=list(Cycle)[:2]) for day in days]
    for one in told:
        first, second = (step.moment for step in one.steps.all())
        Flow.objects.create(
            space=space, source=first, target=second, kind="forward", status="happened"
        )
    built = contents(space)

    assert refs(built) == ["S2", "S3", "S1"]
    assert [one.ref for one in built.moments] == ["S2.1", "S2.2", "S3.1", "S3.2", "S1.1", "S1.2"]
    assert [flow.source for flow in built.flows] == ["S2.1", "S3.1", "S1.1"]


@pytest.mark.parametrize("purpose", ["report", "research", "publication"])
def test_release_for_a_use_holds_only_stories_with_that_use(space, purpose):
    told = {
        use: story(space, "public", uses=[use]) for use in ("report", "research", "publication")
    }

    assert refs(contents(space, audience="public", purpose=purpose)) == [told[purpose].ref]


def test_release_leaves_out_withdrawn_lapsed_and_future_consents(space):
    told = story(space, "organisation")
    story(space, "organisation", state=StoryState.WITHDRAWN, withdrawn_on=DAY)
    lapsed = story(space, "organisation")
    make.consent(lapsed, "organisation", uses=["report"], expires_on=DAY - dt.timedelta(days=1))
    later = story(space, "organisation")
    make.consent(later, "organisation", uses=["report"], on=DAY + dt.timedelta(days=1))

    assert refs(contents(space)) == [told.ref]


def test_release_quotes_only_with_quote_and_keeps_the_counts(space):
    story(space, "organisation", uses=["report"], did_not_work="The first sieve.")
    built = contents(space)

    assert built.stories[0].title is None and not built.stories[0].quotable
    assert built.stories[0].did_not_work is None
    assert built.moments[0].text is None
    assert built.counts.moments == 1
    assert built.counts.by_cycle[2].positive == 1


def test_moment_of_two_stories_goes_where_the_strictest_lets_it(space):
    open_, narrow = story(space, "organisation"), story(space, "space")
    counted = story(space, "organisation", uses=["report"])
    shared, quiet = (make.moment(space, text="Seen together.") for _ in range(2))
    for told, moment in ((open_, shared), (narrow, shared), (open_, quiet), (counted, quiet)):
        StoryStep.objects.create(story=told, moment=moment, order=told.steps.count() + 1)
    built = contents(space)

    assert shared.ref not in built.moment_by_ref
    assert built.moment_by_ref[quiet.ref].text is None
    assert shared.ref not in built.story_by_ref[open_.ref].steps


def test_moment_of_two_stories_is_told_only_if_both_may_be_used(space):
    told, kept = story(space, "organisation"), story(space, "organisation", uses=["learning"])
    shared = make.moment(space, text="Seen together.")
    for one in (told, kept):
        StoryStep.objects.create(story=one, moment=shared, order=2)
    built = contents(space)

    assert refs(built) == [told.ref]
    assert list(built.moment_by_ref) == [told.steps.first().moment.ref]
    assert "Seen together." not in built.to_json()


def test_flows_go_in_when_both_ends_do_and_loops_hint_at_nothing_hidden(space):
    hidden = story(space, "space", cycles=[Cycle.APPLIED])
    told = story(space, "organisation", cycles=[Cycle.REALIZED, Cycle.IMMEDIATE])
    tried = hidden.steps.get().moment
    difference, back = (step.moment for step in told.steps.all())
    make.flow(tried, difference)
    Flow.objects.create(space=space, source=difference, target=back, kind="return")
    built, inside = contents(space), contents(space, audience="space")

    assert [(flow.source, flow.target) for flow in built.flows] == [(difference.ref, back.ref)]
    assert [loop.status for loop in built.loops] == ["no_applied"]
    assert len(inside.flows) == 2
    assert [loop.status for loop in inside.loops] == ["open"]


def test_period_holds_the_whole_thread_of_a_story_that_touches_it(space):
    before = story(space, "organisation", told_on=dt.date(2025, 3, 1))
    before.steps.get().moment.__class__.objects.in_story(before).update(
        occurred_on=dt.date(2025, 2, 1)
    )
    story(space, "organisation", told_on=dt.date(2025, 9, 1))

    assert len(refs(contents(space, period_end=dt.date(2025, 6, 30)))) == 1
    assert refs(contents(space, period_end=dt.date(2025, 6, 30))) == [before.ref]
    assert before.ref not in refs(contents(space, period_start=dt.date(2025, 7, 1)))


def test_names_outside_the_space_are_replaced_everywhere(space):
    grace = make.membership(space, None, name="Dana Ellwood", practice="district nurse")
    make.membership(space, None, name="Priya Raman", practice="vascular nurse")
    told = story(space, "organisation", teller=grace, title="Priya and the kit")
    told.did_not_work = "Dana forgot it; Priya Raman did too."
    told.save()
    version = FramingVersion.objects.create(
        space=space,
        number=1,
        state="agreed",
        agreed_on=dt.date(2025, 1, 1),
        difference="What Priya wants",
    )
    Aspiration.objects.create(version=version, key="A", cycle="applied", text="Ask Priya first")
    Assumption.objects.create(version=version, text="Nobody minds", state="false", note="Priya did")
    built = contents(space, title="Priya's year", asks="Give Priya a room.\nAnd a key.")

    assert "Priya" not in built.to_json()
    assert "Nobody minds" not in built.to_json()
    assert built.stories[0].teller.label == "Dana Ellwood"
    assert built.stories[0].title == "A vascular nurse and the kit"
    assert built.stories[0].did_not_work == "Dana forgot it; a vascular nurse did too."
    assert built.one_page.asks == ("Give a vascular nurse a room.", "And a key.")
    inside = contents(space, audience="space")
    assert inside.frame.assumptions[0].text == "Nobody minds"
    assert inside.stories[0].title == "Priya and the kit"


def test_nameless_teller_has_no_place_and_no_day(space):
    who = make.membership(
        space, None, name="Callum Reid", practice="new nurse", organisation="East"
    )
    told = story(space, "organisation", teller=who, attribution="pseudonym")
    moment = told.steps.get().moment
    built = contents(space)

    assert built.stories[0].told == "2025-Q2"
    assert built.moment_by_ref[moment.ref].when == "2025-Q2"
    assert built.moment_by_ref[moment.ref].place == ""
    assert "Callum" not in built.to_json() and "new nurse" not in built.to_json()


def test_hidden_stories_are_not_pointed_at(space):
    hidden = story(space, "space")
    story(space, "organisation", other_factors=f"See {hidden.ref} and {hidden.ref}.1 (1999).")
    built = contents(space)

    assert built.stories[0].other_factors == "See another story and another story (1999)."


def test_private_other_factors_stay(space):
    story(space, "organisation", other_factors="A quarrel", other_factors_private=True)

    assert contents(space).stories[0].other_factors is None


def indicator(space, observations, **fields):
    given = {
        "ref": "I1",
        "cycle": "applied",
        "name": "Asked",
        "kind": "ratio",
        "counts_people": True,
    }
    row = Indicator.objects.create(space=space, **given | fields)
    for period, value in observations.items():
        half = period.endswith(("Q1", "Q2", "Q3", "Q4"))
        month = (int(period[-1]) - 1) * 3 + 1 if half else 1
        Observation.objects.create(
            indicator=row,
            period=period,
            value=value,
            period_start=dt.date(2025, month, 1),
            period_end=dt.date(2025, month + 2 if half else 12, 28),
        )
    return row


def test_small_groups_are_hidden_and_do_not_come_back_by_subtraction(space):
    indicator(space, {"2025-Q1": [8, 9], "2025-Q2": [1, 3], "2025-Q3": [7, 9], "2025": [16, 21]})
    one = contents(space).indicators[0]

    assert [(r.period, r.few) for r in one.series] == [
        ("2025-Q1", False),
        ("2025-Q2", True),
        ("2025-Q3", False),
        ("2025", True),
    ]
    assert one.series[1].numerator is None and one.series[3].denominator is None


def test_year_is_hidden_when_its_parts_leave_a_small_group(space):
    indicator(space, {"2025-Q1": [8, 9], "2025-Q2": [7, 9], "2025": [16, 20]})
    one = contents(space).indicators[0]

    assert [r.period for r in one.series if r.few] == ["2025"]
    assert "1 figure is hidden" in " ".join(contents(space).reservations)


def test_baseline_about_too_few_people_is_hidden(space):
    indicator(space, {"2025-Q1": [8, 9]}, baseline=[1, 2], baseline_on=dt.date(2024, 12, 1))
    one = contents(space).indicators[0]

    assert one.baseline.few and one.baseline.denominator is None


def test_same_rows_give_the_same_bytes(space):
    story(space, "organisation", cycles=list(Cycle))
    indicator(space, {"2025-Q1": [8, 9], "2025-Q2": [8, 11]})

    assert contents(space).to_json() == contents(space).to_json()


def test_empty_space_gives_a_release_that_says_so(space):
    built = contents(space)

    assert built.counts.stories == 0 and built.stories == ()
    assert "No story of this period" in " ".join(built.reservations)


@pytest.mark.parametrize("stories", [1, 6])
def test_building_costs_the_same_for_few_and_for_many(
    stories, space, django_assert_max_num_queries
):
    for _ in range(stories):
        story(space, "organisation", cycles=list(Cycle))
    with django_assert_max_num_queries(27):
        contents(space)


def test_claim_of_this_evening_is_in_the_release_of_this_day_where_the_space_lives():
    space = make.space(time_zone="Etc/GMT+12")
    hope = signs.hope(signs.version(space))
    evening = dt.datetime(2026, 1, 13, 11, 30, tzinfo=dt.UTC)  # half past eleven on the 12th there
    for hour, words in enumerate(("Of the 12th.", "Of the 13th.")):
        ContributionClaim.objects.create(
            space=space,
            aspiration=hope,
            statement=words,
            created_at=evening + dt.timedelta(hours=hour),
        )
    assert [claim.statement for claim in claims.stored(release(space))] == ["Of the 12th."]


def test_claim_is_told_only_where_every_story_it_rests_on_is(space):
    hope = signs.hope(signs.version(space, agreed_on=dt.date(2025, 1, 1)))
    told, other = story(space, "organisation"), story(space, "organisation")
    claim = ContributionClaim.objects.create(
        space=space,
        aspiration=hope,
        statement="It contributed.",
        agreed_in_session=dt.date(2025, 12, 1),
        created_at=dt.datetime(2025, 12, 1, tzinfo=dt.UTC),
    )
    claim.stories.set([told, other])
    assert [one.stories for one in contents(space).claims] == [(told.ref, other.ref)]

    other.state, other.withdrawn_on = StoryState.WITHDRAWN, DAY
    other.save()
    built = contents(space)
    assert built.claims == ()
    assert other.ref not in built.to_json()
    assert "It contributed." not in built.to_json()
