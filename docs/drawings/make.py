"""Draw the exercises anew: `python docs/drawings/make.py` writes the SVG files of `content/figures/`.

Another folder can be named: `python docs/drawings/make.py FOLDER`. The same poses give the same bytes.

`ink` draws lines, `figure` bends one person into any pose, `above` shows a person from above, `foot` a foot large, and
`props` has the things around.
The pictures are in `poses`, those of more topics in `poses_back` and `poses_ankle`.
To change a picture, change its pose and look at it large.
"""

from __future__ import annotations

import sys
from pathlib import Path

import poses
import poses_ankle
import poses_back

PICTURES = (*poses.PICTURES, *poses_back.PICTURES, *poses_ankle.PICTURES)

FIGURES = Path(__file__).parents[2] / "content" / "figures"


def write(folder: Path) -> None:
    """Write every picture, named after its function."""
    folder.mkdir(parents=True, exist_ok=True)
    for draw in PICTURES:
        name = draw.__name__.replace("_", "-")
        (folder / f"{name}.svg").write_bytes(draw().svg().encode())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FIGURES)
