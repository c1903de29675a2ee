"""What each role reads of a framing, and what it costs."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from framing import actions
from framing.models import (
    Aspiration,
    Assumption,
    FramingVersion,
    MomentAspiration,
    Reframing,
    Risk,
    SignToWatch,
    SponsorAspiration,
    Uncertainty,
    VersionState,
)
from spaces.permissions import Role
from tests import make
from tests.framing import rows
from tests.framing.rows import address
from valuecreation.cycles import Cycle

HTMX = {"HX-Request": "true"}


def test_empty_page_teaches_and_offers_the_first_step(space, signed_in):
    page = signed_in(make.member(space)).get(address("framing", space)).text
    assert "Here it will say which difference you care about" in page
    assert address("new_draft", space) in page


def test_insider_reads_everything_of_the_version_in_force(space, signed_in):
    rows.full(space)
    page = signed_in(make.member(space)).get(address("framing", space)).text
    for words in (
        "Fewer people wait.",
        "The doubt U1?",
        "The hope A-APP.",
        "No overspend.",
        "Somebody has time.",
        "Somebody is blamed.",
        "Fewer calls at night.",
    ):
        assert words in page


def test_sponsor_reads_the_agreed_version_without_assumptions_and_risks(space, signed_in):
    version = rows.full(space)
    Assumption.objects.update(note="A note about trust.")
    Risk.objects.update(note="A note about cover.")
    rows.agreed(space, 2, difference="Said anew.", reason="We saw more.")
    client = signed_in(make.member(space, Role.SPONSOR))
    for page in (address("framing", space), address("version", space, version.number)):
        text = client.get(page).text
        assert "The hope A-APP." in text
        assert "Fewer calls at night." in text
        for words in ("has time", "is blamed", "Cover agreed", "A note about"):
            assert words not in text


def test_draft_is_for_insiders_only(space, signed_in):
    draft = FramingVersion.objects.create(space=space, number=1, difference="Half a thought.")
    rows.hope(draft, text="A half hope.")
    insider, sponsor = make.member(space, Role.EVALUATOR), make.member(space, Role.SPONSOR)
    page = signed_in(insider).get(address("version", space, 1))
    assert "A half hope." in page.text
    client = signed_in(sponsor)
    assert client.get(address("version", space, 1)).status_code == 404
    assert "Half a thought." not in client.get(address("framing", space)).text


@pytest.mark.parametrize(
    "model", [FramingVersion, Aspiration, Uncertainty, SignToWatch, Assumption, Risk]
)
def test_people_of_another_space_read_nothing(space, model):
    rows.full(space)
    insider, stranger = make.member(space), make.member(make.space())
    assert model.objects.for_user(insider).exists()
    assert not model.objects.for_user(stranger).exists()


def test_sponsors_hopes_stand_in_a_column_of_their_own(space, signed_in):
    version = rows.agreed(space)
    rows.hope(version, "A-STR", Cycle.STRATEGIC, text="They ask us first.")
    sponsor = rows.member(space, Role.SPONSOR, name="Denise Farrow")
    rows.hope(
        version, "A-STR-S", Cycle.STRATEGIC, "sponsor", text="No overspend.", stated_by=sponsor
    )
    response = signed_in(make.member(space)).get(address("framing", space))
    row = next(r for r in response.context["contents"].rows if r.cycle == Cycle.STRATEGIC)
    assert [h.aspiration.text for h in row.members] == ["They ask us first."]
    assert [h.aspiration.text for h in row.sponsor] == ["No overspend."]
    assert "In the words of Denise Farrow, sponsor" in response.text


def test_cause_that_a_reader_may_not_read_is_not_named(space, signed_in):
    version = rows.agreed(space, reason="We saw more.")
    told = make.story(in_space=space, shared=True).steps.get().moment
    private = make.story(in_space=space).steps.get().moment
    for moment in (told, private):
        Reframing.objects.create(version=version, moment=moment)
    page = signed_in(make.member(space)).get(address("framing", space))
    assert [cause.moment.public_id for cause in page.context["causes"]] == [told.public_id]


@pytest.mark.parametrize(("days", "noted"), [(-1, True), (0, True), (1, False)])
def test_review_day_that_has_come_is_noted_gently(space, signed_in, days, noted):
    rows.agreed(space, review_on=space.today + dt.timedelta(days=days))
    page = signed_in(make.member(space)).get(address("framing", space)).text
    assert ("We wanted to look at this again" in page) is noted
    assert "overdue" not in page


def several(space, number):
    version = rows.agreed(space)
    for n in range(number):
        rows.unsure(version, f"U{n}", raised_by=rows.member(space))
        about = rows.hope(version, f"A-{n}", stated_by=rows.member(space))
        Assumption.objects.create(version=version, aspiration=about, text="Time.")
        Risk.objects.create(
            version=version, aspiration=about, text="Blame.", owner=rows.member(space)
        )
        SignToWatch.objects.create(version=version, aspiration=about, text="Calls.")
        story = make.story(in_space=space, shared=True)
        moment = story.steps.get().moment
        Reframing.objects.create(version=version, moment=moment)
        MomentAspiration.objects.create(moment=moment, aspiration=about)
        version.agreed_by.add(rows.member(space))
        rows.event(space, rows.member(space))
        sponsor = rows.member(space, Role.SPONSOR)
        SponsorAspiration.objects.create(
            space=space, text="Less.", stated_by=sponsor, stated_on=space.today
        )
    rows.agreed(space, 2, reason="More.", agreed_on=dt.date(2025, 6, 1))
    draft = actions.begin_draft(space, by=rows.member(space))
    Reframing.objects.create(version=draft, moment=moment)
    return {
        "framing": [],
        "version": [1],
        "compare": [],
        "new_draft": [],
        "edit_draft": [3],
        "causes": [3],
        "sponsor_aspirations": [],
        "plan_event": [],
        "moment_aspirations": [moment.public_id],
    }


@pytest.mark.parametrize(
    "name",
    [
        "framing",
        "version",
        "compare",
        "edit_draft",
        "causes",
        "sponsor_aspirations",
        "plan_event",
        "moment_aspirations",
    ],
)
def test_page_costs_the_same_for_one_and_for_three(
    db, name, signed_in, django_assert_max_num_queries
):
    counts = []
    for number in (1, 3):
        space = make.space()
        pages = several(space, number)
        who = make.person()
        make.membership(space, who, Role.CONVENER, Role.FACILITATOR, Role.PARTICIPANT)
        client = signed_in(who)
        with django_assert_max_num_queries(25) as queries:
            assert client.get(address(name, space, *pages[name])).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_two_versions_stand_side_by_side(space, signed_in):
    first = rows.agreed(space, difference="Heal sooner.")
    rows.unsure(first, "U1", text="Which legs?")
    gone = rows.hope(first, "A-IMM", Cycle.IMMEDIATE, text="An hour.")
    rows.hope(first, "A-APP", text="Kept as it is.")
    second = rows.agreed(
        space, 2, difference="Live better.", reason="We saw.", agreed_on=dt.date(2025, 10, 14)
    )
    gone.dropped_in = second
    gone.save()
    rows.hope(second, "A-REA2", Cycle.REALIZED, text="A goal reached.")
    page = signed_in(make.member(space)).get(address("compare", space))
    kinds = {
        change.key: change.kind for _cycle, hopes in page.context["cycles"] for change in hopes
    }
    assert kinds == {"A-IMM": "dropped", "A-APP": "kept", "A-REA2": "added"}
    for words in ("Heal sooner.", "Live better.", "We saw.", "An hour.", "A goal reached."):
        assert words in page.text


@pytest.mark.parametrize("query", ["from=x&to=99999999", "from=7&to=-1", "from=1&to=1", ""])
def test_odd_versions_to_compare_are_ignored(space, signed_in, query):
    rows.agreed(space)
    rows.agreed(space, 2, agreed_on=dt.date(2025, 6, 1))
    page = signed_in(make.member(space)).get(f"{address('compare', space)}?{query}")
    assert page.status_code == 200


def test_sponsor_may_not_compare_with_a_draft(space, signed_in):
    rows.agreed(space, difference="First.")
    rows.agreed(space, 2, difference="Second.", agreed_on=dt.date(2025, 6, 1))
    FramingVersion.objects.create(space=space, number=3, difference="Half a thought.")
    page = signed_in(make.member(space, Role.SPONSOR)).get(
        f"{address('compare', space)}?from=2&to=3"
    )
    assert "Half a thought." not in page.text


def test_sponsor_states_a_hope_that_goes_into_the_draft_apart(space, signed_in):
    draft = actions.begin_draft(space, by=rows.member(space))
    sponsor = make.member(space, Role.SPONSOR)
    client = signed_in(sponsor)
    sent = {"text": "No overspend.", "cycle": "strategic", "once": "k1"}
    client.post(address("sponsor_aspirations", space), sent)
    client.post(address("sponsor_aspirations", space), sent)
    hope = Aspiration.objects.get()
    assert (hope.version, hope.whose, hope.key) == (draft, "sponsor", "A-STR-S")
    assert hope.stated_by == rows.here(space, sponsor)
    assert "stands in the draft" in client.get(address("sponsor_aspirations", space)).text


def test_sponsors_hope_waits_for_the_next_draft(space):
    sponsor = rows.member(space, Role.SPONSOR)
    hope = actions.state_sponsor_aspiration(
        space, by=sponsor, cycle="strategic", text="No overspend."
    )
    assert hope.aspiration is None
    draft = actions.begin_draft(space, by=rows.member(space))
    hope.refresh_from_db()
    assert hope.aspiration.version == draft
    actions.discard_draft(draft, by=rows.member(space))
    hope.refresh_from_db()
    assert hope.aspiration is None


def test_convener_records_a_hope_for_a_sponsor_and_both_are_named(space, signed_in):
    sponsor = rows.member(space, Role.SPONSOR, name="Denise Farrow")
    client = signed_in(make.member(space, Role.CONVENER, name="Nadia Okafor"))
    sent = {"text": "No overspend.", "cycle": "strategic", "stated_by": sponsor.pk}
    client.post(address("sponsor_aspirations", space), sent)
    hope = SponsorAspiration.objects.get()
    assert (hope.stated_by, hope.recorded_by.name) == (sponsor, "Nadia Okafor")
    page = client.get(address("sponsor_aspirations", space)).text
    assert "Denise Farrow" in page
    assert "written down by Nadia Okafor" in page


def test_sponsors_words_are_not_changed_by_members(space):
    ana, sponsor = rows.member(space), rows.member(space, Role.SPONSOR)
    draft = actions.begin_draft(space, by=ana)
    actions.state_sponsor_aspiration(space, by=sponsor, cycle="strategic", text="No overspend.")
    hope = draft.aspirations_added.get()
    for change in (
        lambda: actions.change_part(hope, by=ana, seen=0, text="Other."),
        lambda: actions.remove_part(hope, by=ana),
        lambda: actions.reword_aspiration(draft, hope, by=ana, text="Other."),
    ):
        with pytest.raises(ValidationError, match="sponsor's words"):
            change()
    hope.refresh_from_db()
    assert hope.text == "No overspend."


def test_member_does_not_add_a_sponsors_hope(space):
    ana = rows.member(space)
    draft = actions.begin_draft(space, by=ana)
    part = Aspiration(text="No overspend.", cycle="strategic", whose="sponsor")
    with pytest.raises(ValidationError):
        actions.add_part(draft, by=ana, part=part)


def test_moment_is_tied_to_a_hope_and_untied(space, signed_in):
    hope = rows.hope(rows.agreed(space))
    moment = make.story(in_space=space, shared=True).steps.get().moment
    client = signed_in(make.member(space))
    where = address("moment_aspirations", space, moment.public_id)
    for _ in range(2):
        client.post(where, {"aspiration": hope.pk})
    tie = MomentAspiration.objects.get()
    assert (tie.moment, tie.aspiration) == (moment, hope)
    assert "It does not speak to this" in client.get(where).text
    client.post(address("untie_moment", space, tie.pk))
    assert not MomentAspiration.objects.exists()


def test_part_of_a_moments_hopes_is_what_its_page_holds(space, signed_in):
    hope = rows.hope(rows.agreed(space))
    moment = make.story(in_space=space, shared=True).steps.get().moment
    client = signed_in(make.member(space))
    where = address("moment_aspirations", space, moment.public_id)
    part = client.post(where, {"aspiration": hope.pk}, headers=HTMX)
    assert part.status_code == 200
    assert "<html" not in part.text
    assert f'id="moment-{moment.public_id}-aspirations"' in part.text
    assert hope.text in part.text


def test_unreadable_moment_and_foreign_hope_are_not_there(space, signed_in):
    rows.hope(rows.agreed(space))
    foreign = rows.hope(rows.agreed(make.space()))
    private = make.story(in_space=space).steps.get().moment
    told = make.story(in_space=space, shared=True).steps.get().moment
    client = signed_in(make.member(space))
    assert client.get(address("moment_aspirations", space, private.public_id)).status_code == 404
    client.post(address("moment_aspirations", space, told.public_id), {"aspiration": foreign.pk})
    assert not MomentAspiration.objects.exists()


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.EVALUATOR])
def test_who_does_not_draft_is_refused(space, signed_in, role):
    rows.agreed(space)
    FramingVersion.objects.create(space=space, number=2, difference="x", state=VersionState.DRAFT)
    client = signed_in(make.member(space, role))
    assert client.get(address("new_draft", space)).status_code == 403
    assert client.get(address("edit_draft", space, 2)).status_code == 403
    assert client.post(address("answer_version", space, 2)).status_code == 403
    assert client.post(address("let_stand", space, 2)).status_code == 403


def test_page_of_another_space_is_not_there(space, signed_in):
    rows.full(space)
    client = signed_in(make.member(make.space()))
    assert client.get(address("framing", space)).status_code == 404
    assert client.get(reverse("framing:version", args=[space.slug, 1])).status_code == 404
