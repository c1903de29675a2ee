"""Sign-in by the OpenID Connect server of an organisation, set by environment variables."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from spaces.models import Person
from tests import make

pytestmark = pytest.mark.django_db
SHOW = (
    "import json, django.conf;"
    "print(json.dumps(django.conf.settings.SOCIALACCOUNT_PROVIDERS['openid_connect']))"
)
WHO = {"sub": "u-17", "name": "Inês Rocha", "email": "ines@valley.example", "email_verified": True}


class Server(BaseHTTPRequestHandler):
    """As much of an OpenID Connect server as a sign-in asks for."""

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        if self.path == "/.well-known/openid-configuration":
            ends = ("authorization", "token", "userinfo")
            self.answer({f"{end}_endpoint": f"{here}/{end}" for end in ends} | {"issuer": here})
        else:
            assert self.headers["Authorization"] == "Bearer a-token"
            self.answer(self.server.who)

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert sent["code"] == ["a-code"]
        assert sent["client_secret"] == ["hush"]
        self.answer({"access_token": "a-token", "token_type": "Bearer"})

    def answer(self, value):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *args):
        """Nothing is printed."""


@pytest.fixture(scope="module")
def server():
    """An OpenID Connect server that runs beside the site, and what its settings then say."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    given = {
        "OIDC_SERVER_URL": f"http://127.0.0.1:{server.server_port}",
        "OIDC_CLIENT_ID": "learning-spaces",
        "OIDC_CLIENT_SECRET": "hush",
        "OIDC_NAME": "Valley account",
        "OIDC_ID": "valley",
    }
    read = subprocess.run(
        [sys.executable, "-c", SHOW], env=os.environ | given, capture_output=True, check=True
    )
    server.provider = json.loads(read.stdout)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def single_sign_on(settings, server):
    """The site as its environment sets it up for that server; whom the server knows."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": server.provider}
    server.who = dict(WHO)
    return server.who


def sign_in(client):
    """From the button on the sign-in page to the server and back."""
    there = client.post(reverse("openid_connect_login", args=["valley"]))
    asked = parse_qs(urlsplit(there["Location"]).query)
    assert asked["client_id"] == ["learning-spaces"]
    back = {"code": "a-code", "state": asked["state"][0]}
    return client.get(reverse("openid_connect_callback", args=["valley"]), back, follow=True)


def test_button_names_the_organisations_account(client, single_sign_on):
    assert "Valley account" in client.get(reverse("account_login")).text


def test_sign_in_page_has_no_such_button_without_a_server(client):
    assert "account of your organisation" not in client.get(reverse("account_login")).text


def test_somebody_new_is_signed_in_by_the_name_the_server_knows(client, single_sign_on):
    sign_in(client)
    assert reverse("account_logout") in client.get("/").text
    assert Person.objects.get().name == "Inês Rocha"

    client.logout()
    sign_in(client)
    assert reverse("account_logout") in client.get("/").text
    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["", "x" * 121, "a\x07b"])
def test_somebody_whose_name_is_not_usable_is_asked_for_it(client, single_sign_on, name):
    single_sign_on["name"] = name
    page = sign_in(client)
    assert "Nearly there" in page.text
    assert "Valley account" in page.text
    client.post(reverse("socialaccount_signup"), {"name": "Inês", "email": WHO["email"]})
    assert Person.objects.get().name == "Inês"
    assert reverse("account_logout") in client.get("/").text


def test_name_in_two_parts_is_one(client, single_sign_on):
    del single_sign_on["name"]
    single_sign_on |= {"given_name": "Inês", "family_name": "Rocha"}
    sign_in(client)
    assert Person.objects.get().name == "Inês Rocha"


def test_servers_word_alone_opens_nobody_elses_account(client, single_sign_on):
    known = make.person("Inês Rocha", email=WHO["email"])
    known.emailaddress_set.create(email=known.email, verified=True, primary=True)
    sign_in(client)
    assert reverse("account_logout") not in client.get("/").text
    client.post(reverse("socialaccount_signup"), {"name": "Inês", "email": WHO["email"]})
    assert reverse("account_logout") not in client.get("/").text
    assert Person.objects.count() == 1
