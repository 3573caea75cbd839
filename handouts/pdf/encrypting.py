"""An issued sheet that opens with a password only (AES-256: ISO 32000-2, 7.6.4, revision 6). Phase 5, ISSUE."""

from __future__ import annotations

import io
import secrets

import pikepdf


def encrypted(data: bytes, password: str) -> bytes:
    """The file for who knows the password, with all of its text and metadata hidden from others.

    Screen readers may read it, and it may be printed. Nobody knows the owner's password: it is random. A file that is
    encrypted cannot be PDF/A (ISO 19005-2, 6.1.3); it stays tagged.
    """
    allowed = pikepdf.Permissions(modify_annotation=True, modify_form=True, modify_other=False, extract=False)
    encryption = pikepdf.Encryption(owner=secrets.token_urlsafe(32), user=password, R=6, allow=allowed)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(target, encryption=encryption, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()
