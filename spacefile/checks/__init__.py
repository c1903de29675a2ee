"""What must hold between the records of a space file.

The rules of single records stand beside their models, where forms and the API ask them, too; here
they are asked of what the file says, and the file is asked whether its parts agree.
"""

from spacefile.checks.common import once
from spacefile.checks.flows import check_flows
from spacefile.checks.framing import check_framing
from spacefile.checks.indicators import check_indicator
from spacefile.checks.people import check_people
from spacefile.checks.stories import check_story
from spacefile.faults import Faults
from spacefile.lookups import Lookups
from spacefile.schema import SpaceFile


def check(document: SpaceFile, faults: Faults) -> None:
    """Note everything in the file that contradicts the domain or itself, in the file's order."""
    found = Lookups(document, faults)
    check_people(found)
    check_framing(found)
    for spot in found.spots("indicators"):
        check_indicator(found, spot)
    once(found, found.spots("indicators"), "id")
    once(found, found.spots("stories"), "id")
    for spot in found.spots("stories"):
        check_story(found, spot)
    check_flows(found)
