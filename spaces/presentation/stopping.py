"""What a link in a mail switches off, in words, before and after."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from spaces import stopping
from spaces.models import NoticeGroup


@dataclass(frozen=True)
class StopWords:
    """The title of the page, what pressing does, the button, and what is said afterwards."""

    title: str
    does: str
    button: str
    done: str


def stop_words(what: str) -> StopWords:
    """What switching off does, for each link; an unknown one switches nothing off."""
    waits = _("It goes on waiting for you under To follow up; no mail tells of it.")
    off = _("Switch these mails off")
    titles = {
        NoticeGroup.QUESTIONS: _("No more questions by mail"),
        NoticeGroup.ANSWERS: _("No more answers by mail"),
        NoticeGroup.STORIES: _("No more mails about stories that wait for you"),
        NoticeGroup.FRAMING: _("No more mails about what the space agrees on"),
        NoticeGroup.LEADING: _("No more mails about what waits for those who lead"),
        NoticeGroup.NEWS: _("No more mails about what became of what you brought"),
    }
    if what in titles:
        return StopWords(titles[NoticeGroup(what)], waits, off, _("These mails are off."))
    always = _("What concerns your consent is mailed all the same; there is little of it.")
    return {
        stopping.MONTHLY: StopWords(
            _("The summary once a month"),
            _("It comes in the first week of a month in which something happened."),
            _("Once a month is enough"),
            _("The summary comes once a month."),
        ),
        stopping.SUMMARY: StopWords(
            _("No summary by mail"), waits, off, _("No summary comes any more.")
        ),
        stopping.ONLY_QUESTIONS: StopWords(
            _("Only questions to you by mail"),
            _("Questions to you are mailed, and what concerns your consent; nothing else is."),
            _("Only questions to me"),
            _("Only questions to you are mailed."),
        ),
    }.get(
        what,
        StopWords(_("No mail"), always, off, _("No mail comes any more, but about your consent.")),
    )
