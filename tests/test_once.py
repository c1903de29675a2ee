"""Every address that changes something, met by many at the very same moment.

The forms are found on the pages of the worked example and filled in by a program, so a new form is
tried without being named here. What one form changes is counted table by table and taken back; then
the same is sent many times at once, and must have changed just as much. A CI run sends each a few
times; the long profile (see conftest.py) sends each fifty times.
"""

from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import settings

from spaces.models import Person, Space
from tests import make
from tests.everything import ALL, somebody_with_everything
from tests.filled import filled_forms, links
from tests.test_access import SLUG

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
    pytest.mark.django_db(transaction=True),
]
LONG = settings.default.max_examples > 100
SENT, PEOPLE = (50, 20) if LONG else (4, 4)
EACH = 4 if LONG else 1  # addresses of one view that are looked at: rows differ in their offers
SHARES = 8  # tests that workers share; each tries the addresses of its share
BESIDE = {  # kept beside the matter, or worked out by the worker afterwards
    "django_session", "spaces_cache", "usersessions_usersession", "spaces_idempotencykey",
    "valuecreation_loopsdue", "valuecreation_loopreading", "valuecreation_stillmoment",
    "valuecreation_tally", "spaces_mail", "valuecreation_searchdue",
    "valuecreation_searchedstory", "valuecreation_patternreading", "valuecreation_loopmarks",
}  # fmt: skip
# The same words may be meant twice: of these only a form's own key says that they were sent again.
MEANT_AGAIN = {
    "valuecreation:tell_story", "valuecreation:and_then", "valuecreation:note_moment",
    "framing:plan_event", "framing:sponsor_aspirations", "evaluation:derive",
    "framing:write_note", "framing:add_part", "spaces:tokens", "spaces:new_space",
    "spaces:join_links", "valuecreation:consent", "valuecreation:keep_to_oneself",
}  # fmt: skip


@pytest.fixture(scope="module")
def kept_apart(django_db_setup, django_db_blocker):
    """The worked example, stored as other connections see it, with a copy of every table."""
    with django_db_blocker.unblock():
        call_command("demo_space")
        space = Space.objects.get(slug=SLUG)
        for number in range(PEOPLE):
            make.membership(space, make.person(f"Member {number}"), *ALL, ref=f"M{number}")
        somebody_with_everything(space)
        yield
        run("DROP SCHEMA kept CASCADE")


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def tables():
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def keep_copies():
    run("DROP SCHEMA IF EXISTS kept CASCADE", "CREATE SCHEMA kept")
    run(*(f'CREATE TABLE kept."{table}" AS TABLE "{table}"' for table in tables()))


def put_back(changed):
    """The rows of changed tables as they were; keys that point at them are looked at in the end."""
    with transaction.atomic():
        run(*(f'DELETE FROM "{table}"' for table in changed))
        run(*(f'INSERT INTO "{table}" SELECT * FROM kept."{table}"' for table in changed))


def rows_now():
    """For each table how many rows it holds, and what stands for their contents."""
    each = [
        f"SELECT '{table}', COUNT(*), COALESCE(SUM(hashtext(t::text)), 0) FROM \"{table}\" t"
        for table in tables()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {table: (count, contents) for table, count, contents in cursor.fetchall()}


def changes(before, after):
    """By how many rows each table grew or shrank; those beside the matter left out."""
    grown = {table: after[table][0] - before[table][0] for table in before}
    return {table: by for table, by in grown.items() if by and table not in BESIDE}


def at_once(*requests):
    """The statuses of requests, all begun together, each by a client and connection of its own."""
    begin = Barrier(len(requests))

    def send(browser, target, fields):
        try:
            begin.wait()
            return browser.post(target, fields).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(requests)) as workers:
        return list(workers.map(lambda request: send(*request), requests))


def signed_in(person) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(person)
    return browser


def again(browser) -> Client:
    """The same browser in another window."""
    other = Client(raise_request_exception=False)
    other.cookies = browser.cookies
    return other


def view_at(address) -> str:
    """The name of the page at an address; of a file it has none."""
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def offered(browser, start) -> dict:
    """The forms of all pages that are reached from one, filled in, each address once."""
    waiting, seen, met, found = deque([start]), {start}, Counter(), {}
    while waiting:
        address = waiting.popleft()
        answer = browser.get(address)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        for target, fields in filled_forms(answer.text, address):
            found.setdefault(view_at(target), (browser, target, fields))
        for link in sorted(links(answer.text, address) - seen):
            view = view_at(link)
            if met[view] < EACH and view and not view.startswith("api:"):
                met[view] += 1
                seen.add(link)
                waiting.append(link)
    return found


@pytest.fixture(scope="module")
def forms(kept_apart, django_db_blocker):
    """One filled form for each address of the site that takes one, with whom it is offered to."""
    with django_db_blocker.unblock():
        found = {}
        for name in ("Member Everything", "Denise", "Member Asking"):
            browser = signed_in(Person.objects.get(name__startswith=name))
            for start in (f"/spaces/{SLUG}/", "/", f"/spaces/{SLUG}/edit/"):
                for view, form in offered(browser, start).items():
                    found.setdefault(view, form)
        keep_copies()  # with the sessions of those who signed in
        return found


@pytest.fixture(autouse=True)
def whole_tables(forms, transactional_db):
    """Every table is before each test as it was when it was copied."""
    put_back(tables())


def of_share(forms, share):
    return [(name, forms[name]) for name in sorted(forms)[share::SHARES]]


def changed_by_one(browser, target, fields):
    """What one form changes; it is taken back at once."""
    before = rows_now()
    with transaction.atomic():
        browser.post(target, fields)
        after = rows_now()
        transaction.set_rollback(True)
    return changes(before, after)


def changed_by_many(requests):
    """What many forms changed that were sent at once, and what answered with a broken page."""
    before = rows_now()
    statuses = at_once(*requests)
    after = rows_now()
    put_back([table for table in before if before[table] != after[table]])
    return changes(before, after), [status for status in statuses if status >= 500]


def wrong_when_sent_together(name, browser, target, fields):
    once = changed_by_one(browser, target, fields)
    many, broken = changed_by_many([(again(browser), target, fields)] * SENT)
    return [] if many == once and not broken else [(name, once, many, broken)]


@pytest.mark.parametrize("share", range(SHARES))
def test_form_sent_many_times_at_once_is_carried_out_once(forms, share):
    wrong = []
    for name, (browser, target, fields) in of_share(forms, share):
        wrong += wrong_when_sent_together(name, browser, target, fields)
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("share", range(SHARES))
def test_words_without_a_key_sent_many_times_at_once_count_once(forms, share):
    wrong = []
    for name, (browser, target, fields) in of_share(forms, share):
        bare = {
            key: value
            for key, value in fields.items()
            if key not in ("once", "csrfmiddlewaretoken")
        }
        if name not in MEANT_AGAIN:
            wrong += wrong_when_sent_together(name, browser, target, bare)
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("share", range(SHARES))
def test_different_people_who_do_the_same_at_once_all_get_an_answer(forms, share):
    people = [signed_in(who) for who in Person.objects.filter(name__regex=r"^Member \d")]
    wrong = []
    for name, (_browser, target, fields) in of_share(forms, share):
        _many, broken = changed_by_many([(browser, target, fields) for browser in people])
        wrong += [(name, broken)] if broken else []
    assert not wrong, "\n".join(map(str, wrong))


def test_most_addresses_that_change_something_are_tried(forms):
    doing = {name for name, (_browser, _target, _fields) in forms.items()}
    assert len(doing) > 65
    assert {
        "valuecreation:lay_aside",
        "valuecreation:answer_follow_up",
        "spaces:edit_space",
    } <= doing
