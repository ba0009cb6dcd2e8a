"""What stands around all pages: header, environments, account, error pages."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client

from portal.accounts.models import User
from tests.catalog.views.markup import Page, read_page
from tests.factories import make_environment

PASSWORD = "correct horse battery"


@pytest.fixture
def person() -> User:
    return User.objects.create_user("kari", password=PASSWORD)


@pytest.mark.django_db
def test_environments_stand_in_the_corner(client: Client) -> None:
    make_environment("sandbox", order=1)
    make_environment("production", order=2, confirm_writes=True)

    page = read_page(client.get("/catalog/"))

    form = page.one("form", action="/try-it/environment/")
    buttons = [(one.get("value"), one.get("aria-pressed")) for one in form.iter("button")]
    assert buttons == [("sandbox", "true"), ("production", "false")]
    assert page.one("input", name="next").get("value") == "/catalog/"
    assert page.one("summary", aria_label="Environment: Sandbox") is not None


@pytest.mark.django_db
def test_without_environments_there_is_no_selector(client: Client) -> None:
    assert read_page(client.get("/catalog/")).all("details", class_="environment") == []


@pytest.mark.django_db
def test_person_who_is_not_signed_in_is_offered_to(client: Client) -> None:
    page = read_page(client.get("/catalog/?q=a"))

    assert page.links("Sign in") == ["/accounts/login/?next=/catalog/%3Fq%3Da"]


@pytest.mark.django_db
def test_person_who_is_signed_in_can_leave(client: Client, person: User) -> None:
    client.force_login(person)

    page = read_page(client.get("/catalog/"))

    assert "Signed in as kari" in page.texts("p", class_="menu-heading")
    assert page.one("form", action="/accounts/logout/").get("method") == "post"
    assert page.links("Administration") == []


@pytest.mark.django_db
def test_administrator_finds_the_administration(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root", password=PASSWORD))

    assert read_page(client.get("/catalog/")).links("Administration") == ["/admin/"]


@pytest.mark.django_db
def test_page_holds_no_inline_script_or_style(client: Client) -> None:
    page = read_page(client.get("/catalog/"))

    assert all(script.get("src") for script in page.all("script"))
    assert page.all("style") == []
    assert [element for element in page.one("body").iter() if element.get("style")] == []


@pytest.mark.django_db
def test_sign_in_form_has_labels_and_names_what_is_wrong(client: Client, person: User) -> None:
    page = read_page(client.post("/accounts/login/", {"login": "kari", "password": "wrong"}))

    assert page.texts("h1") == ["Sign in"]
    assert page.texts("label")[:2] == ["User name or e-mail address", "Password"]
    assert len(page.texts("div", role="alert")) == 1


@pytest.mark.django_db
def test_field_that_is_missing_is_described_by_its_error(client: Client) -> None:
    page = read_page(client.post("/accounts/login/", {"login": "", "password": "x"}))

    field = page.one("input", name="login")
    assert field.get("aria-invalid") == "true"
    assert page.texts("p", id="id_login_error") == ["This field is required."]


@pytest.mark.django_db
def test_sign_out_asks_first(client: Client, person: User) -> None:
    client.force_login(person)

    page = read_page(client.get("/accounts/logout/"))

    assert page.texts("h1") == ["Sign out"]
    assert "_auth_user_id" in client.session


@pytest.mark.django_db
def test_password_can_be_changed(client: Client, person: User) -> None:
    client.force_login(person)

    page = read_page(client.get("/accounts/password/change/"))

    assert page.texts("h1") == ["Change password"]
    assert len(page.all("input", type="password")) == 3


@pytest.mark.django_db
@pytest.mark.urls("tests.portal.urls_with_everything")
def test_other_account_pages_stand_in_the_same_frame(client: Client) -> None:
    page = read_page(client.get("/accounts/password/reset/"))

    assert page.one("header", class_="header") is not None
    assert page.one("input", name="email").get("class") == "input"


@pytest.mark.parametrize(
    ("template", "heading"),
    [
        ("400.html", "The request was not understood"),
        ("403.html", "You may not do this"),
        ("403_csrf.html", "This page is too old"),
        ("404.html", "There is no such page"),
        ("413.html", "That is too much for one request"),
        ("429.html", "That was tried too often"),
        ("500.html", "Something broke in the portal"),
    ],
)
def test_error_page_needs_nothing_and_tells_the_next_step(template: str, heading: str) -> None:
    page = Page(render_to_string(template))

    assert page.texts("h1") == [heading]
    assert page.links("Open the catalog") == ["/catalog/"]


@pytest.mark.django_db
def test_form_of_an_old_session_is_answered_in_words() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/login/", {"login": "a", "password": "b"})

    assert response.status_code == 403
    assert "This page is too old" in read_page(response).text
