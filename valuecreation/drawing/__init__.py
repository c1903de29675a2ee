"""The pictures of value creation, drawn on the server from plain figures."""

from valuecreation.drawing.flows import flow_picture
from valuecreation.drawing.timeline import LaneFlow, LaneMoment, lanes
from valuecreation.drawing.words import FlowWords, LaneWords, picture_sentence

__all__ = [
    "FlowWords",
    "LaneFlow",
    "LaneMoment",
    "LaneWords",
    "flow_picture",
    "lanes",
    "picture_sentence",
]
