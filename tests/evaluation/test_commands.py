"""The commands for operators: readings, import, export, the demonstration."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from evaluation.models import ContributionClaim, Release
from evaluation.spacefile import read, write_json, write_yaml
from framing.models import FramingEvent
from spaces.models import Membership, Space
from spaces.permissions import Role
from tests import make
from tests.evaluation.spacefile.example import PATH, document, example
from tests.valuecreation import test_loops_worked_example as expected
from valuecreation.models import FollowUp, StoryState

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
AUDIENCES = [None, "space", "organisation", "partner_spaces", "public"]


def run(*words, **options):
    """What a command writes to standard output and to standard error."""
    out, err = io.StringIO(), io.StringIO()
    call_command(*words, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_readings_of_the_stored_example_are_those_worked_out_by_hand(audience):
    run("importspace", str(PATH))

    asked = ["--as-of", "2025-12-31", *(["--audience", audience] if audience else [])]
    out, _err = run("readings", "lower-leg-circle", *asked)

    assert json.loads(out) == expected.read(audience=audience)
    assert list(json.loads(out)) == expected.KEYS + (["audience"] if audience else [])


def test_readings_are_of_today_unless_a_day_is_given():
    space = make.space(slug="here", time_zone="Pacific/Kiritimati")

    assert json.loads(run("readings", "here")[0])["as_of"] == space.today.isoformat()


def test_readings_leave_out_stories_that_are_still_being_written():
    space = make.space(slug="here")
    make.story(in_space=space, shared=True)
    make.story(in_space=space, state=StoryState.DRAFT)

    found = json.loads(run("readings", "here")[0])

    assert (found["counts"]["stories"], found["counts"]["moments"]) == (1, 1)


def test_readings_of_nowhere_end_in_words():
    with pytest.raises(CommandError, match="no space at 'nowhere'"):
        run("readings", "nowhere")


def test_importspace_founds_the_space_once():
    run("importspace", str(PATH))

    with pytest.raises(SystemExit) as ended:
        run("importspace", str(PATH))

    assert (ended.value.code, Space.objects.count()) == (1, 1)


def test_importspace_names_every_fault_and_stores_nothing(tmp_path):
    data = example()
    data["stories"][0]["steps"][1]["agent"] = "P77"
    data["flows"][3]["to"] = "S1.44"
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(data, default=str))
    err = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("importspace", str(bad), stderr=err)

    lines = err.getvalue().splitlines()
    assert (ended.value.code, Space.objects.exists()) == (1, False)
    assert [line.split(",")[:2] for line in lines] == [
        ["story S1", " step 2"],
        ["flow 4 (S1.4 to S1.44)", " to"],
    ]


def test_importspace_can_give_the_space_a_convener():
    nadia = make.person("Nadia", email="nadia@example.org")

    run("importspace", str(PATH), convener="Nadia@example.org")

    assert Role.CONVENER in Space.objects.get().roles_of(nadia)
    with pytest.raises(CommandError, match="Nobody has an account"):
        run("importspace", str(PATH), convener="nobody@example.org")


def test_a_dry_run_stores_nothing():
    _out, err = run("importspace", str(PATH), dry_run=True)

    assert "nothing is wrong" in err
    assert not Space.objects.exists()


def test_importspace_of_no_file_ends_in_words(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run("importspace", str(tmp_path / "none.yaml"))


@pytest.mark.parametrize(("format", "write"), [("yaml", write_yaml), ("json", write_json)])
def test_exportspace_gives_the_bytes_back_and_names_what_stays(format, write):
    run("importspace", str(PATH))
    space = Space.objects.get()
    make.story(in_space=space, state=StoryState.DRAFT)
    space.unsure_of = "Much."
    space.save()

    out, err = run("exportspace", "lower-leg-circle", format=format)

    assert "stories still being written: 1" in err
    assert "what the space is unsure of: 1" in err
    assert "accounts" in err
    joined = Membership.objects.latest("pk")
    assert out.encode().startswith(write(document())[:400])
    assert joined.ref in out and "What happened, number" not in out


def test_exportspace_for_an_audience_holds_only_what_it_may_see():
    run("importspace", str(PATH))

    out, err = run("exportspace", "lower-leg-circle", audience="public")
    found, faults = read(out.encode())

    assert (faults, [story.id for story in found.stories]) == ([], ["S9"])
    assert "1 of the space's stories" in err


def test_a_living_space_can_be_exported_imported_and_exported_again(tmp_path):
    space = make.space(slug="living", time_zone="Europe/London")
    nadia = make.membership(space, make.person("Nadia"), Role.CONVENER, Role.PARTICIPANT)
    told = make.story(in_space=space, teller=nadia, shared=True, cycles=["applied", "realized"])
    told.other_factors = "one\r\ntwo"
    told.save()
    out, err = run("exportspace", "living")
    Space.objects.filter(pk=space.pk).update(slug="the-first")

    again, faults = read(out.encode())
    assert [fault.sentence for fault in faults] == []
    assert again.stories[0].other_factors == "one\ntwo"
    assert again.participants[0].roles == ("convener",)
    assert "its time zone" in err
    (tmp_path / "living.yaml").write_text(out)
    run("importspace", str(tmp_path / "living.yaml"))
    assert run("exportspace", "living")[0] == out


def test_the_demonstration_is_there_once_with_six_people_and_work_in_progress():
    run("demo_space")
    run("demo_space")
    space = Space.objects.get()
    people = Membership.objects.of_demo()

    assert [(one.first_name, *sorted(one.space.roles_of(one.person))) for one in people] == [
        ("Nadia", "convener", "participant"),
        ("Tomasz", "facilitator", "participant"),
        ("Grace", "participant"),
        ("Fatima", "participant"),
        ("Denise", "sponsor"),
        ("Ingrid", "evaluator"),
    ]
    assert people[0].person.email == "nadia@demo.invalid"
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == 6
    assert dt.timedelta(0) <= space.today - space.file_as_of < dt.timedelta(weeks=13)
    assert FramingEvent.objects.in_space(space).coming().count() == 1
    assert FollowUp.objects.in_space(space).waiting().count() == 1
    assert ContributionClaim.objects.in_space(space).get().confidence == "plausible"
    contents = Release.objects.in_space(space).get()
    assert (contents.audience, contents.state, contents.problem) == ("organisation", "ready", "")


# --- on a machine where nothing was made yet -------------------------------------------------


def on_new_machine(folder, *words, **settings):
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    command = [sys.executable, "manage.py", *words]
    environment = kept | {"DATA_DIR": str(folder)} | settings
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_developer_imports_and_reads_before_anything_else(tmp_path):
    asked = ("readings", "lower-leg-circle", "--as-of", "2025-12-31")
    assert on_new_machine(tmp_path, "importspace", str(PATH), DEBUG="true").returncode == 0
    read_out = on_new_machine(tmp_path, *asked, DEBUG="true")
    assert json.loads(read_out.stdout) == expected.read()


def test_site_is_told_that_its_tables_are_missing(tmp_path):
    refused = on_new_machine(tmp_path, "readings", "lower-leg-circle", DEBUG="false")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith("Run this first: ./dev migrate")
    assert "Traceback" not in refused.stderr
