"""Codes that a phone's camera reads: an address as black and white squares."""

from itertools import groupby

import segno
from django.utils.safestring import SafeString

from learningspaces.lib.svg import drawing, tag

QUIET_ZONE = 4  # squares of white around it, without which cameras do not find it


def qr_code(text: str, *, title: str) -> SafeString:
    """The code of a text, to be drawn at any size; a sixth of it may be dirty or torn."""
    rows = segno.make(text, error="m", micro=False, boost_error=False).matrix
    path = []
    for down, row in enumerate(rows, start=QUIET_ZONE):
        across = QUIET_ZONE
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                path.append(f"M{across} {down}h{length}v1h-{length}z")
            across += length
    side = len(rows) + 2 * QUIET_ZONE
    squares = tag("path", d="".join(path), fill="#000000", shape_rendering="crispEdges")
    return drawing(side, side, squares, prefix="qr", title=title, class_="qr")
