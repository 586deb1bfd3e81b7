"""Errors a user can mend; each is one line: where, what is wrong, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from ._core import Cancelled, InputError

__all__ = ["Cancelled", "InputError", "did_you_mean", "input_error"]


def input_error(where: str, problem: str, fix: str = "") -> InputError:
    """The error "where: problem; fix", in the words of the compiled engine."""
    return InputError(f"{where}: {problem}" + (f"; {fix}" if fix else ""))


def did_you_mean(wrong: str, known: Iterable[str], limit: int = 6) -> str:
    """What to do about an unknown name: the nearest known ones, else the first few."""
    names = list(known)
    near = difflib.get_close_matches(wrong, names, n=2, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(near) + "?"
    more = ", …" if len(names) > limit else ""
    return f"known are {', '.join(names[:limit])}{more}" if names else "there is none"
