import sys
from pathlib import Path
from poses import PICTURES
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for name, draw in PICTURES.items():
        (folder / f"{name}.svg").write_text(draw().svg())
