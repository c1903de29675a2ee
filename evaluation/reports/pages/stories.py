"""Stories in their tellers' words, as many as a report can hold and as they agreed."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.presentation.records import PresentedStory, ReleaseContents, ReleasedMoment
from evaluation.reports import words

QUOTED = 24  # stories in print; the data files hold all of them
STEPS = 40  # moments of one story
LONGEST = 2000  # characters of one moment


def stories(release: ReleaseContents) -> dict:
    """The stories that may be quoted, the longest threads first if there are too many."""
    able = [story for story in release.stories if story.quotable and opening(release, story)]
    chosen = able
    if len(able) > QUOTED:
        longest = sorted(able, key=lambda story: -len(story.steps))[:QUOTED]
        refs = {story.ref for story in longest}
        chosen = [story for story in able if story.ref in refs]
    return {
        "heading": _("In their own words"),
        "lead": _lead(len(able), len(chosen)),
        "withheld": _withheld(len(release.stories) - len(able)),
        "stories": [_story(release, story) for story in chosen],
    }


def opening(release: ReleaseContents, story: PresentedStory) -> ReleasedMoment | None:
    """The first moment of a story that happened and may be quoted."""
    moments = (release.moment_by_ref.get(ref) for ref in story.steps)
    return next((one for one in moments if one and one.text and not one.hoped), None)


def _lead(able: int, shown: int) -> str:
    if not able:
        return _("No teller has agreed to be quoted to you. That is theirs to decide.")
    if shown < able:
        return _(
            "%(shown)s of the %(able)s stories whose tellers agreed to be quoted: those with the "
            "most moments. The data files hold all of them."
        ) % {"shown": words.number(shown), "able": words.number(able)}
    return _("As their tellers approved them, and called what they chose to be called.")


def _withheld(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s more story is in the counts and not in these words: "
        "its teller agreed to the one and not to the other.",
        "%(count)s more stories are in the counts and not in these words: "
        "their tellers agreed to the one and not to the other.",
        count,
    ) % {"count": words.number(count)}


def _story(release: ReleaseContents, story: PresentedStory) -> dict:
    moments = [release.moment_by_ref[ref] for ref in story.steps if ref in release.moment_by_ref]
    told = _("told %(when)s") % {"when": words.when(story.told)} if story.told else ""
    strength = words.said(words.STRENGTH, story.strength) if story.strength else ""
    teller = words.shorten(story.teller.label, 100)
    return {
        "title": words.breakable(words.shorten(story.title or _("A story"), 200)),
        "by": [part for part in (teller, told, strength) if part],
        "steps": [moment_line(moment, LONGEST) for moment in moments[:STEPS]],
        "more": _("%(count)s more moments are in the data files.") % {"count": len(moments) - STEPS}
        if len(moments) > STEPS
        else "",
        "notes": [
            {"label": label, "text": words.breakable(words.shorten(text, LONGEST))}
            for label, text in (
                (_("What did not work:"), story.did_not_work),
                (_("What else helped:"), story.other_factors),
            )
            if text
        ],
    }


def moment_line(moment: ReleasedMoment, length: int) -> dict:
    """One moment: its cycle, its day, its words, and how it turned out where that was not well."""
    if moment.hoped:
        turned = _("hoped for by %(day)s") % {"day": words.when(moment.due)}
        turned = turned if moment.due else _("hoped for")
    else:
        turned = (
            "" if moment.polarity == "positive" else words.said(words.POLARITY, moment.polarity)
        )
    text = words.shorten(moment.text, length) if moment.text else _("Counted, not quoted.")
    return {
        "cycle": moment.cycle,
        "label": words.said(words.MOMENT_LABELS, moment.cycle),
        "when": words.when(moment.when),
        "text": words.breakable(text),
        "quoted": bool(moment.text),
        "hoped": moment.hoped,
        "turned": turned,
    }
