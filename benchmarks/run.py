"""What pages and files cost: ./dev bench [--json].

Needs PostgreSQL, and makes databases of its own there, which take some minutes to fill at first.
DATABASE_URL says which server; without it, postgres://postgres@127.0.0.1:5432/. On a server on this
machine its CPU is counted as well as Python's.
"""

import argparse
import importlib
import json
import sys

from benchmarks.databases import Sizes, databases
from benchmarks.processes import set_up


def as_table(figures: list[dict]) -> str:
    """The figures in columns, each with its goal and whether it was met."""
    lines = [f"{'name':<20}{'value':>10}  {'goal':>8}  {'met':<5}unit"]
    for row in figures:
        goal = "" if row["goal"] is None else f"{row['goal']:g}"
        met = "" if row["goal"] is None else "yes" if row["met"] else "no"
        lines.append(f"{row['name']:<20}{row['value']:>10.3f}  {goal:>8}  {met:<5}{row['unit']}")
        for page, ratio in sorted(row.get("pages", {}).items(), key=lambda pair: -pair[1]):
            lines.append(f"  {page:<18}{ratio:>10.3f}")
    return "\n".join(lines)


def wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    usual = Sizes()
    parser.add_argument("--json", action="store_true", help="print a list of figures")
    parser.add_argument("--only", nargs="*", default=(), help="names of the figures wanted")
    parser.add_argument(
        "--stories", type=int, default=usual.stories, help="stories of the measured space"
    )
    parser.add_argument(
        "--others", type=int, default=usual.others, help="other spaces in the same database"
    )
    parser.add_argument(
        "--other-stories", type=int, default=usual.other_stories, help="stories of all of these"
    )
    return parser.parse_args()


def main() -> None:
    wish = wishes()
    beside, alone = databases(Sizes(wish.stories, wish.others, wish.other_stories))
    set_up(beside)
    counted = importlib.import_module("benchmarks.measuring").what_is_counted()
    print(counted, file=sys.stderr if wish.json else sys.stdout, flush=True)
    figures = importlib.import_module("benchmarks.figures").measure(alone, wish.only)
    print(json.dumps(figures, indent=1) if wish.json else as_table(figures))


if __name__ == "__main__":
    main()
