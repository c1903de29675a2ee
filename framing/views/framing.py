from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from framing.agreement import present_answers, standing_of
from framing.changes import FramingContent
from framing.changes import compare as changes_between
from framing.contents import Contents, causes_of, frame_of
from framing.forms.drafts import AnswerForm, ClosingDayForm, StandForm
from framing.models import FramingEvent, FramingVersion, SponsorAspiration, VersionAnswer
from framing.presentation import (
    inside_name,
    present_event,
    present_sponsor_hope,
    present_version,
    version_name,
)
from framing.shortcuts import draft_of, version_for
from learningspaces.lib.numbers import number_in
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import space_for
from valuecreation.cycles import Cycle

MOST_WAITING = 30  # names of those who have not answered that a page lists


def beside(viewer) -> dict:
    """What stands beside every version: the other versions, the draft, events, sponsors' hopes."""
    space, person = viewer.space, viewer.person
    versions = FramingVersion.objects.for_user(person).in_space(space)
    events = FramingEvent.objects.for_user(person).in_space(space).with_people()
    hopes = SponsorAspiration.objects.for_user(person).in_space(space).waiting().with_people()
    draft = draft_of(person, space)
    return {
        "space": space,
        "tab": "framing",
        "inside": viewer.inside,
        "purpose": viewer.typed(space.purpose),
        "unsure_of": viewer.typed(space.unsure_of),
        "versions": [version_name(row) for row in versions.agreed().newest_first()],
        "draft": version_name(draft) if draft else None,
        "coming": [present_event(viewer, event) for event in events.coming()[:5]],
        "held": [present_event(viewer, event) for event in events.held()[:5]],
        "waiting": [present_sponsor_hope(viewer, row) for row in hopes],
    }


def read(version, viewer) -> dict:
    """A version's contents for one viewer."""
    contents = Contents.build(version, viewer)
    return {"version": contents.version, "contents": contents, "causes": contents.causes}


@require_safe
def framing(request, slug):
    """What the space says for now: the version in force, and what is being prepared."""
    space = space_for(request.user, slug, Action.SEE_FRAMING)
    viewer = Viewer(space, request.user)
    context = beside(viewer)
    readable = FramingVersion.objects.for_user(request.user).in_space(space)
    current = readable.current_on(space.today)
    if current:
        current.space = space
        context |= read(current, viewer)
        context["look_again"] = current.review_on and current.review_on <= space.today
    return render(request, "framing/framing.html", context)


@require_safe
def version(request, slug, number):
    """One version, in force, earlier or still a draft."""
    space = space_for(request.user, slug, Action.SEE_FRAMING)
    shown_version = version_for(request.user, space, number)
    viewer = Viewer(space, request.user)
    context = beside(viewer) | read(shown_version, viewer)
    if not shown_version.is_agreed:
        return draft_to_answer(request, shown_version, viewer, context)
    context["answers"] = present_answers(viewer, shown_version)
    context["following"] = next(
        (row for row in reversed(context["versions"]) if row.number > number), None
    )
    return render(request, "framing/version.html", context)


def draft_to_answer(request, draft, viewer, context, **forms):
    """A draft as its members read and answer it: what is new, what is gone, who said what."""
    readable = FramingVersion.objects.for_user(request.user).in_space(viewer.space)
    last = readable.agreed().newest_first().first()
    now = frame_of(draft, viewer)
    changes = changes_between(frame_of(last, viewer) if last else FramingContent("", {}, {}), now)
    mine = VersionAnswer.objects.to_version(draft).by_person(request.user).first()
    standing = standing_of(draft)
    context |= {
        "last": version_name(last) if last else None,
        "changes": changes,
        "cycles": [
            (cycle, changes.aspirations[cycle]) for cycle in Cycle if changes.aspirations[cycle]
        ],
        "answers": present_answers(viewer, draft),
        "waiting": [inside_name(viewer, member) for member in standing.waiting[:MOST_WAITING]],
        "waiting_more": max(0, len(standing.waiting) - MOST_WAITING),
        "standing": {"reason": standing.reason, "closing_day": standing.closing_day},
        "answer_form": AnswerForm(instance=mine),
        "closing_form": ClosingDayForm(instance=draft),
        "stand_form": StandForm(),
    }
    return render(request, "framing/draft.html", context | forms)


def _number(text: str, otherwise: int) -> int:
    number = number_in(text, digits=5)
    return otherwise if number is None else number


@require_safe
def compare(request, slug):
    """Two versions side by side: what was kept, worded anew, added and dropped, and why."""
    space = space_for(request.user, slug, Action.SEE_FRAMING)
    readable = FramingVersion.objects.for_user(request.user).in_space(space)
    versions = list(readable.newest_first())
    if len(versions) < 2:
        return redirect("framing:framing", space.slug)
    after = _chosen(versions, request.GET.get("to", ""), versions[0])
    before = _chosen(versions, request.GET.get("from", ""), _one_before(versions, after))
    viewer = Viewer(space, request.user)
    changes = changes_between(*(frame_of(row, viewer) for row in (before, after)))
    context = {
        "space": space,
        "tab": "framing",
        "versions": [version_name(row) for row in versions],
        "before": present_version(viewer, before),
        "after": present_version(viewer, after),
        "changes": changes,
        "cycles": [
            (cycle, changes.aspirations[cycle]) for cycle in Cycle if changes.aspirations[cycle]
        ],
        "causes": causes_of(after, viewer),
    }
    return render(request, "framing/compare.html", context)


def _chosen(versions, number, otherwise):
    wanted = _number(number, otherwise.number)
    return next((row for row in versions if row.number == wanted), otherwise)


def _one_before(versions, after):
    earlier = [row for row in versions if row.number < after.number]
    return earlier[0] if earlier else versions[-1]
