import pytest
from rest_framework.test import APIClient

from catalog.selectors import shipped_price_books

pytestmark = pytest.mark.django_db


def test_a_template_shows_its_total_in_the_currency_of_its_own_book(api: APIClient) -> None:
    templates = {one["key"]: one for one in api.get("/api/templates/").json()}

    assert templates["rax-basic"]["monthly"]["currency"] == "USD"
    assert templates["osc-net"]["monthly"]["currency"] == "EUR"
    assert templates["osc-net"]["monthly"]["coverage"] == "1.00"


def test_a_design_is_priced_with_its_templates_book_unless_another_is_chosen(api: APIClient) -> None:
    own = api.post("/api/designs/", {"name": "Net", "template": "osc-net"}, format="json").json()
    other = api.post(
        "/api/designs/",
        {"name": "Net", "template": "osc-net", "price_book": "rackspace-public-cloud"},
        format="json",
    ).json()

    assert (own["price_book"], other["price_book"]) == ("outscale", "rackspace-public-cloud")


def test_a_template_comes_with_its_document_and_its_picture(api: APIClient) -> None:
    template = api.get("/api/templates/rax-basic/").json()
    picture = api.get("/api/templates/rax-basic/diagram.svg")

    assert template["component_count"] == len(template["document"]["components"])
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert b"Cloud Load" in picture.content
    assert api.get("/api/templates/rax-nothing/").status_code == 404


def test_a_component_type_carries_what_the_form_and_the_canvas_need(api: APIClient) -> None:
    types = {one["key"]: one for one in api.get("/api/component-types/").json()}
    web = types["web_server"]

    assert web["labels"].keys() == {"generic", "rackspace", "openstack", "outscale"}
    assert web["properties"]["count"]["title"]
    assert "subnet" in web["parents"]
    assert "db_server" in web["links"]["traffic"]
    assert types["subnet"]["container"] is True


def test_a_price_book_names_its_sources(api: APIClient) -> None:
    books = {one["key"]: one for one in api.get("/api/price-books/").json()}

    assert books.keys() == shipped_price_books().keys()
    for book in books.values():
        assert book["price_count"] > 5
        assert all(source["url"].startswith("https://") for source in book["sources"])
