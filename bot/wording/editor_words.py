"""What editors read of their entries: in the terminal, and on the console's page of the workbook."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.base import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesWords:
    """One language's words. `{names}` in them are filled in by the caller."""

    exported: str
    """With {file}."""
    not_xlsx: str
    """With {file}."""
    would_import: str
    """With {cells}, {entries}, {files} and {notes}."""
    imported: str
    topic: str
    """With {topics}: those that there are."""
    title: str
    """Of a topic that is not there yet."""
    question: str
    english_question: str
    asked_already: str
    """With {entry}."""
    phrasings: str
    answer: str
    source: str
    """With {sources}: those that there are."""
    no_such_source: str
    """With {sources}."""
    as_of: str
    entry_id: str
    wrong: str
    """With {wrong} and {advice}: an answer that cannot be taken."""
    write_it: str
    yes_or_no: str
    written: str
    """With {file}."""
    in_order: str
    in_scope: Mapping[str, str]
    """By verdict, as `knowledge.evaluation.verdicts` names it, like the next."""
    out_of_scope: Mapping[str, str]
    outcomes: Mapping[str, str]
    """By outcome, as `knowledge.finding` names it."""
    compared: str
    """With {asked} and {changed}."""
    no_such_state: str
    """With {name} and {folder}."""
    why_answered: str
    """Of an answer, with {question}, {entry} and {percent}; the next two are of suggestions and of none."""
    why_suggested: str
    why_refused: str
    why_gap: str
    """Of a known gap, with the same three."""
    why_nothing: str
    """Of a question to which no entry has anything near."""
    why_service: str
    """Of what is replied to without the entries."""
    understood: str
    """With {text}: the question as it was read in place of what was typed."""
    words_read: str
    """With {words}."""
    answered_too: str
    """With {entries}."""
    nearest: str
    known_gap: str
    made: str
    """With {folder}."""


_KOREAN = EntriesWords(
    exported="{file} 에 적었습니다. 엑셀에서 고친 뒤: python main.py entries import {file} --dry-run",
    not_xlsx="{file}: 이름이 .xlsx 로 끝나는 파일을 적으세요",
    would_import="바뀔 칸 {cells}개, 새 항목 {entries}개, 파일 {files}개, 알릴 것 {notes}개. "
    "아직 아무것도 쓰지 않았습니다.",
    imported="바뀐 칸 {cells}개, 새 항목 {entries}개, 파일 {files}개를 썼습니다. 알릴 것 {notes}개.",
    topic="주제 ({topics}; 새 주제는 영어 소문자로)",
    title="새 주제의 이름 (시민에게 보입니다. 예: 주차)",
    asked_already="이미 ‘{entry}’의 물음입니다. 다른 말로 적거나, 그 항목을 고치세요.",
    question="시민이 묻는 말",
    english_question="영어로 (없으면 Enter)",
    phrasings="다르게 묻는 말 (한 줄에 하나, 끝나면 Enter)",
    answer="답",
    source="출처 ({sources}; 없으면 Enter)",
    no_such_source="그런 출처가 없습니다. 있는 것: {sources}. 새 출처는 먼저 sources.yaml 에 적으세요.",
    as_of="언제의 사실인가요? 2026, 2026-11, 2026-11-27 (모르면 Enter)",
    entry_id="id",
    wrong="{wrong} {advice}",
    write_it="이대로 쓸까요?",
    yes_or_no="y(예) 또는 n(아니요)을 적으세요.",
    written="{file} 에 썼습니다.",
    in_order="모두 가지런합니다. 고칠 것이 없습니다.",
    in_scope={
        "answered_right": "자료에 있는 물음: 맞게 답함",
        "right_among_suggestions": "자료에 있는 물음: 고를 것에 맞는 답이 있음",
        "wrong_suggestions": "자료에 있는 물음: 고를 것에 맞는 답이 없음",
        "answered_wrong": "자료에 있는 물음: 틀리게 답함",
        "refused": "자료에 있는 물음: 모른다고 함",
    },
    out_of_scope={
        "answered": "자료에 없는 물음: 잘못 답함",
        "suggested": "자료에 없는 물음: 고르게 함",
        "refused": "자료에 없는 물음: 모른다고 함",
    },
    outcomes={"answer": "답", "suggestions": "고르기", "fallback": "모름"},
    no_such_state="{name}: 그런 폴더가 없고, {folder} 의 git 판도 아닙니다.",
    compared="물음 {asked}개 가운데 {changed}개의 답이 달라집니다.",
    why_answered="‘{question}’({entry})를 물은 것으로 보고 답했습니다. 맞을 확률은 {percent}%로 봅니다.",
    why_suggested="가장 가까운 것이 ‘{question}’({entry}) {percent}%라서 답하지 않고 고르게 했습니다. "
    "이 물음의 답이 맞으면 그 항목의 phrasings 에 이 말을 더하세요.",
    why_refused="답할 만큼 가까운 항목이 없습니다. 가장 가까운 것은 ‘{question}’({entry}) {percent}%입니다. "
    "그것이 답이면 phrasings 에 이 말을 더하고, 아니면 항목을 새로 적으세요.",
    why_gap="‘{question}’({entry})를 물은 것으로 보고(확률 {percent}%) 자료에 없다고 했습니다. "
    "답을 알게 되면 그 항목에서 known_gap 과 subject 를 지우고 answer 를 적으세요.",
    why_nothing="조금이라도 가까운 항목이 없습니다. 답해야 할 물음이면 항목을 새로 적으세요.",
    why_service="인사, 도움말, 다른 고장의 일처럼 항목을 찾지 않고 정해 둔 말로 답하는 말로 보았습니다.",
    understood="고쳐 읽은 물음: {text}",
    words_read="견준 낱말: {words}",
    answered_too="함께 답한 항목: {entries}",
    nearest="가까운 항목과 확률:",
    known_gap="자료에 없다고 적어 둔 것",
    made="{folder} 폴더를 만들었습니다. 처음 할 일은 그 안의 README.md 에 있습니다.",
)
_ENGLISH = EntriesWords(
    exported="Written to {file}. Change it in Excel, then: python main.py entries import {file} --dry-run",
    not_xlsx="{file}: give a file whose name ends with .xlsx",
    would_import="{cells} cells would change and {entries} entries be new, in {files} files; {notes} notes. "
    "Nothing is written yet.",
    imported="{cells} cells changed and {entries} entries are new, in {files} files; {notes} notes.",
    topic="Topic ({topics}; a new one in small letters)",
    title="Title of the new topic, as citizens see it",
    asked_already="That is a way to ask for ‘{entry}’ already. Ask otherwise, or change that entry.",
    question="What citizens ask, in Korean",
    english_question="In English (Enter for none)",
    phrasings="Other ways to ask it (one a line, Enter to end)",
    answer="The answer",
    source="Source ({sources}; Enter for none)",
    no_such_source="There is no such source, but: {sources}. Write a new one into sources.yaml first.",
    as_of="As of when? 2026, 2026-11, 2026-11-27 (Enter for unknown)",
    entry_id="id",
    wrong="{wrong} {advice}",
    write_it="Write it?",
    yes_or_no="Type y or n.",
    written="Written to {file}.",
    in_order="Everything is in order.",
    in_scope={
        "answered_right": "in scope: answered right",
        "right_among_suggestions": "in scope: right one offered",
        "wrong_suggestions": "in scope: only wrong ones offered",
        "answered_wrong": "in scope: answered wrong",
        "refused": "in scope: said not to know",
    },
    out_of_scope={
        "answered": "out of scope: answered",
        "suggested": "out of scope: others offered",
        "refused": "out of scope: said not to know",
    },
    outcomes={"answer": "answer", "suggestions": "suggestions", "fallback": "unknown"},
    no_such_state="{name} is neither a folder nor a git revision of {folder}",
    compared="{changed} of {asked} questions are answered differently.",
    why_answered="It was taken for ‘{question}’ ({entry}) and answered: right with a chance of {percent} %.",
    why_suggested="The nearest is ‘{question}’ ({entry}) with {percent} %, too little to answer, so it was offered. "
    "If it is the answer, add these words to its phrasings.",
    why_refused="No entry is near enough. The nearest is ‘{question}’ ({entry}) with {percent} %. "
    "If it is the answer, add these words to its phrasings, else write a new entry.",
    why_gap="It was taken for ‘{question}’ ({entry}) with {percent} %, which is not known. "
    "Once it is, take known_gap and subject out of that entry and write its answer.",
    why_nothing="No entry is near at all. If it should be answered, write a new entry.",
    why_service="It was taken for a greeting, a call for help, another city or the like, which no entry answers.",
    understood="Read as: {text}",
    words_read="Words compared: {words}",
    answered_too="Answered too: {entries}",
    nearest="Nearest entries, and how likely each is meant:",
    known_gap="a known gap",
    made="{folder} is made. What to do first is in its README.md.",
)
_BY_LANGUAGE: dict[Language, EntriesWords] = {"ko": _KOREAN, "en": _ENGLISH}


def entries_words(language: Language) -> EntriesWords:
    """The words of that language."""
    return _BY_LANGUAGE[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPageWords:
    """One language's words of the console's page on which the knowledge base goes out as a workbook and comes back."""

    title: str
    back: str
    take_out: str
    download: str
    change: str
    bring: str
    look: str
    look_hint: str
    preview: str
    """With {name}."""
    counts: str
    """With {cells}, {entries} and {files}, as has `published`."""
    nothing: str
    notes: str
    """Above conflicts and rows that are missing."""
    publish: str
    publish_hint: str
    published: str
    refused: str
    faults: str
    more: str
    """With {count}."""
    no_file: str
    changed_meanwhile: str
    not_written: str
    """With {reason}."""


_SHEET_PAGE: dict[Language, SheetPageWords] = {
    "ko": SheetPageWords(
        title="엑셀로 고치기",
        back="항목 목록으로",
        take_out="지금의 항목을 모두 엑셀 파일로 받습니다.",
        download="엑셀 파일 받기",
        change="엑셀에서 칸을 고치고 저장합니다. 새 항목은 맨 아래 줄에 적습니다. 적는 법은 첫 시트에 있습니다.",
        bring="고친 엑셀 파일(.xlsx)",
        look="무엇이 바뀌는지 보기",
        look_hint="보기만 하고, 아직 아무것도 바꾸지 않습니다.",
        preview="{name}: 이렇게 바뀝니다",
        counts="바뀔 칸 {cells}개, 새 항목 {entries}개, 파일 {files}개. 아직 아무것도 쓰지 않았습니다.",
        nothing="바뀌는 것이 없습니다.",
        notes="그대로 둔 것",
        publish="이대로 적용하기",
        publish_hint="파일에 쓰고 곧바로 시민에게 새 답이 나갑니다. 누가 적용했는지 기록에 남습니다.",
        published="적용했습니다. 바뀐 칸 {cells}개, 새 항목 {entries}개, 파일 {files}개. 곧 새 답이 나갑니다.",
        refused="이 엑셀 파일은 이대로 넣을 수 없습니다. 아무것도 쓰지 않았습니다.",
        faults="고칠 곳",
        more="이런 것이 {count}개 더 있습니다.",
        no_file="파일을 고르세요.",
        changed_meanwhile="그사이 지식 파일이 바뀌었습니다. 아래가 지금 바뀔 내용이니 다시 보고 적용하세요.",
        not_written="파일에 쓰지 못했습니다. 아무것도 바뀌지 않았습니다. 서버 담당자에게 알려 주세요: {reason}",
    ),
    "en": SheetPageWords(
        title="Change entries in Excel",
        back="To the entries",
        take_out="Take all entries of the moment out as a workbook for Excel.",
        download="Download the workbook",
        change="Change cells in Excel and save. A new entry goes into the next free row. The first sheet says how.",
        bring="The changed workbook (.xlsx)",
        look="See what would change",
        look_hint="This only looks; nothing is changed yet.",
        preview="{name}: this would change",
        counts="{cells} cells would change and {entries} entries be new, in {files} files. Nothing is written yet.",
        nothing="Nothing would change.",
        notes="Left as it is",
        publish="Publish it like this",
        publish_hint="The files are written, and citizens get the new answers at once. Who published is kept.",
        published="Published: {cells} cells changed, {entries} entries new, in {files} files. Soon they are live.",
        refused="This workbook cannot be brought in as it is. Nothing was written.",
        faults="To mend",
        more="{count} more like these.",
        no_file="Choose a file.",
        changed_meanwhile="The files changed meanwhile. This is what would change now: look again, and publish.",
        not_written="The files could not be written, nothing has changed. Tell whoever runs the server: {reason}",
    ),
}


def sheet_page_words(language: Language) -> SheetPageWords:
    """The words of that page in that language."""
    return _SHEET_PAGE[language]
