"""What there is to say about a clinic's own files, without the shipped topics and audiences: they take long."""

import shutil

import pytest

from handouts.library import Library, SearchPath
from handouts.library.search_path import Root, shipped_root
from handouts.quality import check_library, within


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """The shipped library without its topics and audiences."""
    folder = tmp_path_factory.mktemp("bare")
    for name in ("templates", "content/languages"):
        shutil.copytree(shipped_root() / name, folder / name)
    for name in ("disclaimer", "glossary", "plain-words"):
        for language in ("", ".es"):
            shutil.copy(shipped_root() / "content" / f"{name}{language}.yaml", folder / "content")
    return folder


@pytest.fixture(scope="session")
def shipped_report(shipped):
    """The report about the shipped library: the longest there is."""
    return check_library(shipped)


@pytest.fixture
def check_clinic(workspace, bare):
    """The whole report about the clinic's library."""

    def check_clinic(scope=None):
        return check_library(Library(SearchPath((Root(workspace.folder, workspace.shown("")), Root(bare)))), scope)

    return check_clinic


@pytest.fixture
def findings(workspace, check_clinic):
    """The open diagnostics about the clinic's own files; that words are not signed any more, when it is asked for."""

    def findings(code=None):
        ours = [each for each in check_clinic().findings if within(each, [workspace.folder]) and each.reason is None]
        return [each.diagnostic for each in ours if wanted(each.diagnostic.code, code)]

    def wanted(code, asked):
        return code == asked if asked else code != "R29"

    return findings


CARE = {
    "content/topics/knee/moves.yaml": """
        title: Moves for your knee
        kind: exercises
        sources: [book]
        groups:
          - id: easy
            items:
              - id: raise
                term: Leg raise
                text: It makes your thigh strong.
                steps: [Sit on a chair., Lift your foot.]
                dose: {repetitions: 10, times-a-day: 2}
                stop: if your knee locks.
                figure: {file: raise.svg, alt: Somebody on a chair lifts a foot., caption: Lift your foot.}
        """,
    "content/topics/knee/pills.yaml": """
        title: Pills
        kind: treatments
        sources: [leaflet]
        groups:
          - id: mild
            items:
              - id: mild-pill
                term: Mild pain pills
                text: You can buy them.
                benefit: They may ease pain.
                risk: They can upset your belly.
        """,
    "content/topics/knee/figures/raise.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    ),
}


@pytest.fixture
def clean(workspace):
    """The workspace with an exercise, a treatment and a picture, too: every rule has something to look at."""
    for name, text in CARE.items():
        workspace.write(name, text)
    workspace.replace(
        "content/topics/knee/topic.yaml",
        "sections: [warnings, story, causes, care]",
        "sections: [warnings, story, causes, care, moves, pills]",
    )
    workspace.replace(
        "content/audiences/reader.yaml",
        "    - section: story\n",
        "    - section: moves\n    - section: pills\n    - section: story\n",
    )
    workspace.replace(
        "content/audiences/reader.yaml",
        "exercise-plan: [{section: warnings}]",
        "exercise-plan: [{section: warnings}, {section: moves, items: 3}]",
    )
    workspace.replace(
        "content/audiences/reader.yaml",
        "visit-plan: [{section: warnings}]",
        "visit-plan: [{section: warnings}, {section: day}]",
    )
    return workspace
