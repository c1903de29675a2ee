"""Mails about stories, as they go into the outbox. They never carry a word of one."""

from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from spaces import letters
from spaces.letters import Letter
from spaces.models import Mail, NoticeGroup
from spaces.notifications import address, write
from valuecreation import statements
from valuecreation.answer_links import signed_question
from valuecreation.fetching import signed
from valuecreation.models import DeletionRequest, FollowUp, Statement
from valuecreation.presentation.answering import about_mailed, mailed_question
from valuecreation.presentation.statements import asker_of


def question_asked(follow_up: FollowUp) -> Mail:
    """Asks somebody what came of something; the words stand behind the link, which is theirs."""
    person = follow_up.asked_of.person
    assert person, "whoever is written to has an account"
    link = address("valuecreation:answer", signed_question(follow_up))
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        asked = mailed_question(follow_up)
        said = about_mailed(follow_up, asked)
        return Letter(
            to=person,
            subject=said["about"],
            from_name=asked.asker,
            stops=NoticeGroup.QUESTIONS,
            parts=[
                letters.words(letters.greeting(person)),
                letters.words(said["opening"]),
                letters.button(_("Say what came of it"), link),
                _one_tap(link),
                letters.rule(),
                letters.small(
                    _(
                        "You need no password. Only you and %(name)s read your answer, until you "
                        "say otherwise. The link is yours alone and works until %(day)s. You will "
                        "not be reminded."
                    )
                    % {"name": asked.asker_first, "day": asked.until}
                ),
            ],
        ).post()


def _one_tap(link: str) -> letters.LetterPart:
    """Each link opens the page with that answer marked; it is given by the button there."""
    taps = {
        "nothing": _("nothing came of it"),
        "later": _("later"),
        "not-mine": _("not mine"),
        "month": _("ask me in a month"),
        "never": _("never ask about this"),
    }
    links = [letters.MailLink(words, f"{link}?tap={tap}") for tap, words in taps.items()]
    plain = _(
        "“Nothing came of it” is an answer, and so is “never ask about this”. Both are one tap "
        "there."
    )
    return letters.small(_("Or answer with one tap:"), *links, plain=plain)


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


def asked_for_statement(asked: Statement) -> Mail:
    """Asks somebody outside what they say to a story; no word of it is in the mail."""
    space = asked.story.space
    known = {
        "space": space,
        "who": asker_of(asked),
        "link": address("valuecreation:make_statement", statements.signed(asked)),
        "until": asked.open_until,
    }
    name = "valuecreation/mail/statement.txt"
    return write(name, to=asked.email, language=space.language, context=known)
