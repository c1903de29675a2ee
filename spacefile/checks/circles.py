"""Finding circles in flows, however long the chains are."""


def circles(links: list) -> list[tuple]:
    """For each flow that closes a circle: the flow and the names of the moments on the way round.

    `links` holds (from, to, flow); the search keeps its own stack and looks at each flow once.
    """
    onward: dict = {}
    for source, target, flow in links:
        onward.setdefault(source, []).append((target, flow))
    found: list[tuple] = []
    done: set = set()
    for start in onward:
        if start not in done:
            _walk(start, onward, done, found)
    return found


def _walk(start, onward: dict, done: set, found: list) -> None:
    path, on_path = [start], {start: 0}
    ways = [iter(onward.get(start, ()))]
    while ways:
        step = next(ways[-1], None)
        if step is None:
            ways.pop()
            left = path.pop()
            del on_path[left]
            done.add(left)
            continue
        target, flow = step
        if target in on_path:
            found.append((flow, [*path[on_path[target] :], target]))
        elif target not in done:
            on_path[target] = len(path)
            path.append(target)
            ways.append(iter(onward.get(target, ())))
