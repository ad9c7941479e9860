"""Makes the folder of a new knowledge base."""

from pathlib import Path

from knowledge.loading.json_schema import first_line, schema_files
from knowledge.wording.new_base_files import NEW_BASE_FILES
from knowledge.writing.publishing import NotWrittenError


def make_base(folder: Path) -> None:
    """Makes a folder with a small base that is live at once. Raises NotWrittenError when something is there already."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotWrittenError(f"{folder} is not empty; name a folder that is not there yet")
        for name, text in NEW_BASE_FILES.items():
            heading = f"{first_line(folder / name, folder)}\n" if name.endswith(".yaml") else ""
            _write(folder / name, heading + text)
        write_schemas(folder)
    except OSError as error:
        raise NotWrittenError(f"{folder} cannot be made: {error.strerror}") from None


def write_schemas(folder: Path) -> list[str]:
    """Writes the schemas of the files into the folder; the names of those that changed. Raises OSError."""
    changed = []
    for name, text in schema_files().items():
        file = folder / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            _write(file, text)
            changed.append(name)
    return changed


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
