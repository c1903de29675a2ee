from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from learningspaces.lib.violations import carried_out
from spaces.models import Membership, SpaceLink
from spaces.permissions import Action, may
from spaces.presentation.readers import readers_of
from spaces.presentation.viewer import Viewer
from valuecreation import actions
from valuecreation.consent import Attribution, Grant, Use
from valuecreation.cycles import Audience
from valuecreation.forms.consent import ConsentForm, terms_now, with_learning
from valuecreation.models import Consent
from valuecreation.presentation.consent_words import last_day, present_consent, seen_by
from valuecreation.presentation.guessable import guessable_in
from valuecreation.presentation.ledger import ledger_of
from valuecreation.presentation.names import PSEUDONYM_KEY
from valuecreation.presentation.own_stories import standing_of
from valuecreation.presentation.preview import preview
from valuecreation.presentation.sharing import (
    how_named,
    is_singled_out,
    what_was,
    what_would_be,
)
from valuecreation.presentation.stories import moments_to_say, story_head
from valuecreation.shortcuts import own_story_for

READERS = [
    (Audience.SPACE, _("This space")),
    (Audience.ORGANISATION, _("The sponsor")),
    (Audience.PARTNER_SPACES, _("Partners")),
    (Audience.PUBLIC, _("Everybody")),
]


@require_http_methods(["GET", "POST"])
def consent(request, slug, public_id):
    """Who may read a story, how its teller is named, for what and until when."""
    told = own_story_for(request.user, slug, public_id)
    space = told.space
    form = _form(request, space, told)
    wanted = request.POST.get("preview") or request.GET.get("as")
    if not wanted and carried_out(form, lambda data: _give(told, told.teller, form)):
        messages.success(request, seen_by(told, space.today))
        return redirect("valuecreation:story", slug=slug, public_id=public_id)
    context = _around(request, told, form.mentioned) | {
        "form": form,
        "readers": READERS,
        "wanted": wanted if wanted in Audience.values else Audience.SPACE,
        "sentences": what_would_be(told.teller, _wish(form), _typed(form).get("pseudonym", "")),
        "preview": _preview(told, form, wanted or Audience.SPACE),
    }
    return render(request, "valuecreation/consent.html", context)


def _around(request, told, others) -> dict:
    """What stands around the form: the story, who its readers would be, what was said so far."""
    space = told.space
    inside = may(request.user, Action.SEE_PEOPLE, space)
    here = Membership.objects.current(space.today).in_space(space)
    return {
        "space": space,
        "tab": "stories",
        "story": story_head(Viewer(space, request.user), told),
        "inside": inside,
        "here": readers_of(space, apart_from=told.teller) if inside else None,
        "sponsors": [one.name for one in here.sponsoring().by_name()[:5]] if inside else [],
        "partners": list(SpaceLink.objects.of_space(space).names()[:5]) if inside else [],
        "standing": standing_of(told, space.today),
        "ended": last_day(told),
        "again": what_was(told),
        "singled_out": inside and is_singled_out(told.teller),
        "practice": told.teller.practice,
        "guessable": guessable_in(told, [member for member, _steps in others]) if inside else [],
        "named_openly": how_named(told.teller, Attribution.NAMED),
        "named_by_practice": how_named(told.teller, Attribution.ROLE),
        "seen_by": seen_by(told, space.today),
        "to_say": moments_to_say(Viewer(space, request.user), told),
        "acts": [present_consent(act) for act in told.consents.newest_first()],
    }


def _form(request, space, told):
    return ConsentForm(
        request.POST or None,
        initial=terms_now(told, expires_on=actions.default_expiry(space.today)),
        story=told,
        steps=list(told.steps.all()),
        names=Viewer(space, request.user).names,
        inside=may(request.user, Action.SEE_PEOPLE, space),
    )


def _give(told, member, form):
    return actions.give_consent(told, by=member, **form.terms())


def _typed(form) -> dict:
    """What is chosen now, stored or not; what could not be understood is left out."""
    if not form.is_bound:
        return form.initial
    form.is_valid()
    return form.cleaned_data


def _wish(form) -> Grant:
    chosen = {"audience": [], "uses": []} | _typed(form)
    return Grant(
        audience=frozenset(chosen["audience"]),
        attribution=chosen.get("attribution") or "",
        uses=frozenset(with_learning(chosen)),
    )


def _preview(told, form, wanted):
    """The story as an audience would read it under what is chosen now; nothing is stored."""
    if wanted not in Audience.values:
        return None
    wish, other = _wish(form), _typed(form).get("pseudonym")
    act = Consent(story=told, extra={PSEUDONYM_KEY: other} if other else {}, **wish.columns())
    agreed = form.third_parties() if form.is_bound and form.is_valid() else told.third_parties
    quoted = wish.allows(Use.QUOTE)
    return preview(told, act, audience=wanted, third_parties=agreed, quoted=quoted)


@require_safe
def ledger(request, slug, public_id):
    """Every act of consent with all its terms."""
    told = own_story_for(request.user, slug, public_id)
    context = {
        "space": told.space,
        "tab": "stories",
        "story": story_head(Viewer(told.space, request.user), told),
        "acts": ledger_of(told),
    }
    return render(request, "valuecreation/ledger.html", context)
