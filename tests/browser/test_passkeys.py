"""A passkey is added in a browser and signs in from then on."""

import pytest
from playwright.sync_api import expect

from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long enough word"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_device(page):
    """The browser gets a device that holds keys and says yes at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_passkey_is_added_and_signs_in_from_then_on(visit, accessible, live_server):
    ana = make.person("Ana Rocha")
    ana.emailaddress_set.create(email=ana.email, verified=True, primary=True)
    ana.set_password(PASSWORD)
    ana.save()
    site = live_server.url.replace(
        "127.0.0.1", "localhost"
    )  # an address of numbers has no passkeys
    page = visit(None, f"{site}/account/login/")
    give_device(page)
    page.get_by_label("E-mail address").fill(ana.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Ana Rocha").first).to_be_attached()

    page.goto(f"{site}/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    assert accessible(page) == []
    page.get_by_label("Its name").fill("My phone")
    page.get_by_role("button", name="Add this passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    page.goto(f"{site}/account/2fa/webauthn/")
    expect(page.get_by_role("link", name="Rename My phone")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{site}/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("Ana Rocha").first).to_be_attached()
    page.goto(f"{site}/me/")
    expect(page.get_by_label("Name")).to_have_value("Ana Rocha")
