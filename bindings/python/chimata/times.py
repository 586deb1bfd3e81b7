"""Times that differ from person to person: how long people stay, and when they set out."""

from __future__ import annotations

from typing import Any

from .errors import did_you_mean, input_error

#: names of the values that each law takes
_VALUES = {
    "constant": ("s",),
    "exponential": ("mean_s",),
    "rayleigh": ("mean_s",),
    "lognormal": ("mean_s", "variation"),
    "uniform": ("from_s", "to_s"),
}


def law_of_time(given: Any, where: str) -> tuple[str, float, float]:
    """A law as the engine takes it, (name, mean in s, standard deviation over mean).

    ``given`` is a number of s for all, or a tuple: ("exponential", mean_s), ("rayleigh", mean_s),
    ("lognormal", mean_s, variation), variation being standard deviation over mean, or ("uniform", from_s,
    to_s).

    Raises
    ------
    InputError : there is no such law, or it takes other values
    """
    law, *values = given if isinstance(given, tuple | list) else ("constant", given)
    if law not in _VALUES:
        raise input_error(where, f"there is no law {law!r}", did_you_mean(str(law), _VALUES))
    names = _VALUES[law]
    if len(values) != len(names):
        listed = ", ".join((repr(law), *names))
        raise input_error(where, f"law {law!r} has {len(values)} values", f"give ({listed})")
    try:
        numbers = [float(value) for value in values]
    except (TypeError, ValueError):
        raise input_error(where, f"{given!r} is no law of time", "give s, or a tuple") from None
    if law != "uniform":
        return law, numbers[0], numbers[1] if len(numbers) > 1 else 0.5
    low, high = numbers
    if not 0 <= low < high:
        raise input_error(where, f"is uniform from {low} to {high} s", "give 0 <= from_s < to_s")
    return law, (low + high) / 2, float((high - low) / (3**0.5 * (low + high)))
