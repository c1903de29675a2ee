"""Mails about stories, as they go into the outbox. They never carry a word of one."""

from django.utils import translation
from django.utils.translation import gettext as _

from spaces import letters
from spaces.letters import Letter
from spaces.models import Mail, Person
from spaces.notifications import address, write
from spaces.presentation.viewer import Viewer
from valuecreation.fetching import signed
from valuecreation.models import DeletionRequest, FollowUp


def write_to(person: Person, template: str, context: dict) -> Mail:
    """One mail to a person, in their language, with the way to what waits for them."""
    context |= {"link": address("valuecreation:to_follow_up")}
    name = f"valuecreation/mail/{template}.txt"
    return write(name, to=person.email, language=person.language, context=context)


def question_asked(follow_up: FollowUp) -> Mail:
    """Tells somebody that a question waits for them; what it is about stands on the page only."""
    person = follow_up.asked_of.person
    assert person, "whoever is written to has an account"
    space = follow_up.moment.space
    known = {"space": space, "who": Viewer(space, person).member(follow_up.asked_by).label}
    return write_to(person, "follow_up", known)


def asked_to_delete(request: DeletionRequest) -> Mail:
    """Asks somebody who fetched a story to delete it, since its teller withdrew it."""
    person, space = request.person, request.story.space
    with translation.override(person.language):
        said = {"space": space.name}
        return Letter(
            to=person,
            subject=_("Please delete a story that was withdrawn in %(space)s") % said,
            from_name=space.name,
            parts=[
                letters.words(letters.greeting(person)),
                letters.words(
                    _(
                        "You fetched something from %(space)s that holds a story which its teller "
                        "has since withdrawn. They may do so at any time and need give no reason. "
                        "Please delete your copy of that story, and pass this on to whoever you "
                        "gave it to."
                    )
                    % said
                ),
                letters.button(
                    _("What to delete"), address("valuecreation:deletion_done", signed(request))
                ),
                letters.rule(),
                letters.small(_("Opening the link does nothing until you press the button there.")),
                letters.small(_("We ask this once.")),
            ],
        ).post()
