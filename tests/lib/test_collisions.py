"""Two at once: who came second is tried again, whole, and not for ever."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from learningspaces.lib.collisions import TIMES, Collided, tried_again
from spaces.middleware import too_many_at_once
from spaces.models import Person
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def colliding():
    """A function that makes a deed: it stores Ana, and meets a taken address some times."""
    make.person("Bo", email="taken@example.org")

    def make_deed(times):
        met = []

        def deed():
            met.append(1)
            make.person("Ana")
            if len(met) <= times:
                make.person(email="taken@example.org")
            return len(met)

        return deed

    return make_deed


@pytest.mark.parametrize("times", [0, 1, TIMES - 1])
def test_what_collides_is_done_whole_when_it_is_tried_again(colliding, times):
    assert tried_again(colliding(times)) == times + 1
    assert Person.objects.filter(name="Ana").count() == 1


def test_what_collides_every_time_ends_and_stores_nothing(colliding):
    with pytest.raises(Collided):
        tried_again(colliding(TIMES))
    assert not Person.objects.filter(name="Ana").exists()


def test_what_is_gone_meanwhile_is_looked_for_anew():
    gone = make.person()
    met = []

    def deed():
        met.append(1)
        if len(met) == 1:
            Person.objects.filter(pk=gone.pk).delete()
            gone.refresh_from_db()
        return len(met)

    assert tried_again(deed) == 2


def test_a_broken_rule_of_the_database_is_no_collision():
    with pytest.raises(IntegrityError):
        tried_again(lambda: make.membership(make.space(), make.person(), ref=None))


def test_who_comes_too_often_keeps_every_word(rf):
    request = rf.post("/spaces/x/stories/tell/", {"text": "All the words of my story."})
    request.user = AnonymousUser()
    page = too_many_at_once(request, for_programs=False)
    assert (page.status_code, page["Retry-After"]) == (503, "2")
    assert "All the words of my story." in page.text
    answer = too_many_at_once(request, for_programs=True)
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/json")
