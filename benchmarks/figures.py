"""The figures of the benchmark, each with its goal."""

import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.db.models import Count

from benchmarks.app import Flow, Moment, Space, Story, StoryStep
from benchmarks.files import csv_export, printing, reimport, release_from_rows
from benchmarks.filling import EVERYWHERE, LARGE, SMALL, SMALL_STORIES
from benchmarks.killing import kills_mail
from benchmarks.measuring import Cost, database_time_of, in_turns, in_words, queries_of
from benchmarks.processes import beginning
from benchmarks.saving import Saving, saving_four
from benchmarks.visiting import Visit, first_visit, serve

FEW = 7
PAGES = {  # of one space, measured both beside others and alone
    "story_list": 8.0,
    "story_page": 8.0,
    "overview": 10.0,
    "flows": 8.0,
    "matrix": 10.0,
    "tell_form": None,
    "follow_up": None,
    "lanes": None,
    "search": None,
    "api_moments": None,
    "api_readings": None,
}
GOALS = {  # the most that a figure may be; None where none was set
    **PAGES,
    "home_200_spaces": None,
    "save_story": None,
    "other_spaces": 1.2,
    "query_growth": 0.0,
    "summary_matrix": 0.1,
    "summary_flows": 0.1,
    "save_four_moments": 6.0,
    "save_four_by_forms": 25.0,
    "csv_export": 10.0,
    "pdf_40_pages": 1.0,
    "pdf_cold": None,
    "release_from_rows": None,
    "reimport": 0.0,
    "kills_mail": 0.0,
}
COUNTED = (
    "bare",
    "story_list",
    "story_page",
    "overview",
    "flows",
    "matrix",
)  # whose queries may not grow with the space
Found = dict[str, tuple]  # a figure's value, what it is a figure of, and perhaps more


def measure(alone: str, only=()) -> list[dict]:
    """Every figure wanted, as name, value, unit, goal and whether the goal was met."""
    wanted = [name for name in GOALS if not only or name in only]
    visit = first_visit()
    found = page_figures(visit, alone, wanted)
    for work, names in REST.items():
        if not set(names).isdisjoint(wanted):
            found |= work(visit)
    shutil.rmtree(settings.DATA_DIR / "broker", ignore_errors=True)
    return [row(name, *found[name]) for name in wanted]


def row(name: str, value: float, unit: str, more: dict | None = None) -> dict:
    goal = GOALS[name]
    met = goal is None or value <= goal
    told = {"name": name, "value": round(value, 3), "unit": unit, "goal": goal, "met": met}
    return told | (more or {})


# --- pages -------------------------------------------------------------------------------


def page_figures(visit: Visit, alone: str, wanted: list[str]) -> Found:
    """What pages cost as multiples of the bare one, and of themselves in a database alone."""
    compared = PAGES if "other_spaces" in wanted else ()
    names = [name for name in PAGES if name in wanted or name in compared]
    calls: dict[str, Callable[[], Cost]] = {name: visit.cost(name) for name in names}
    asks = {name: visit.open(name) for name in names}
    if "home_200_spaces" in wanted:
        home = Visit(LARGE, EVERYWHERE)
        calls["home_200_spaces"], asks["home_200_spaces"] = home.cost("home"), home.open("home")
    if not calls:
        return {}
    with pages_alone(alone, compared) as others:
        turns = {"bare": visit.cost("bare")}
        for name, call in calls.items():  # a page and the same page alone, one after the other
            turns |= {name: call} | others.get(name, {})
        cost = in_turns(turns)
    found = {
        name: (cost[name].whole / cost["bare"].whole, in_bare_pages(cost[name], asks[name]))
        for name in calls
    }
    return found | (other_spaces(cost) if compared else {})


def save_story(visit: Visit) -> Found:
    """Telling a story of one moment by the form; apart from the pages, which would show it."""
    with Saving(visit) as saving:
        cost = in_turns({"bare": visit.cost("bare"), "save": saving.one_by_form})
        said = in_bare_pages(cost["save"], saving.one_by_form)
    return {"save_story": (cost["save"].whole / cost["bare"].whole, said)}


def in_bare_pages(cost: Cost, ask: Callable) -> str:
    return f"bare pages ({in_words(cost)}, {queries_of(ask)} queries)"


def name_alone(page: str) -> str:
    return f"{page} alone"


@contextmanager
def pages_alone(address: str, pages) -> Iterator[dict[str, dict[str, Callable[[], Cost]]]]:
    """The same pages in a database that holds nothing else, opened by a process of its own."""
    if not pages:
        yield {}
        return
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = beginning(address, serve.__module__, serve.__name__, theirs)

    def ask(page: str) -> Cost:
        ours.send(page)
        return ours.recv()

    yield {page: {name_alone(page): partial(ask, page)} for page in pages}
    ours.send("")
    process.join()


def other_spaces(cost: dict[str, Cost]) -> Found:
    """By how much a page costs more because other spaces exist, at worst."""
    ratios = {page: cost[page].whole / cost[name_alone(page)].whole for page in PAGES}
    worst = max(ratios, key=lambda page: ratios[page])
    spent = cost[worst].whole * 1000, cost[name_alone(worst)].whole * 1000
    said = "times the page in a database alone ({}: {:.1f} and {:.1f} ms CPU)"
    more = {"pages": {page: round(ratio, 3) for page, ratio in ratios.items()}}
    return {"other_spaces": (ratios[worst], said.format(worst, *spent), more)}


def query_growth(visit: Visit) -> Found:
    """By how many queries a page of the large space exceeds that of the small one, at worst."""
    little = Visit(SMALL)
    most = {name: warm_queries_of(visit.open(name)) for name in COUNTED}
    least = {name: warm_queries_of(little.open(name)) for name in COUNTED}
    grown = {name: abs(most[name] - least[name]) for name in COUNTED}
    worst = max(grown, key=lambda name: grown[name])
    said = f"queries more with all stories than with {SMALL_STORIES}"
    return {"query_growth": (grown[worst], f"{said} ({worst})" if grown[worst] else said)}


def warm_queries_of(ask: Callable) -> int:
    ask()
    return queries_of(ask)


# --- summaries ---------------------------------------------------------------------------


def raw_flows(space: Space) -> None:
    """The counts of the flow picture from the rows themselves."""
    today = space.today
    moments = Moment.objects.for_audience("space", today, space=space)
    flows = Flow.objects.for_audience("space", today, space=space).happened()
    stories = Story.objects.for_audience("space", today).in_space(space)
    list(moments.order_by().values("cycle", "status", "polarity").annotate(number=Count("pk")))
    pairs = flows.filter(target__isnull=False).order_by()
    list(pairs.values("source__cycle", "target__cycle", "kind").annotate(number=Count("pk")))
    stories.aggregate(stories=Count("pk"), tellers=Count("teller", distinct=True))


def raw_matrix(space: Space) -> None:
    """The counts of the matrix from the rows themselves."""
    today = space.today
    moments = Moment.objects.for_audience("space", today, space=space)
    list(moments.order_by().values("cycle", "status", "polarity").annotate(number=Count("pk")))
    steps = StoryStep.objects.filter(
        story__in=Story.objects.for_audience("space", today).in_space(space), moment__in=moments
    )
    told = Count("story", distinct=True), Count("story__teller", distinct=True)
    list(steps.order_by().values("moment__cycle").annotate(stories=told[0], tellers=told[1]))


def summaries(visit: Visit) -> Found:
    """Database time of whole pages as a share of the raw scans for what they count."""
    asks = {
        "summary_matrix": visit.open("matrix"),
        "raw matrix": lambda: raw_matrix(visit.space),
        "summary_flows": visit.open("overview"),
        "raw flows": lambda: raw_flows(visit.space),
    }
    cost = in_turns({name: partial(database_time_of, ask) for name, ask in asks.items()}, FEW)
    return {
        f"summary_{name}": share(cost[f"summary_{name}"].whole, cost[f"raw {name}"].whole)
        for name in ("matrix", "flows")
    }


def share(page: float, raw: float) -> tuple[float, str]:
    return page / raw, f"of the raw scan ({page * 1000:.1f} of {raw * 1000:.1f} ms database time)"


REST: dict[Callable[[Visit], Found], tuple[str, ...]] = {
    save_story: ("save_story",),
    query_growth: ("query_growth",),
    summaries: ("summary_matrix", "summary_flows"),
    saving_four: ("save_four_moments", "save_four_by_forms"),
    csv_export: ("csv_export",),
    printing: ("pdf_40_pages", "pdf_cold"),
    release_from_rows: ("release_from_rows",),
    reimport: ("reimport",),
    kills_mail: ("kills_mail",),
}
