"""What a test asks of a page's HTML: is it well formed, do its references lead anywhere, what is said."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "br", "circle", "col", "hr", "img", "input", "link", "meta", "path", "rect", "source", "wbr"}
CONTROLS = {"input", "select", "textarea"}


@dataclass
class Element:
    """One element with the text of everything inside it."""

    tag: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has_class(self, name: str) -> bool:
        return name in self.get("class").split()


class Page(HTMLParser):
    """Parse HTML strictly: an element closed out of turn, or left open, is an error."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, f"left open: {[element.tag for element in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice on <{tag}>: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.parts.append(data)

    def all(self, tag: str, cls: str | None = None) -> list[Element]:
        return [each for each in self.elements if each.tag == tag and (cls is None or each.has_class(cls))]

    def one(self, tag: str, cls: str | None = None) -> Element:
        found = self.all(tag, cls)
        assert len(found) == 1, f"{len(found)} of <{tag} {cls or ''}>"
        return found[0]

    def by_id(self, name: str) -> Element:
        return next(each for each in self.elements if each.get("id") == name)

    def faults(self) -> list[str]:
        """Say what would trip a reader, a screen reader or the content security policy."""
        ids = Counter(each.get("id") for each in self.elements if each.get("id"))
        labelled = {each.get("for") for each in self.all("label")}
        found = [f"id {name} {count} times" for name, count in ids.items() if count > 1]
        found += [f"label for {name} leads nowhere" for name in labelled if name not in ids]
        for each in self.elements:
            found += [f"{each.tag} has {name}" for name in each.attributes if name == "style" or name[:2] == "on"]
            if each.tag in CONTROLS and each.get("type") != "hidden" and each.get("id") not in labelled:
                found.append(f"{each.tag} {each.get('name')} has no label")
            if each.tag == "script" and each.text:
                found.append("script inside the page")
            for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
                found += [f"{name} {one} leads nowhere" for one in each.get(name).split() if one not in ids]
            if each.get("href").startswith("#") and each.get("href")[1:] not in ids:
                found.append(f"link to {each.get('href')} leads nowhere")
        return found
