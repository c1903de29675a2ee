"""A space whose people have names of all kinds: the organisation reads none of a colleague's."""

import re
from pathlib import Path

import pytest
import yaml

from spacefile.fetch import fetch_for
from spacefile.reading import read
from spacefile.store import store
from spacefile.writing import write_yaml

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("names_that_leak.yaml")
# What is left for a second reader: endings that a language ties to a name.
INFLECTED = {"Tomasza", "Tomaszem", "Wrony", "Jürgens", "Müllers"}
PARTS = """
王小明 小明 فاطمة بنعلي Siobh Siobhan O'Brien O’Brien Brien Smith Jones Li Tomasz Wrona tomasz
tomaszwrona สมชาย Carmen Maria Ruiz Jürgen JÜRGEN Juergen Jurgen Müller Mueller Muller 田中 美咲
"""


def read_by_the_organisation():
    found, faults = read(FILE.read_bytes())
    assert [fault.sentence for fault in faults] == []
    space = store(found)
    return write_yaml(fetch_for(space, "organisation", space.today)).decode()


def test_no_colleagues_name_is_in_what_the_organisation_reads():
    told = yaml.safe_load(read_by_the_organisation())
    words = " ".join(step["text"] for story in told["stories"] for step in story["steps"])

    standing = re.sub("|".join(INFLECTED), "", words)
    assert [part for part in PARTS.split() if part in standing] == []
    assert all(part in words for part in INFLECTED)
    assert "我和" in words and "一起做了六个网格" in words


def test_nameless_tellers_say_no_name_of_theirs():
    told = yaml.safe_load(read_by_the_organisation())
    said = {story["id"]: story["steps"][0]["text"] for story in told["stories"]}
    second, third = said["S2"], said["S3"]  # those of nameless tellers stand in no order of theirs
    assert "王小明" not in second and "被骂了" in second
    assert "Smith" not in third and "Jones" not in third


def test_name_made_up_in_a_file_is_nobodys_in_it():
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    data["stories"][1]["consent"] |= {"attribution": "pseudonym", "x-pseudonym": "tomasz"}
    _found, faults = read(yaml.safe_dump(data, allow_unicode=True).encode())
    assert [
        ("x-pseudonym" in fault.sentence, "point at" in fault.sentence) for fault in faults
    ] == [(True, True)]
