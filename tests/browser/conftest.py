"""Pages in a real browser: Debian's Chromium, without a network, driven through Playwright.

Not part of the README's tests, which need no browser:

    pip install -e '.[test,browser]' && pytest tests/browser -o addopts=
"""

import pytest
from playwright.sync_api import sync_playwright
from small_documents import document, every_block, words

from handouts import Library, Order, Person, SearchPath, make_document
from handouts.document import Contact, Contacts, Figure, QRCode
from handouts.html import to_html

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TOPIC = "psoas-muscle-spasm"


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def clinic(tmp_path_factory):
    """The library of a clinic with a name, a logo and a telephone."""
    folder = tmp_path_factory.mktemp("clinic")
    (folder / "clinic.yaml").write_text(
        "name: Hill Clinic\naddress: 1 Hill Road\nphone: 555-0199\nweb: hill.example\nlogo: hill.svg\n"
        "logo-text: A hill\ncolours: {accent: '#6b1d5c'}\n",
        encoding="utf-8",
    )
    (folder / "hill.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><path d="M0 40 30 0 60 40Z"/></svg>',
        encoding="utf-8",
    )
    return Library(SearchPath.of(folder))


@pytest.fixture(scope="session")
def make_page(clinic, tmp_path_factory):
    """The file of a page: make_page("athlete", "checklist", "standard")."""
    folder = tmp_path_factory.mktemp("pages")

    def make_page(audience="patient", template="handout", edition="standard", person=None, note=None):
        document = make_document(clinic, Order(TOPIC, audience, template, note=note))
        page = to_html(document, clinic.brand(None), person, edition)
        file = folder / f"{audience}.{template}.{edition}.{'personal' if person else 'empty'}.html"
        file.write_text(page, encoding="utf-8")
        return file

    return make_page


@pytest.fixture(scope="session")
def page_of_every_block(clinic, tmp_path_factory):
    """The file of a page with each kind of block, in an edition: page_of_every_block("standard")."""
    folder = tmp_path_factory.mktemp("blocks")
    picture = folder / "leg.svg"
    picture.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><path d="M10 90 90 20 190 90Z"/></svg>',
        encoding="utf-8",
    )
    cards = (Contact("The desk", "555-0100", "in the day"), Contact("A mailbox", "by mail"))
    blocks = (
        *every_block(),
        Figure(str(picture), "A leg", words("How to lie")),
        QRCode("https://example.org/psoas", "A code", words("Read on: example.org/psoas")),
        Contacts(words("Whom to call"), cards),
    )

    def page_of_every_block(edition):
        file = folder / f"{edition}.html"
        file.write_text(to_html(document(*blocks), clinic.brand(None), None, edition), encoding="utf-8")
        return file

    return page_of_every_block


@pytest.fixture
def open_page(browser):
    """Opens a file in a window of that width: open_page(file, 320)."""
    pages = []

    def open_page(file, width=1000, height=800, **settings):
        page = browser.new_page(viewport={"width": width, "height": height}, **settings)
        pages.append(page)
        page.asked_for = []
        page.on("request", lambda request: page.asked_for.append(request.url))
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.goto(file.as_uri())
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture(scope="session")
def person():
    return Person("Ada Example", phone="555-0177", next_visit="in two weeks")
