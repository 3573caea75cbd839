"""What the tests of the pages share: the shipped library, the plain brand, and one sheet with every kind of block."""

import pytest
from pdf_reading import Tagged, read_pages
from small_documents import document, every_block

from handouts import Library, lay_out


@pytest.fixture(scope="session")
def library():
    """The shipped library."""
    return Library()


@pytest.fixture(scope="session")
def brand(library):
    """The brand without a clinic."""
    return library.brand("plain")


@pytest.fixture(scope="session")
def full_document():
    """A document with every kind of block."""
    return document(*every_block())


@pytest.fixture(scope="session")
def full_sheet(full_document, brand):
    """It, laid out."""
    return lay_out(full_document, brand)


@pytest.fixture(scope="session")
def full_tags(full_sheet):
    """Its structure, read back."""
    return Tagged(full_sheet.base)


@pytest.fixture(scope="session")
def full_pages(full_sheet):
    """Its characters, read back."""
    return read_pages(full_sheet.base)
