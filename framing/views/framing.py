from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from framing.changes import compare as changes_between
from framing.contents import Contents, frame_of
from framing.models import FramingEvent, FramingVersion, Reframing, SponsorAspiration
from framing.moments import shown
from framing.shortcuts import draft_of, version_for
from learningspaces.lib.numbers import number_in
from spaces.permissions import Action
from spaces.shortcuts import space_for
from valuecreation.cycles import Cycle
from valuecreation.presentation.stories import Viewer


def beside(space, person) -> dict:
    """What stands beside every version: the other versions, the draft, events, sponsors' hopes."""
    versions = FramingVersion.objects.for_user(person).in_space(space)
    events = FramingEvent.objects.for_user(person).in_space(space).with_people()
    return {
        "space": space,
        "tab": "framing",
        "inside": space.audience_of(person) == "space",
        "versions": list(versions.agreed().newest_first()),
        "draft": draft_of(person, space),
        "coming": list(events.coming()[:5]),
        "held": list(events.held()[:5]),
        "waiting": list(SponsorAspiration.objects.for_user(person).in_space(space).waiting()),
        "today": space.today,
    }


def read(version, space, person) -> dict:
    """A version's contents and causes for one reader."""
    contents = Contents.build(version, reader=person)
    reader = Viewer(space, person)
    return {
        "version": version,
        "reader": reader,
        "contents": contents,
        "causes": [shown(cause.moment, reader) for cause in contents.causes],
    }


@require_safe
def framing(request, slug):
    """What the space says for now: the version in force, and what is being prepared."""
    space = space_for(request.user, slug, Action.SEE_FRAMING)
    context = beside(space, request.user)
    readable = FramingVersion.objects.for_user(request.user).in_space(space)
    current = readable.current_on(space.today)
    if current:
        current.space = space
        context |= read(current, space, request.user)
        context["look_again"] = current.review_on and current.review_on <= space.today
    return render(request, "framing/framing.html", context)


@require_safe
def version(request, slug, number):
    """One version, in force, earlier or still a draft."""
    space = space_for(request.user, slug, Action.SEE_FRAMING)
    shown_version = version_for(request.user, space, number)
    context = beside(space, request.user) | read(shown_version, space, request.user)
    context["following"] = next(
        (row for row in reversed(context["versions"]) if row.number > number), None
    )
    return render(request, "framing/version.html", context)


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
    frames = [frame_of(row, reader=request.user) for row in (before, after)]
    changes = changes_between(*frames)
    reader = Viewer(space, request.user)
    causes = Reframing.objects.for_reader(space, request.user).of_version(after).with_moments()
    context = {
        "space": space,
        "tab": "framing",
        "versions": versions,
        "before": before,
        "after": after,
        "reader": reader,
        "changes": changes,
        "cycles": [
            (cycle, changes.aspirations[cycle]) for cycle in Cycle if changes.aspirations[cycle]
        ],
        "causes": [shown(cause.moment, reader) for cause in causes],
    }
    return render(request, "framing/compare.html", context)


def _chosen(versions, number, otherwise):
    wanted = _number(number, otherwise.number)
    return next((row for row in versions if row.number == wanted), otherwise)


def _one_before(versions, after):
    earlier = [row for row in versions if row.number < after.number]
    return earlier[0] if earlier else versions[-1]
