"""Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from handouts.errors import Diagnostic, OutputError


def write_whole(file: Path, data: bytes, *, private: bool = False) -> None:
    """Write the file so that a reader sees the old one or the new one, never half of one.

    `private` files can be read by their owner only. Raises OutputError with the reason; nothing is left behind.
    The temporary file's name says nothing about its content.
    """
    temporary: Path | None = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".handouts-", suffix=".tmp", dir=file.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if not private:
            temporary.chmod(0o666 & ~_umask())
        temporary.replace(file)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise OutputError(
            Diagnostic(
                "O101",
                f"cannot be written: {error.strerror}",
                "choose another place with -o, or close the program that has the file open",
                str(file),
            )
        ) from None
    except BaseException:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
