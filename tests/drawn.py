"""Reads a drawing back: its elements, and the points that it touches."""

import re
import xml.etree.ElementTree as ET

from learningspaces.lib.typefaces import text_width

SVG = "{http://www.w3.org/2000/svg}"
EDGE = 0.6  # coordinates are rounded, and the width of a word is estimated


def read(svg):
    """The root element; a drawing that is not well-formed raises."""
    return ET.fromstring(svg)


def each(root, name):
    return list(root.iter(f"{SVG}{name}"))


def titles(root):
    return ["".join(title.itertext()) for title in each(root, "title")]


def ids(root):
    return [element.get("id") for element in root.iter() if element.get("id")]


def path_points(way):
    """The points of a path of absolute M, L, C, Q, A, H, V and relative v commands."""
    x = y = 0.0
    for command, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", way):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", rest)]
        if command == "A":
            numbers = numbers[5:]
        if command in "HVv":
            x = numbers[0] if command == "H" else x
            y = {"H": y, "V": numbers[0], "v": y + numbers[0]}[command]
            yield x, y
        for place in range(0, len(numbers) - 1, 2):
            x, y = numbers[place : place + 2]
            yield x, y


def touched(root):
    """Every corner, handle, rim and end of a word in the drawing."""
    for path in each(root, "path"):
        yield from path_points(path.get("d"))
    for shape in each(root, "polygon") + each(root, "polyline"):
        numbers = [float(number) for number in shape.get("points").split()]
        yield from zip(numbers[::2], numbers[1::2], strict=True)
    for circle in each(root, "circle"):
        x, y, r = (float(circle.get(key)) for key in ("cx", "cy", "r"))
        yield from ((x - r, y - r), (x + r, y + r))
    for line in each(root, "line"):
        yield from ((float(line.get(f"x{end}")), float(line.get(f"y{end}"))) for end in "12")
    for word in each(root, "text"):
        left, right = text_span(word)
        yield from ((left, float(word.get("y"))), (right, float(word.get("y"))))


def text_span(word):
    x, bold = float(word.get("x")), int(word.get("font-weight", 400)) > 400
    wide = text_width("".join(word.itertext()), float(word.get("font-size")), bold=bold)
    share = {"start": 0, "middle": 0.5, "end": 1}[word.get("text-anchor", "start")]
    return x - wide * share, x + wide * (1 - share)


def outside(root):
    """The points that lie beyond the edge of the drawing."""
    width, height = (float(number) for number in root.get("viewBox").split()[2:])
    return [
        (x, y)
        for x, y in touched(root)
        if not (-EDGE <= x <= width + EDGE and -EDGE <= y <= height + EDGE)
    ]


def word_boxes(root):
    for word in each(root, "text"):
        left, right = text_span(word)
        base, size = float(word.get("y")), float(word.get("font-size"))
        yield left, base - size * 0.72, right, base, "".join(word.itertext())


def collisions(root):
    """The pairs of words that cover one another."""
    boxes = list(word_boxes(root))
    return [
        (one[4], two[4])
        for place, one in enumerate(boxes)
        for two in boxes[place + 1 :]
        if one[0] < two[2] - 1
        and two[0] < one[2] - 1
        and one[1] < two[3] - 1
        and two[1] < one[3] - 1
    ]
