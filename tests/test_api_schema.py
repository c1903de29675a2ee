"""Whatever a program sends, the API answers as its schema says, and never with a 500."""

import re

import pytest
import schemathesis
from django.core import signals
from django.core.management import call_command
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from learningspaces.wsgi import application
from spaces import actions
from spaces.models import TokenScope
from spaces.permissions import Role
from tests import make
from tests.examples import scaled

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
KNOWN = {"slug": "s", "ref": "S1"}


@pytest.fixture
def headers(db, settings):
    """A key of somebody who may do everything in one space that holds a story."""
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_CLASSES": []}
    place = make.space(slug="s")
    person = make.person()
    make.membership(place, person, Role.CONVENER, Role.FACILITATOR, Role.PARTICIPANT)
    make.story(in_space=place, shared=True)
    _token, secret = actions.create_token(by=person, name="x", scope=TokenScope.WRITE, days=1)
    # schemathesis reads what a WSGI application answers as it stands, and unpacks nothing
    return {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}


def test_schema_is_whole_and_every_list_of_words_has_a_name(tmp_path):
    written = tmp_path / "schema.yaml"
    call_command("spectacular", fail_on_warn=True, file=str(written))
    named = re.findall(r"^    (\w+Enum):", written.read_text(), re.MULTILINE)
    assert {"CycleEnum", "MomentStatusEnum", "StoryKindEnum"} <= set(named)
    assert [name for name in named if re.search(r"[0-9a-f]{3}Enum$", name)] == []


@pytest.fixture
def one_connection():
    """A server closes connections between requests; here that would end the test's transaction."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


def test_every_call_is_answered_as_the_schema_says(headers, one_connection):
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application, headers=headers)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 13
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=scaled(12),
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def answers(case):
            known = {name: KNOWN[name] for name in case.path_parameters if name in KNOWN}
            case.path_parameters.update(known)
            case.call_and_validate(headers=headers, checks=CHECKS)

        answers()
