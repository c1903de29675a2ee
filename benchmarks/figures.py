"""The figures of the benchmark, each with its goal."""

import dataclasses
import gc
import io
import shutil

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from benchmarks.measuring import (
    answered,
    cpu_of,
    cpu_side_by_side,
    database_time_of,
    queries_of,
    seconds_of,
)
from benchmarks.seed import SENTENCE, space_with
from evaluation.reports import csvzip, pdf
from spaces.idempotency import KEY_FIELD, new_idempotency_key
from spaces.models import Person
from tests.evaluation.reports import samples
from valuecreation.models import Flow, Moment, Story, StoryStep
from valuecreation.summaries import tallies

FEW = 10
GOALS = {  # the most that a figure may be; None where none was set
    "story_list": 8.0,
    "story_page": None,
    "overview": 10.0,
    "flows": None,
    "matrix": 10.0,
    "save_story": None,
    "query_growth": 0.0,
    "summary_matrix": 0.1,
    "summary_flows": 0.1,
    "csv_export": 10.0,
    "pdf_40_pages": 1.0,
}
PAGES = {
    "bare": "bare",
    "story_list": "valuecreation:story_list",
    "story_page": "valuecreation:story",
    "overview": "space_overview",
    "flows": "valuecreation:flows",
    "matrix": "evaluation:matrix",
}


def measure(*, stories: int, only=()) -> list[dict]:
    """Every figure wanted, as name, value, unit, goal and whether the goal was met."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    large, small = space_with("bench-large", stories), space_with("bench-small", FEW)
    connection.cursor().execute("ANALYZE")
    wanted = [name for name in GOALS if not only or name in only]
    found = {}
    with Visit(large) as visit, Visit(small) as little:
        gc.freeze()
        found |= page_costs(visit, wanted)
        if "query_growth" in wanted:
            found["query_growth"] = query_growth(visit, little)
        for name, work in REST.items():
            if name in wanted:
                found[name] = work(visit)
    shutil.rmtree(settings.DATA_DIR / "broker", ignore_errors=True)
    return [row(name, *found[name]) for name in wanted]


def row(name: str, value: float, unit: str) -> dict:
    goal = GOALS[name]
    met = goal is None or value <= goal
    return {"name": name, "value": round(value, 3), "unit": unit, "goal": goal, "met": met}


class Visit:
    """Somebody who leads a space, signed in, and the pages they open there."""

    def __init__(self, space):
        self.space = space
        self.person = Person.objects.get(email=f"{space.slug}-0@example.org")
        self.client = Client()
        self.saved = Story.objects.order_by("-pk").values_list("pk", flat=True).first()
        self.noted = Moment.objects.order_by("-pk").values_list("pk", flat=True).first()

    def __enter__(self):
        self.client.force_login(self.person)
        return self

    def __exit__(self, *_exception):
        self.client.logout()

    def address(self, name: str) -> str:
        place = [self.space.slug, f"S{FEW // 2 + 1}"] if name == "story_page" else [self.space.slug]
        return reverse(PAGES[name], args=place)

    def open(self, name: str):
        """A function that opens a page and sees that it was answered."""
        address = self.address(name)
        return lambda: answered(self.client.get(address), address)

    def save(self):
        """Tell a story of one moment, as the form sends it."""
        address = reverse("valuecreation:tell_story", args=[self.space.slug])
        typed = {"cycle": "applied", "text": SENTENCE, "status": "actual", "polarity": "positive"}
        sent = typed | {"then": "finish", KEY_FIELD: new_idempotency_key()}
        answer = answered(self.client.post(address, sent), address)
        if answer.status_code != 302:
            raise AssertionError("The story was not saved.")

    def forget_saved(self) -> None:
        """Take away the stories that measuring has told."""
        stories = list(Story.objects.in_space(self.space).filter(pk__gt=self.saved))
        with tallies.counted(stories):
            Story.objects.filter(pk__in=[story.pk for story in stories]).delete()
            Moment.objects.in_space(self.space).filter(pk__gt=self.noted).delete()
        tallies.fold(self.space)


def page_costs(visit: Visit, wanted: list[str]) -> dict:
    """CPU of each page as a multiple of the bare one."""
    names = [name for name in PAGES if name == "bare" or name in wanted]
    calls = {name: visit.open(name) for name in names}
    cost = cpu_side_by_side(calls)
    found = {}
    for name in names[1:]:
        said = f"bare pages ({cost[name] * 1000:.1f} ms CPU, {queries_of(calls[name])} queries)"
        found[name] = (cost[name] / cost["bare"], said)
    if "save_story" in wanted:
        saving = min(cpu_of(visit.save, 5) for _ in range(4))
        said = f"bare pages ({saving * 1000:.1f} ms CPU, {queries_of(visit.save)} queries)"
        found["save_story"] = (saving / cost["bare"], said)
        visit.forget_saved()
    return found


def query_growth(visit: Visit, little: Visit) -> tuple[float, str]:
    """By how many queries a page of the large space exceeds that of the small one, at worst."""
    most = {name: queries_of(visit.open(name)) for name in PAGES}
    least = {name: queries_of(little.open(name)) for name in PAGES}
    grown = {name: abs(most[name] - least[name]) for name in PAGES}
    worst = max(grown, key=lambda name: grown[name])
    said = "queries more with all stories than with 10"
    return grown[worst], f"{said} ({worst})" if grown[worst] else said


def raw_flows(space) -> None:
    """The counts of the flow picture from the rows themselves."""
    today = space.today
    moments = Moment.objects.for_audience("space", today, space=space)
    flows = Flow.objects.for_audience("space", today, space=space).happened()
    stories = Story.objects.for_audience("space", today).in_space(space)
    list(moments.order_by().values("cycle", "status", "polarity").annotate(number=Count("pk")))
    pairs = flows.filter(target__isnull=False).order_by()
    list(pairs.values("source__cycle", "target__cycle", "kind").annotate(number=Count("pk")))
    stories.aggregate(stories=Count("pk"), tellers=Count("teller", distinct=True))


def raw_matrix(space) -> None:
    """The counts of the matrix from the rows themselves."""
    today = space.today
    moments = Moment.objects.for_audience("space", today, space=space)
    list(moments.order_by().values("cycle", "status", "polarity").annotate(number=Count("pk")))
    steps = StoryStep.objects.filter(
        story__in=Story.objects.for_audience("space", today).in_space(space), moment__in=moments
    )
    told = Count("story", distinct=True), Count("story__teller", distinct=True)
    list(steps.order_by().values("moment__cycle").annotate(stories=told[0], tellers=told[1]))


def summary_flows(visit: Visit) -> tuple[float, str]:
    """Database time of the whole overview as a share of the raw scan for its picture."""
    raw = database_time_of(lambda: raw_flows(visit.space))
    page = database_time_of(visit.open("overview"))
    return page / raw, f"of the raw scan ({page * 1000:.1f} of {raw * 1000:.1f} ms database time)"


def summary_matrix(visit: Visit) -> tuple[float, str]:
    """Database time of the whole matrix page as a share of the raw scan for its counts."""
    raw = database_time_of(lambda: raw_matrix(visit.space))
    page = database_time_of(visit.open("matrix"))
    return page / raw, f"of the raw scan ({page * 1000:.1f} of {raw * 1000:.1f} ms database time)"


def copied(space) -> int:
    """Stories and moments of a space by a plain COPY."""
    buffer = io.StringIO()
    with connection.cursor() as cursor:
        for table in ("valuecreation_story", "valuecreation_moment"):
            rows = f"SELECT * FROM {table} WHERE space_id = {int(space.pk)}"
            cursor.copy_expert(f"COPY ({rows}) TO STDOUT WITH CSV HEADER", buffer)
    return buffer.tell()


def csv_export(visit: Visit) -> tuple[float, str]:
    """The zip of CSV files of a frozen release of so many stories, beside a plain COPY."""
    release = samples.many(Story.objects.in_space(visit.space).count())
    ours = seconds_of(lambda: csvzip.render(release))
    plain = seconds_of(lambda: copied(visit.space))
    return ours / plain, f"plain COPYs ({ours * 1000:.0f} and {plain * 1000:.0f} ms)"


def pdf_40_pages(_visit: Visit) -> tuple[float, str]:
    """A report of forty pages: full stories, each of five long moments."""
    release = samples.many(24)
    long = [dataclasses.replace(one, text=SENTENCE * 5) for one in release.moments]
    release = dataclasses.replace(release, moments=tuple(long))
    pages = pdf.render(release).count(b"/Type /Page\n") or pdf.render(release).count(b"/Type/Page/")
    return cpu_of(lambda: pdf.render(release), 3), f"s CPU ({pages} pages)"


REST = {
    "summary_matrix": summary_matrix,
    "summary_flows": summary_flows,
    "csv_export": csv_export,
    "pdf_40_pages": pdf_40_pages,
}
