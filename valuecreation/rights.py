"""What only certain people may do with a story: its teller, its collector, nobody else."""

from valuecreation.models import Flow, FlowKind, Story, StoryState


def is_teller(story: Story, member) -> bool:
    """True for the person who tells the story."""
    return bool(member) and story.teller_id == member.pk


def may_change(story: Story, member) -> bool:
    """While it is written teller and collector may change it; from then on the teller alone."""
    if is_teller(story, member):
        return story.state not in (StoryState.WITHDRAWN, StoryState.RETIRED)
    writes = bool(member) and story.collector_id == member.pk
    return writes and story.state == StoryState.DRAFT


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
    return told or flow.claimed_by_id == member.pk


def may_change_moment(moment, member) -> bool:
    """True if a person may change a moment: all of its stories are theirs to change."""
    stories = [step.story for step in moment.steps.all()]
    if not stories:
        return bool(member) and moment.recorded_by_id == member.pk
    return all(may_change(story, member) for story in stories)
