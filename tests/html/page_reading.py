"""A page read back by html5lib, a parser that is not ours: it follows the HTML standard and forgives nothing here."""

import html5lib

VOICELESS = {"style", "script", "title"}
PARAGRAPHS = {
    "p", "h1", "h2", "h3", "li", "dt", "dd", "th", "td", "label", "figcaption", "div", "section", "ul", "ol", "dl",
    "table", "tr", "figure", "main", "header", "footer", "body",
}  # fmt: skip


class PageRead:
    """The tree of a page, without namespaces. Raises when the page is not valid HTML as the parser knows it."""

    def __init__(self, text):
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.text = text
        self.root = parser.parse(text)
        self.head = self.root.find("head")
        self.body = self.root.find("body")

    def all(self, name, **attributes):
        """Every element of that name with these attributes; `class_` is one of its classes, `_` stands for `-`."""
        return [each for each in self.root.iter(name) if matches(each, attributes)]

    def one(self, name, **attributes):
        (found,) = self.all(name, **attributes)
        return found

    def by_id(self, name):
        (found,) = [each for each in self.root.iter() if each.get("id") == name]
        return found

    def ids(self):
        return [each.get("id") for each in self.root.iter() if each.get("id")]

    def named(self, element):
        """The accessible name that an element takes from others."""
        return " ".join(words(self.by_id(each)) for each in element.get("aria-labelledby").split())

    def label(self, element):
        """The words of the label of a place to fill in: around it, or for it."""
        for label in self.all("label"):
            if label.get("for") == element.get("id") is not None or element in list(label.iter()):
                return words(label)
        raise AssertionError("it has no label")

    @property
    def styles(self):
        return self.one("style").text

    def meta(self, name):
        return [each.get("content") for each in self.all("meta") if each.get("name") == name]


def matches(element, attributes):
    for key, value in attributes.items():
        if key == "class_":
            if value not in (element.get("class") or "").split():
                return False
        elif element.get(key.replace("_", "-")) != value:
            return False
    return True


def words(element):
    """The words of an element as they are read: a paragraph from the next by a space."""
    parts = []

    def walk(each):
        if not isinstance(each.tag, str) or each.tag in VOICELESS or each.get("aria-hidden") == "true":
            return
        parts.append(" " if each.tag in PARAGRAPHS or each.tag == "br" else "")
        parts.append(each.text or "")
        for child in each:
            walk(child)
            parts.append(child.tail or "")
        parts.append(" " if each.tag in PARAGRAPHS else "")

    walk(element)
    return " ".join("".join(parts).split())
