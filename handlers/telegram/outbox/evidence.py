"""Tells a limit from chance: some servers refuse calls now and then, whatever one does."""

_REMEMBERED = 2000
_OVERWHELMING = 1e12


class Chance:
    """How often calls are refused that keep to every limit there may be."""

    def __init__(self) -> None:
        self._calls = 50.0
        self._refused = 1.0

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self._refused / self._calls

    def add(self, *, refused: bool) -> None:
        """One more such call."""
        self._calls += 1
        self._refused += refused
        if self._calls > _REMEMBERED:
            self._calls /= 2
            self._refused /= 2


class Evidence:
    """How much likelier it is, after what was seen, that there is a limit than that there is none.

    Only calls count that a limit would refuse: a share of `refused_by_it` of them, from 0 to 1.
    """

    def __init__(self, refused_by_it: float, enough: float) -> None:
        self._refused_by_it = refused_by_it
        self._enough = enough
        self._odds = 1.0

    def add(self, *, refused: bool, chance: float) -> bool:
        """One more such call, where `chance` alone refuses that share; whether there is evidence enough now."""
        by_it = self._refused_by_it if refused else 1 - self._refused_by_it
        by_chance = chance if refused else 1 - chance
        self._odds = min(_OVERWHELMING, max(1.0, self._odds * by_it / by_chance))
        return self._odds >= self._enough

    def forget(self) -> None:
        """Begins anew."""
        self._odds = 1.0
