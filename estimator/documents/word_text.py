"""Words for a text document."""

import re

# What XML can't hold: a label may have it, a document can't.
_NO_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    return _NO_TEXT.sub("", text)
