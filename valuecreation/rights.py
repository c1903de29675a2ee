"""What only certain people may do with a story: its teller, its collector, nobody else.

A teller's rights are the person's: they hang on no role, and end with no membership.
"""

import datetime as dt

from valuecreation.models import Flow, FlowKind, Story, StoryState


def same_person(one, other) -> bool:
    """True for two memberships of one person; a name that nobody has claimed is only itself."""
    if not one or not other:
        return False
    return one.pk == other.pk or (one.person_id is not None and one.person_id == other.person_id)


def is_teller(story: Story, member) -> bool:
    """True for the person who tells the story, under whichever of their memberships they come."""
    if not member:
        return False
    return story.teller_id == member.pk or same_person(story.teller, member)


def may_change(story: Story, member) -> bool:
    """While it is written teller and collector may change it; from then on the teller alone."""
    if is_teller(story, member):
        return story.state not in (StoryState.WITHDRAWN, StoryState.RETIRED)
    return story.state == StoryState.DRAFT and same_person(story.collector, member)


def is_read_by_others(story: Story, today: dt.date | None = None) -> bool:
    """True while anybody but teller and collector reads the story, today or on a day."""
    grant = story.consent.grant if story.consent else None
    if grant is None or story.state != StoryState.APPROVED:
        return False
    return bool(grant.audience) and grant.in_force(today or story.space.today)


def reads_as_told(story: Story, person) -> bool:
    """True for teller and collector, who read the words as they were told."""
    tellers = {story.teller.person_id, story.collector.person_id if story.collector else None}
    return person.pk in tellers


def may_take_back(flow: Flow, member) -> bool:
    """Who said what led to what may take it back, and so may the tellers of both its ends."""
    if not member or flow.kind == FlowKind.REFRAMING:
        return False
    moments = [moment for moment in (flow.source, flow.target) if moment]
    told = any(is_teller(step.story, member) for moment in moments for step in moment.steps.all())
    return told or same_person(flow.claimed_by, member)


def may_change_moment(moment, member) -> bool:
    """True if a person may change a moment: all of its stories are theirs to change."""
    stories = [step.story for step in moment.steps.all()]
    if not stories:
        return same_person(moment.recorded_by, member)
    return all(may_change(story, member) for story in stories)
