"""Files that would exhaust or crash a YAML library are refused, fast."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.yaml_format.yaml_reader import read_yaml
from tests.knowledge.loading.knowledge_folder import ENTRY, faults_of, write_folder
from tests.processor import processor_units

_FAST = 50  # a bomb that goes off takes minutes, or all memory
_MERGES = "".join(f"m{n}: &m{n}\n  <<: [*m{n - 1}, *m{n - 1}]\n" for n in range(1, 30))
BOMBS = {
    "aliases": ("a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 13)), "anchor"),
    "merge keys": ("m0: &m0 {a: 1}\n" + _MERGES, "anchor"),
    "merge of a mapping": ("topic: a\n<<: {entries: []}\n", "merge-key"),
    "brackets": ("[" * 100_000, "too-deep"),
    "braces": ("{a: " * 100_000, "too-deep"),
    "block levels": ("".join(" " * n + "- \n" for n in range(1, 400)), "too-deep"),
    "self reference": ("&a [*a]\n", "anchor"),
    "tag": ("topic: !!python/object/apply:os.system ['true']\n", "tag"),
    "directive": ("%YAML 1.1\n---\ntopic: a\n", "directive"),
    "two documents": (ENTRY + "---\n" + ENTRY, "document-mark"),
}


@pytest.mark.parametrize(("text", "expected"), BOMBS.values(), ids=BOMBS.keys())
def test_bomb_is_refused_fast(tmp_path: Path, text: str, expected: str) -> None:
    folder = write_folder(tmp_path, bomb=text)
    assert processor_units(lambda: faults_of(folder)) < _FAST
    faults = faults_of(folder)
    assert any(fault.startswith("entries/bomb.yaml:") and expected in fault for fault in faults), faults


def test_huge_file_is_refused_unread(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, huge="")
    with (folder / "entries/huge.yaml").open("wb") as file:
        file.truncate(100_000_000)
    assert processor_units(lambda: faults_of(folder)) < _FAST
    (fault,) = faults_of(folder)
    assert fault == "entries/huge.yaml:1:1: too-large"


@settings(max_examples=300)
@given(
    raw=st.one_of(st.binary(max_size=200), st.text("ab:[]{}-?!&*<%@`|>'\"#,\\ \n\t가\x00", max_size=60).map(str.encode))
)
def test_random_bytes_never_raise(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "random.yaml"
    file.write_bytes(raw)
    document, faults = read_yaml(file, "random.yaml")
    assert document.data is not None or faults


@settings(max_examples=100)
@given(cut=st.integers(0, len(ENTRY.encode())), junk=st.binary(max_size=4))
def test_damaged_topic_loads_or_has_faults(tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "damaged"
    (folder / "entries").mkdir(parents=True, exist_ok=True)
    raw = ENTRY.encode()
    (folder / "entries/money.yaml").write_bytes(raw[:cut] + junk + raw[cut:])
    assert all(fault.startswith("entries/money.yaml:") for fault in faults_of(folder))
