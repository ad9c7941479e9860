"""`new-base` makes a folder that is a good knowledge base at once; `schema` writes what text editors check by."""

from pathlib import Path

from knowledge.loading.loader import load_knowledge
from tests.handlers.command_line.small_program import SmallRoot, invoke


def test_a_new_base_has_no_fault_and_no_warning(root: SmallRoot, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    assert invoke(root, "new-base", folder).exit_code == 0
    result = invoke(root, "check", "--knowledge", folder, "--language", "en")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["3 entries, 0 errors, 0 warnings"]
    assert load_knowledge(folder).entries["gap-parking-fee"].known_gap


def test_a_folder_with_something_in_it_is_left_alone(root: SmallRoot) -> None:
    before = sorted(root.folder.rglob("*"))
    result = invoke(root, "new-base", root.folder)
    assert result.exit_code == 1
    assert "폴더에 이미 무엇이 있습니다." in result.stderr
    assert sorted(root.folder.rglob("*")) == before


def test_schemas_are_written_once(root: SmallRoot) -> None:
    written = {Path(line).name for line in invoke(root, "schema").stdout.split()}
    assert written == {"about.json", "figures.json", "sources.json", "topic.json", "vocabulary.json"}
    assert invoke(root, "schema").stdout == ""
