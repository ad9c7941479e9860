"""Fixtures that tests of every room can ask for, which tests are thorough, and how many run at once."""

import gc
import os
from collections import Counter

import pytest
from coverage import Coverage
from hypothesis import settings

settings.load_profile("ci")  # the same examples each time, however slow the machine is
pytest_plugins = ("tests.migrated_tables", "tests.postgresql", "tests.unsynced_files")


WHOLE_PROGRAMS = (
    "tests/bot/matcher_process/test_changing_base.py",
    "tests/bot/matcher_process/test_crashes.py",
    "tests/bot/matcher_process/test_damaged_files.py",
    "tests/bot/matcher_process/test_reloading.py",
    "tests/bot/matcher_process/test_supervisor.py",
    "tests/delivery/",
    "tests/follow_up/",
    "tests/handlers/web/browser/",
    "tests/test_main.py",
    "tests/test_serving.py",
    "tests/test_signals.py",
    "tests/test_start_faults.py",
)
MANY_CASES = (
    "tests/bot/follow_up/test_notification.py::test_two_hundred_askers_are_told_once",
    "tests/bot/storage/test_accounting.py",
    "tests/bot/storage/test_many_rows.py",
    "tests/knowledge/grouping/test_on_things.py",
    "tests/knowledge/loading/test_seeded_faults.py",
    "tests/knowledge/matching/test_fitting.py",
    "tests/knowledge/matching/test_general_fit.py",
    "tests/knowledge/matching/test_general_evidence.py::test_an_entrys_own_question_finds_it[semantic]",
    "tests/knowledge/spreadsheet/test_import_plan.py::test_a_hundred_random_edits_arrive_exactly",
    "tests/knowledge/spreadsheet/test_import_plan.py::test_out_and_in_unchanged_changes_no_byte",
    "tests/knowledge/test_opening.py::test_answers_are_the_same_in_every_process",
    "tests/knowledge/test_opening.py::test_start_from_the_cache_loads_nothing_it_can_do_without",
    "tests/knowledge/writing/test_formatting.py::test_the_files_that_we_give_are_in_order[knowledge]",
)
"""Each takes seconds of the processor; all that they promise is looked at in few cases by the tests beside them."""
_STORAGE = "tests/bot/storage/"
"""The room whose tests run on each database system every time; what builds on it behaves alike on all."""
UNTRACED = (
    # What the tests of fitting and of faults run, nothing else does.
    *(name for name in MANY_CASES if "fit" not in name and "faults" not in name),
    "tests/bot/storage/follow_up/test_forgetting.py",
    "tests/handlers/telegram/citizens/test_buttons.py",
    "tests/handlers/telegram/outbox/test_whole.py",
    "tests/handlers/telegram/staff/test_replies.py",
    "tests/handlers/telegram/staff/test_restarting.py",
    "tests/handlers/telegram/test_hostile_input.py",
    "tests/knowledge/loading/test_json_schema.py",
    "tests/knowledge/matching/test_general_evidence.py",
    "tests/knowledge/matching/test_hostile_questions.py",
    "tests/knowledge/matching/test_term_index.py",
    "tests/knowledge/test_facts.py",
)
"""They run what others run too: measuring coverage takes two to three times as long."""
_COVERING = 3
"""Cases of a test during which coverage is measured; further ones run the same lines."""
CASES_OF_THEIR_OWN = (
    "tests/bot/dialogue/test_conversations.py",
    "tests/handlers/telegram/staff/test_conversations.py",
    "tests/knowledge/loading/test_faults.py",
    "tests/knowledge/spreadsheet/test_hostile_books.py",
)
"""Here each case is another behaviour: coverage is measured in all."""
_TRACED = pytest.StashKey[bool]()
"""Whether coverage is measured during a test, and in what it is given."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is thorough. Whole programs go first: while one worker waits for them, others keep the cores busy.

    What coverage is not measured in comes last, together: to stop and begin measuring takes as long as a small test,
    and what is done once in a process, such as an import, is measured in the tests before.
    """
    cases = Counter[str]()
    for item in items:
        is_second = "postgresql" in _parameters(item) and not item.nodeid.startswith(_STORAGE)
        if is_second or item.nodeid.startswith((*WHOLE_PROGRAMS, *MANY_CASES)):
            item.add_marker(pytest.mark.thorough)
        test = item.nodeid.partition("[")[0]
        cases[test] += 1
        is_new = cases[test] <= _COVERING or item.nodeid.startswith(CASES_OF_THEIR_OWN)
        item.stash[_TRACED] = is_new and not is_second and not item.nodeid.startswith(UNTRACED)
    items.sort(key=_place)


def _place(item: pytest.Item) -> tuple[bool, bool]:
    is_whole = item.get_closest_marker("installs") or item.nodeid.startswith(WHOLE_PROGRAMS)
    return not is_whole, not item.stash[_TRACED]


def _parameters(item: pytest.Item) -> list[object]:
    call = getattr(item, "callspec", None)
    return list(call.params.values()) if call else []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Measures coverage or not, where it is measured at all, as the test needs."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    if not plugin or plugin.cov_controller.started == item.stash[_TRACED]:
        return
    if item.stash[_TRACED]:
        plugin.cov_controller.resume()
        return
    plugin.cov_controller.pause()
    while left := Coverage.current():  # pytest-cov has begun another in each of xdist's workers, which would go on now
        left.stop()


def pytest_collection_finish() -> None:
    """What has been made so far lives as long as the process: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: the tests that kill the assistant and count mostly wait for it."""
    return (os.cpu_count() or 1) + 1
