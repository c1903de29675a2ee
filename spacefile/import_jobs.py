"""What a worker makes of an uploaded space file: a preview or its faults, then a space."""

from django.db import transaction

from evaluation.models import Import
from spacefile.reading import read
from spacefile.schema import SpaceFile
from spacefile.store import address_faults, at_another_address, refresh_statistics, store
from spaces.actions.entering import enter
from spaces.models import Membership, Person, Space
from spaces.permissions import Role

FOUNDERS_ROLES = (Role.CONVENER, Role.FACILITATOR, Role.PARTICIPANT)


def next_step(imported: Import) -> dict:
    """The fields of an import after its next step; one that is done stays as it is."""
    if imported.space_id:
        return {}
    document, faults = read(bytes(imported.content), name=imported.name)
    imported.advance(40)
    faults = faults or address_faults(document, person=imported.asked_by)
    if faults:
        said = [fault.sentence for fault in faults]
        return {"checked": True, "wanted": False, "faults": said, "content": b""}
    if imported.wanted:
        space = founded(imported, document)
        refresh_statistics()
        return {"space": space, "content": b""}
    return {"checked": True, "preview": preview(document)}


@transaction.atomic
def founded(imported: Import, document: SpaceFile) -> Space:
    """The space of a file, with whoever uploaded it as its convener, or nothing at all."""
    imported.advance(50)  # holds the row, so that no other worker takes it over meanwhile
    space = store(at_another_address(document))
    let_lead(space, imported.asked_by, imported.claims)
    Import.objects.filter(pk=imported.pk).update(space=space)
    return space


def let_lead(space: Space, person: Person, ref: str = "") -> Membership:
    """Make somebody its convener, under the name in the file that is theirs, or beside those."""
    waiting = Membership.objects.in_space(space).unclaimed().inside()
    claims = waiting.called(ref).first() if ref else None
    return enter(space=space, person=person, roles=FOUNDERS_ROLES, claims=claims)


def preview(document: SpaceFile) -> dict:
    """What a file would create, in numbers and names."""
    steps = [step for story in document.stories for step in story.steps]
    return {
        "slug": document.space.slug,
        "name": document.space.name,
        "purpose": document.space.purpose,
        "as_of": document.as_of.isoformat(),
        "notices": list(document.notices),
        "people": [
            {"id": person.id, "name": person.name, "practice": person.practice}
            for person in document.participants
        ],
        "outside": [
            {"id": person.id, "name": person.name, "role": person.role}
            for person in document.outside
        ],
        "versions": len(document.framing),
        "indicators": len(document.indicators),
        "stories": len(document.stories),
        "unshared": sum(not story.acts for story in document.stories),
        "moments": len(steps),
        "hopes": sum(step.status == "hoped" for step in steps),
        "flows": len(document.flows),
    }
