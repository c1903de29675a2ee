"""The browser proposes its time zone where none was chosen; what was chosen stays."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("javascript", "zone"), [(True, "Pacific/Auckland"), (False, "UTC")])
def test_zone_of_the_device_is_proposed_at_sign_up(chromium, live_server, javascript, zone):
    context = chromium.new_context(
        base_url=live_server.url, timezone_id="Pacific/Auckland", java_script_enabled=javascript
    )
    page = context.new_page()
    page.goto(reverse("account_signup"))
    chosen = page.get_by_label("Time zone").input_value()
    context.close()
    assert chosen == zone
