"""A clinic's workspace with a small topic whose every word is known, and the shipped library."""

import datetime as dt
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

import pytest

from handouts.library import Library, SearchPath
from handouts.library.overlays import digest
from handouts.library.translations import words_of
from handouts.reviewing.signing import sign

SIGNED, DUE = dt.date(2026, 1, 3), dt.date(2099, 1, 2)

KNEE = {
    "clinic.yaml": """
        name: Hill Clinic
        phone: 555-0199
        defaults: {audience: reader}
        """,
    "content/audiences/reader.yaml": """
        title: Readers
        label: For readers
        sheets:
          handout:
            - section: warnings
            - {section: care, items: 2}
            - {section: causes, items: 3}
            - section: story
          checklist:
            - section: day
        """,
    "content/audiences/runner.yaml": """
        title: Runners
        label: For runners
        extends: reader
        """,
    "content/topics/knee/topic.yaml": """
        title: Sore knee
        version: "1.0"
        main-message: Bend your knee a little each hour.
        key-points:
          - Most sore knees calm down. How fast varies.
          - Short walks help.
          - Ask if you are not sure.
        for:
          runner:
            main-message: Run less this week.
        provenance:
          author: the tests
          published: 2026-01-02
          review-due: 2099-01-02
        sections: [warnings, story, causes, care]
        checklists: [day]
        """,
    "content/topics/knee/sources.yaml": """
        sources:
          - {id: book, title: The knee book, publisher: Hill Press, date: 2024}
          - {id: leaflet, title: The knee leaflet, publisher: Lake Press}
        """,
    "content/topics/knee/warnings.yaml": """
        title: When to get help
        kind: warning-signs
        sources: [book]
        groups:
          - id: emergency
            items:
              - {id: locked, urgency: emergency, term: The knee is locked and cold}
          - id: same-day
            items:
              - {id: hot, urgency: same-day, term: The knee is hot and red, text: You may feel ill too.}
        """,
    "content/topics/knee/story.yaml": """
        title: What the knee does
        kind: prose
        sources: [book]
        groups:
          - {id: hinge, title: A hinge, text: The knee bends like a hinge.}
          - {id: load, title: A load, text: It carries you all day.}
        """,
    "content/topics/knee/causes.yaml": """
        title: What can bring it on
        kind: list
        sources: [book]
        intro: One thing rarely explains it.
        for:
          runner: {title: What in your running brings it on}
        groups:
          - id: home
            title: At home
            items:
              - id: stairs
                term: Stairs
                text: Many stairs load the knee.
                priority: {reader: 3}
                source: article/causes/1
              - id: kneeling
                term: Kneeling
                text: Long kneeling presses on it.
                priority: {reader: 1, runner: 5}
          - id: sport
            title: In sport
            items:
              - id: running
                term: Running
                text: Long runs tire it.
                priority: {reader: 2, runner: 1}
                sources: [leaflet]
                for:
                  runner: {text: A jump in distance tires it.}
              - id: cycling
                term: Cycling
                text: A low saddle strains it.
                priority: {reader: 2}
              - {id: swimming, term: Swimming, text: Kicks can twist it.}
        """,
    "content/topics/knee/care.yaml": """
        title: What to do
        kind: steps
        sources: [book]
        groups:
          - id: first
            title: First days
            items:
              - {id: bend, term: Bend it, text: Bend it each hour., why: It stays loose., priority: 2}
              - {id: walk, term: Walk, text: Walk a little., why: It stays strong., priority: 1}
              - {id: cool, term: Cool it, text: Cool it for ten minutes., why: It eases pain., priority: 3}
        """,
    "content/topics/knee/checklists/day.yaml": """
        title: My day
        kind: checklist
        days: 3
        sources: [book]
        groups:
          - id: all
            items:
              - {id: bent, term: Bend my knee}
              - {id: walked, term: Walk outside, text: A few minutes count.}
        """,
}


@cache
def knee_signed():
    """The files of a signature under the small topic as it stands here, by name."""
    with TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder), signed=False)
        workspace.sign()
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in Path(folder, "reviews").rglob("*.*")}


class Workspace:
    """A clinic's folder. Every change is to a real file; `library()` reads the folder anew."""

    def __init__(self, folder: Path, *, signed: bool = True) -> None:
        self.folder = folder
        for name, text in {**KNEE, **(knee_signed() if signed else {})}.items():
            self.write(name, text)

    def write(self, name, text):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            file.write_bytes(text)
        else:
            file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return file

    def replace(self, name, old, new):
        """Change a file; the old text must stand there exactly once."""
        file = self.folder / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def sign(self, language=None, audience=None, reviewer="A. Reviewer", signed=SIGNED, due=DUE):
        """Put a clinician's name to the topic, or to an audience's sheets of it, as its words are now."""
        library = self.library()
        topic = library.topic("knee", language)
        reader = library.audience(audience, topic.language) if audience else None
        return sign(library, topic, reader, reviewer, signed, due)

    def unsign(self):
        """Take every signature away."""
        shutil.rmtree(self.folder / "reviews")

    def line(self, name, text):
        """The number of the one line of a file that holds the text."""
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        (number,) = (number for number, line in enumerate(lines, 1) if text in line)
        return number

    def library(self):
        return Library(SearchPath.of(self.folder))

    def shown(self, name):
        """The file's name as messages show it."""
        return f"{self.folder.as_posix()}/{name}"


@pytest.fixture(scope="session")
def make_workspace():
    """Makes a clinic's folder anywhere: make_workspace(folder)."""
    return Workspace


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "clinic")


@pytest.fixture(scope="session")
def shipped():
    return Library()


# Rules that shipped words still break, until the words are mended. The tests say when one is mended: delete it then.
OPEN_RULES: frozenset[str] = frozenset()


@pytest.fixture
def open_rules():
    return OPEN_RULES


@pytest.fixture(autouse=True)
def _no_workspace_of_the_machine(monkeypatch):
    monkeypatch.delenv("HANDOUTS_WORKSPACE", raising=False)


SPANISH_KNEE = {
    "content/audiences/reader.yaml": """
        title: Readers
        label: For readers
        in:
          es: {title: Lectores, label: Para lectores}
        sheets:
          handout:
            - section: warnings
            - {section: care, items: 2}
            - {section: causes, items: 3}
          checklist:
            - section: day
        """,
    "content/topics/knee/es/topic.yaml": """
        draft: true
        title: Rodilla adolorida
        main-message: Doble la rodilla un poco cada hora.
        key-points:
          - La mayoría de las rodillas se calman.
          - Las caminatas cortas ayudan.
          - Pregunte si tiene dudas.
        for:
          runner: {main-message: Corra menos esta semana.}
        provenance: {author: las pruebas}
        """,
    "content/topics/knee/es/warnings.yaml": """
        title: Cuándo buscar ayuda
        groups:
          emergency:
            items:
              locked: {term: La rodilla está trabada y fría}
          same-day:
            items:
              hot: {term: La rodilla está caliente y roja, text: También puede sentirse mal.}
        """,
    "content/topics/knee/es/causes.yaml": """
        title: Qué puede provocarlo
        intro: Pocas veces hay una sola causa.
        for:
          runner: {title: Qué lo provoca al correr}
        groups:
          home:
            title: En casa
            items:
              stairs: {term: Escaleras, text: Muchas escaleras cargan la rodilla.}
              kneeling: {term: Arrodillarse, text: Mucho rato de rodillas la presiona.}
          sport:
            title: En el deporte
            items:
              running:
                term: Correr
                text: Las carreras largas la cansan.
                for:
                  runner: {text: Un salto en la distancia la cansa.}
              cycling: {term: Bicicleta, text: Un asiento bajo la fuerza.}
              swimming: {term: Nadar, text: Las patadas pueden torcerla.}
        """,
    "content/topics/knee/es/care.yaml": """
        title: Qué hacer
        groups:
          first:
            title: Primeros días
            items:
              bend: {term: Dóblela, text: Dóblela cada hora., why: Sigue suelta.}
              walk: {term: Camine, text: Camine un poco., why: Sigue fuerte.}
              cool: {term: Enfríela, text: Enfríela diez minutos., why: Alivia el dolor.}
        """,
    "content/topics/knee/es/checklists/day.yaml": """
        title: Mi día
        groups:
          all:
            items:
              bent: {term: Doblar la rodilla}
              walked: {term: Caminar afuera, text: Unos minutos cuentan.}
        """,
}


@pytest.fixture
def spanish(workspace):
    """The workspace with its topic in Spanish, all but the section `story`."""
    for name, text in SPANISH_KNEE.items():
        workspace.write(name, text)
    topic = workspace.library().topic("knee")
    records = {f"{section.id}.yaml": section.file for section in topic.sections} | {"topic.yaml": topic.file}
    for file in (workspace.folder / "content/topics/knee/es").rglob("*.yaml"):
        of = digest(words_of(records[file.name]))
        file.write_text(f"{file.read_text(encoding='utf-8')}of: {of}\n", encoding="utf-8")
    workspace.sign("es")
    return workspace
