"""Freezing a dataset: numbered, frozen by a worker, looked at before; consent asked ever again."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluation import actions, releases
from evaluation.models import Release, Report, WorkState
from evaluation.presentation import canonical
from evaluation.presentation.records import ReleaseContents
from spaces import actions as spaces
from spaces.permissions import Role
from tests import make
from tests.evaluation import make_signs as signs
from valuecreation import actions as telling
from valuecreation.models import StoryState

pytestmark = pytest.mark.django_db
YEAR = {"period_start": dt.date(2025, 1, 1), "period_end": dt.date(2025, 12, 31)}
USES = ["report", "quote"]


def told(space, *audience, **fields):
    story = make.story(in_space=space, state=StoryState.APPROVED, **fields)
    make.consent(story, *audience, uses=USES)
    return story


def frozen(space, execute, **fields) -> Release:
    """A dataset that a worker has brought to its end."""
    by = make.membership(space, make.person(), Role.EVALUATOR, outside=True)
    with execute(execute=True):
        row = actions.freeze_release(space, by=by, **{**YEAR, "audience": "organisation", **fields})
    row.refresh_from_db()
    return row


def test_release_is_frozen_by_a_worker_after_the_commit(space, django_capture_on_commit_callbacks):
    story = told(space, "organisation")
    row = frozen(space, django_capture_on_commit_callbacks)
    contents = ReleaseContents.from_json(canonical.unpacked(row.content))

    assert row.state == WorkState.READY and row.progress == 100
    assert row.sha256 == contents.sha256
    assert contents.issued_on == row.as_of == space.today
    assert row.stories == [
        {
            "story": story.ref,
            "id": story.public_id,
            "version": None,
            "quoted": True,
            "attribution": "named",
            "named": [],
        }
    ]


def test_frozen_release_is_called_as_its_readers_may_read(
    space, django_capture_on_commit_callbacks
):
    make.membership(space, name="Priya Raman", practice="vascular nurse")
    row = frozen(
        space, django_capture_on_commit_callbacks, title="Priya's year", asks="Ask Priya.\nWait."
    )

    assert row.title == "A vascular nurse's year"
    assert row.asks == "Ask a vascular nurse.\nWait."


def test_releases_are_numbered_in_their_space(space, django_capture_on_commit_callbacks):
    space.name = "The Lower Leg Circle"
    space.save()
    labels = [frozen(space, django_capture_on_commit_callbacks).label for _ in range(2)]

    assert labels == ["LLC-2025-1", "LLC-2025-2"]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"period_end": dt.date(2024, 1, 1)}, "period_end"),
        (
            {"period_start": dt.date(2999, 1, 1), "period_end": dt.date(2999, 2, 1)},
            "period_start",
        ),
        ({"audience": "martians"}, "audience"),
        ({"purpose": "advertising"}, "purpose"),
    ],
)
def test_impossible_terms_are_refused_where_they_were_typed(fields, place, space):
    by = make.membership(space)
    with pytest.raises(ValidationError) as refused:
        actions.freeze_release(space, by=by, **{**YEAR, "audience": "space", **fields})

    assert set(refused.value.error_dict) == {place}


def test_release_of_another_space_is_not_superseded(space, django_capture_on_commit_callbacks):
    other = frozen(make.space(), django_capture_on_commit_callbacks)
    with pytest.raises(ValidationError):
        actions.freeze_release(
            space, by=make.membership(space), **YEAR, audience="space", supersedes=other
        )


def narrowed(story):
    make.consent(story, "space", uses=USES)


def unquoted(story):
    make.consent(story, "organisation", uses=["report"])


def unreported(story):
    make.consent(story, "organisation", uses=["learning", "quote"])


def unnamed(story):
    make.consent(story, "organisation", uses=USES, attribution="role")


def withdrawn(story):
    story.state, story.withdrawn_on = StoryState.WITHDRAWN, story.space.today
    story.save()


def lapsed(story):
    yesterday = story.space.today - dt.timedelta(days=1)
    make.consent(story, "organisation", uses=USES, expires_on=yesterday)


def retired(story):
    story.state = StoryState.RETIRED
    story.save()


def corrected(story):
    moment = story.steps.get().moment
    fields = {"text": "It was not like that."}
    seen = {"seen": moment.revision}
    telling.change_moment(moment, by=story.teller, **seen, fields=fields, keep_sharing=True)


CHANGES = [narrowed, unquoted, unreported, unnamed, withdrawn, lapsed, retired, corrected]


@pytest.mark.parametrize("change", CHANGES)
def test_release_is_superseded_once_a_story_is_told_otherwise(
    change, space, django_capture_on_commit_callbacks
):
    story = told(space, "organisation")
    row = frozen(space, django_capture_on_commit_callbacks)
    assert releases.superseded(row, space.today) == 0
    change(story)

    assert releases.superseded(row, space.today) == 1


def test_wider_consent_leaves_a_release_as_it_was(space, django_capture_on_commit_callbacks):
    story = told(space, "organisation")
    row = frozen(space, django_capture_on_commit_callbacks)
    make.consent(story, "public", uses=[*USES, "research"])

    assert releases.superseded(row, space.today) == 0


def test_third_party_who_takes_back_their_name_is_noticed(
    space, django_capture_on_commit_callbacks
):
    agreed = [{"person": "P9", "agreed_on": "2025-05-01", "steps": [1]}]
    story = told(space, "organisation", third_parties=agreed)
    row = frozen(space, django_capture_on_commit_callbacks)
    story.third_parties = None
    story.save()

    assert releases.superseded(row, space.today) == 1


@pytest.mark.parametrize(
    ("size", "people", "gone"), [(8, True, True), (3, True, False), (8, False, False)]
)
def test_release_frozen_when_smaller_groups_were_shown_is_handed_to_nobody_new(
    space, signed_in, django_capture_on_commit_callbacks, size, people, gone
):
    told(space, "organisation")
    signs.indicator(space, counts_people=people)
    row = frozen(space, django_capture_on_commit_callbacks)
    convener = make.member(space, Role.CONVENER)
    spaces.edit_space(space, by=convener, seen=space.revision, min_group_size=size)

    assert releases.tells_of_smaller_groups(row) is gone
    page = signed_in(convener).get(reverse("evaluation:release", args=[space.slug, row.number]))
    assert ("This dataset is not handed out any more" in page.text) is gone
    if gone:
        with pytest.raises(ValidationError, match="smallest group was set higher"):
            actions.build_report(row, by=row.frozen_by, format="json")


# --- the page on which it is frozen ---------------------------------------------------------


def asked(**fields):
    given = {
        "title": "A year",
        "period": "other",
        "period_start": "2025-01-01",
        "period_end": "2025-12-31",
        "audience": "organisation",
        "purpose": "report",
        "asks": "A room.",
        "do": "preview",
    }
    return {**given, **fields}


def evaluator(space, signed_in):
    return signed_in(make.member(space, Role.EVALUATOR))


def test_preview_says_what_goes_in_and_keeps_nothing(space, signed_in):
    make.membership(space, name="Priya Raman", practice="vascular nurse")
    told(space, "organisation", title="Priya and the kit")
    told(space, "space", title="Between us")
    client = evaluator(space, signed_in)
    page = client.post(reverse("evaluation:new_release", args=[space.slug]), asked()).text

    assert "A vascular nurse and the kit" in page
    assert "Between us" not in page
    assert "1 story of this period stays out." in page
    assert "<bdi>Priya</bdi>" in page
    assert Release.objects.count() == 0


def test_freezing_leads_to_the_release_once(space, signed_in, django_capture_on_commit_callbacks):
    client = evaluator(space, signed_in)
    address = reverse("evaluation:new_release", args=[space.slug])
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            answer = client.post(address, asked(do="freeze", once="k" * 32))

    assert answer.url == reverse("evaluation:release", args=[space.slug, 1])
    assert Release.objects.get().state == WorkState.READY
    assert Release.objects.get().asks == "A room."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"period_start": ""}, "say which"),
        ({"period_end": "2024-01-01"}, "ends before it begins"),
        ({"period": "2099"}, "not one of the available choices"),
        ({"title": "x" * 201}, "at most 200"),
        ({"asks": "x" * 4001}, "at most 4000"),
    ],
)
def test_bad_terms_come_back_with_words_beside_them(fields, words, space, signed_in):
    client = evaluator(space, signed_in)
    answer = client.post(
        reverse("evaluation:new_release", args=[space.slug]), asked(do="freeze", **fields)
    )

    assert answer.status_code == 200 and words in answer.text
    assert Release.objects.count() == 0


def test_offered_periods_are_whole_and_the_last_half_year_comes_first(space, signed_in):
    space.founded_on = dt.date(2020, 1, 1)
    space.save()
    page = evaluator(space, signed_in).get(reverse("evaluation:new_release", args=[space.slug]))
    form = page.context["form"]
    today = space.today
    half = f"{today.year}-H1" if today.month > 6 else f"{today.year - 1}-H2"

    assert form["period"].value() == half
    assert len(form.fields["period"].choices) == 4 + 2 + 8 + 2


def test_new_release_in_the_place_of_another_begins_with_its_terms(
    space, signed_in, django_capture_on_commit_callbacks
):
    before = frozen(space, django_capture_on_commit_callbacks, title="Old year")
    client = evaluator(space, signed_in)
    address = reverse("evaluation:new_release", args=[space.slug]) + "?instead_of=1"
    assert "Old year" in client.get(address).text
    client.post(address, asked(do="freeze"))

    assert Release.objects.get(number=2).supersedes == before
    assert client.get(address.replace("=1", "=x")).status_code == 200
    assert client.get(address.replace("=1", "=77")).status_code == 404


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.CONVENER, Role.SPONSOR])
def test_only_facilitators_and_evaluators_freeze(role, space, signed_in):
    client = signed_in(make.member(space, role))
    assert client.get(reverse("evaluation:new_release", args=[space.slug])).status_code == 403


def test_given_up_release_is_tried_again(space, signed_in, django_capture_on_commit_callbacks):
    row = frozen(space, django_capture_on_commit_callbacks)
    Release.objects.update(state=WorkState.BROKEN, problem="It could not.", tries=4)
    client = evaluator(space, signed_in)
    assert (
        "It could not."
        in client.get(reverse("evaluation:release", args=[space.slug, row.number])).text
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("evaluation:build_again", args=[space.slug, row.number]))

    row.refresh_from_db()
    assert row.state == WorkState.READY and row.problem == ""


def test_report_of_a_release_is_the_same_bytes_when_printed_again(
    space, django_capture_on_commit_callbacks
):
    told(space, "organisation")
    row = frozen(space, django_capture_on_commit_callbacks)
    prints = []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            report = actions.build_report(row, by=row.frozen_by, format="pdf")
        report = Report.objects.get(pk=report.pk)
        prints.append((bytes(report.content), report.sha256))
        report.delete()

    assert prints[0] == prints[1]
