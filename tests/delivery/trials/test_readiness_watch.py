from tests.delivery.trials.readiness_watch import ReadinessWatch, Sight


def _watch(*seen: tuple[float, bool]) -> ReadinessWatch:
    watch = ReadinessWatch(0)
    watch.sights = [Sight(at, is_ready, "" if is_ready else "away") for at, is_ready in seen]
    return watch


def test_how_soon_it_told_and_was_well_again() -> None:
    watch = _watch((1, True), (2, True), (3, False), (4, True), (5, False), (6, True), (7, True))
    assert watch.told_after(2.5, 9) == 0.5
    assert watch.well_after(4.5) == 1.5
    assert watch.problems(4.5) == {"away"}


def test_what_told_nothing_or_is_not_well_yet_is_said_so() -> None:
    assert _watch((1, True), (2, True)).told_after(0, 9) is None
    assert _watch((1, True), (2, True)).well_after(0) == 0
    assert _watch((1, True), (2, False)).well_after(0) is None
