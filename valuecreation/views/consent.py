from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from learningspaces.lib.violations import carried_out
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from valuecreation import actions
from valuecreation.consent import Grant, Use
from valuecreation.cycles import Audience
from valuecreation.forms.consent import ConsentForm, terms_now
from valuecreation.models import Consent
from valuecreation.presentation.consent_words import present_consent, seen_by
from valuecreation.presentation.names import PSEUDONYM_KEY
from valuecreation.presentation.stories import as_if, story_head, story_on_page
from valuecreation.shortcuts import own_story_for

PREVIEWS = [
    (Audience.SPACE, _("As people in this space read it")),
    (Audience.ORGANISATION, _("As the sponsor reads it")),
    (Audience.PARTNER_SPACES, _("As partner spaces read it")),
    (Audience.PUBLIC, _("As everybody reads it")),
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
    context = {
        "space": space,
        "tab": "stories",
        "story": story_head(Viewer(space, request.user), told),
        "form": form,
        "previews": PREVIEWS,
        "seen_by": seen_by(told, space.today),
        "acts": [present_consent(act) for act in told.consents.newest_first()],
        "preview": _preview(space, told, form, wanted),
    }
    return render(request, "valuecreation/consent.html", context)


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


def _preview(space, told, form, wanted):
    """The story as an audience would read it under what is ticked now; nothing is stored."""
    if wanted not in Audience.values or (form.is_bound and not form.is_valid()):
        return None
    terms = form.cleaned_data if form.is_bound else form.initial
    wish = Grant(
        audience=frozenset(terms["audience"]),
        attribution=terms["attribution"],
        uses=frozenset(terms["uses"]),
    )
    extra = {PSEUDONYM_KEY: terms["pseudonym"]} if terms.get("pseudonym") else {}
    act = Consent(story=told, extra=extra, **wish.columns())
    agreed = form.third_parties() if form.is_bound else told.third_parties
    return {
        "told": story_on_page(Viewer(space, audience=wanted), as_if(told, act, agreed)),
        "words": dict(PREVIEWS)[Audience(wanted)],
        "reached": wish.reaches(wanted),
        "quoted": wish.allows(Use.QUOTE),
        "inside": wanted == Audience.SPACE,
    }
