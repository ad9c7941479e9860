"""What is said of faults in Korean."""

from collections.abc import Mapping
from typing import Final

from knowledge.wording.report_words import FaultWords

_SAVE_AS_UTF8 = (
    "메모장: [파일] - [다른 이름으로 저장]에서 인코딩을 ‘UTF-8’로 골라 저장하세요. "
    "한글: [다른 이름으로 저장하기]에서 파일 형식은 ‘텍스트 문서’, 문자 코드는 ‘유니코드(UTF-8)’로 고르고 "
    "파일 이름을 ‘{name}’로 적으세요."
)

KOREAN: Final[Mapping[str, FaultWords]] = {
    # files
    "utf-16": FaultWords("파일이 UTF-16으로 저장되어 있습니다.", _SAVE_AS_UTF8),
    "cp949": FaultWords("파일이 옛 한글 코드(CP949, ANSI)로 저장되어 있습니다.", _SAVE_AS_UTF8),
    "not-utf-8": FaultWords("파일이 UTF-8 글이 아닙니다({byte}번째 바이트).", _SAVE_AS_UTF8),
    "document-file": FaultWords(
        "글 파일이 아니라 {program} 문서입니다.",
        "문서를 열어 내용을 복사하고, 메모장에 붙여 인코딩 ‘UTF-8’, 이름 ‘{name}’로 저장하세요.",
    ),
    "unreadable": FaultWords("파일을 열 수 없습니다({reason}).", "파일이 있는지, 읽을 권한이 있는지 확인하세요."),
    "too-large": FaultWords("파일이 {limit}바이트를 넘습니다.", "주제를 파일 두 개로 나누세요."),
    "empty-file": FaultWords("파일이 비어 있습니다.", "내용을 적거나, 쓰지 않는 파일이면 지우세요."),
    "cut-off": FaultWords(
        "파일이 줄 가운데에서 끝납니다. 저장이 끝나지 않은 것처럼 보입니다.",
        "마지막 줄이 온전한지 보고, 줄 끝에서 Enter 를 누른 뒤 다시 저장하세요.",
    ),
    "wrong-name": FaultWords(
        "이름이 ‘{name}’인 파일은 읽지 않습니다.",
        "파일 이름을 ‘{near}’로 바꾸세요. (탐색기: [보기] - ‘파일 확장명’을 켜면 끝까지 보입니다)",
    ),
    "not-read": FaultWords(
        "‘{name}’: 이 폴더에서 읽는 것은 이름이 .yaml 로 끝나는 파일뿐입니다.",
        "다른 폴더로 옮기세요.",
        nearer="주제를 적은 파일이면 이름을 ‘{near}’로 바꾸고, 아니면 다른 폴더로 옮기세요.",
    ),
    "not-in-entries": FaultWords(
        "‘{name}’: 여기에 있는 파일은 읽지 않습니다.", "주제를 적은 파일이면 entries 폴더로 옮기세요."
    ),
    "question-file-not-read": FaultWords(
        "‘{name}’: 연습 문제는 questions 안의 폴더에 있는, 이름이 .jsonl 로 끝나는 파일에서만 읽습니다.",
        '‘{near}’에 한 줄에 하나씩 적으세요. 예: {{"question": "주차비", "entry": "parking-fee"}}',
    ),
    "not-a-file": FaultWords(
        "‘{name}’: 글이 든 파일이 아니라 파이프, 소켓 또는 장치입니다.", "그 자리에 글이 든 파일을 두세요."
    ),
    "no-topics": FaultWords(
        "이 폴더에 .yaml 파일이 없습니다.", "entries 폴더가 들어 있는 폴더를 지정했는지 확인하세요."
    ),
    # writing
    "full-width-colon": FaultWords("쌍점이 전각 ‘：’입니다.", "반각 쌍점과 빈칸을 쓰세요: {near}"),
    "missing-colon": FaultWords("‘{key}’ 뒤에 쌍점(:)이 없습니다.", "이렇게 적으세요: {near}"),
    "missing-space": FaultWords("‘{key}:’ 뒤에 빈칸이 없습니다.", "쌍점 뒤를 한 칸 띄우세요: {near}"),
    "tab": FaultWords(
        "들여쓰기에 탭(Tab)이 있습니다.", "탭을 지우고 빈칸(스페이스)으로 맞추세요. 한 단계는 두 칸입니다."
    ),
    "odd-space": FaultWords("보통 빈칸이 아닌 {name}이 있습니다.", "그 자리를 지우고 스페이스 키로 다시 띄우세요."),
    "missing-dash-space": FaultWords("줄표(-) 뒤에 빈칸이 없습니다.", "이렇게 적으세요: {near}"),
    "bullet": FaultWords(
        "목록이 글머리 기호 ‘{sign}’로 시작합니다.", "목록의 각 줄은 줄표와 빈칸으로 시작하세요: {near}"
    ),
    "missing-dash": FaultWords("목록의 줄이 줄표로 시작하지 않습니다.", "이렇게 적으세요: {near}"),
    "list-behind-key": FaultWords(
        "목록의 첫 줄이 이름과 같은 줄에 있습니다.", "다음 줄로 옮겨 다른 줄표와 맞추어 적으세요: {near}"
    ),
    "text-not-moved-in": FaultWords(
        "‘|’ 아래의 글이 들여 쓰이지 않았습니다.", "글의 모든 줄 앞에 빈칸 {near}개를 두세요."
    ),
    "text-after-pipe": FaultWords(
        "‘{sign}’와 같은 줄에 글이 있습니다.",
        "‘{sign}’ 뒤에서 줄을 바꾸고, 글은 다음 줄부터 빈칸 {near}개를 두고 적으세요.",
    ),
    "wrong-pipe": FaultWords(
        "‘{sign}’는 세로줄(|)이 아니라 비슷한 글자여서 시민에게 그대로 보입니다.",
        "Shift 와 \\(￦)를 눌러 세로줄을 적으세요: {near}",
    ),
    "document-mark": FaultWords("‘{sign}’만 있는 줄은 파일 가운데에 쓸 수 없습니다.", "이 줄을 지우세요."),
    "wrong-top": FaultWords(
        "파일이 이름과 쌍점으로 시작하지 않습니다.", "맨 왼쪽에 이름과 쌍점부터 적으세요. 예: {example}"
    ),
    "stray-sign": FaultWords("줄 앞에 ‘{sign}’가 있습니다.", "그 글자를 빈칸으로 바꾸세요: {near}"),
    "strange-line": FaultWords(
        "이 줄이 어디에 속하는지 알 수 없습니다.",
        "위 줄과 첫 글자를 맞추거나, 줄표(-)나 이름과 쌍점으로 시작하거나, 지우세요.",
    ),
    "text-before-list": FaultWords(
        "‘{key}:’ 뒤에 글이 있는데 아래에 목록도 있습니다.",
        "쌍점 뒤의 글을 지우거나, 아래에 한 줄로 옮기세요: {near}",
    ),
    "line-without-key": FaultWords(
        "위의 ‘{key}’에 이어지는 글 같은데 들여 쓰이지 않았습니다.",
        "‘{key}: |’만 한 줄에 두고, 글은 모두 그 아래에 빈칸 {near}개를 두고 적으세요.",
    ),
    "language-beside-key": FaultWords(
        "‘{below}:’가 위의 ‘{key}:’ 아래로 들여 쓰이지 않았습니다.",
        "ko 와 en 앞에 빈칸 {near}개를 두고, 그 아래의 줄도 그만큼 더 들여 쓰세요.",
    ),
    "two-keys": FaultWords(
        "한 줄에 두 가지가 있습니다.", "‘{key}:’ 앞에서 줄을 바꾸고 위 줄의 이름과 첫 글자를 맞추세요."
    ),
    "language-behind-key": FaultWords(
        "‘{below}:’가 ‘{key}:’와 같은 줄에 있습니다.",
        "‘{key}:’ 뒤에서 줄을 바꾸고, ko 와 en 을 한 줄씩 빈칸 {near}개 뒤에 적으세요.",
    ),
    "comma-at-end": FaultWords("줄 끝에 쉼표가 있습니다.", "쉼표를 지우세요: {near}"),
    "second-topic": FaultWords(
        "파일 하나에 주제가 두 번 있습니다. 처음은 {first}번째 줄입니다.",
        "여기부터 ‘entries:’까지의 줄을 지우거나, 여기부터 끝까지를 다른 파일로 옮기세요.",
    ),
    "merge-conflict": FaultWords(
        "두 사람이 같은 곳을 고쳐 표시(<<<<<<<, =======, >>>>>>>)가 남았습니다.",
        "둘 가운데 맞는 것만 남기고 표시가 있는 줄을 지우세요.",
    ),
    "colon-in-text": FaultWords("글 안에 쌍점과 빈칸(: )이 있습니다.", "글 전체를 따옴표로 묶으세요: {near}"),
    "hash-in-text": FaultWords(
        "‘{lost}’는 메모로 여겨 글에서 빠집니다.",
        "글이면 전체를 따옴표로 묶으세요: {near}  (메모라면 # 앞을 두 칸 띄우거나 따로 한 줄에 적으세요)",
    ),
    "leading-sign": FaultWords("글이 ‘{sign}’로 시작합니다.", "글 전체를 따옴표로 묶으세요: {near}"),
    "text-after-quote": FaultWords(
        "따옴표가 닫힌 뒤에 글이 더 있습니다.", "글 전체를 한 쌍의 따옴표로 묶으세요: {near}"
    ),
    "open-quote": FaultWords("따옴표 {sign}가 열리고 닫히지 않았습니다.", "글의 끝에도 {sign}를 적으세요."),
    "open-bracket": FaultWords("‘{sign}’가 열리고 닫히지 않았습니다.", "목록의 끝에 ‘{closing}’를 적으세요."),
    "pipe-over-languages": FaultWords(
        "‘{key}:’ 뒤에 |가 있어, 아래의 ‘{below}’까지 글로 읽힙니다.",
        "이 줄의 |를 지우세요: {near}  (|는 글 바로 위, ‘{below} |’에만 씁니다)",
    ),
    "smart-quotes": FaultWords(
        "둥근 따옴표 {sign}는 글자로 여겨 시민에게 그대로 보입니다.", "곧은 따옴표로 바꾸세요: {near}"
    ),
    "hidden-character": FaultWords(
        "보이지 않는 글자가 있습니다({name}).",
        "그 앞뒤 글자까지 지우고 다시 입력하세요. 한글이나 워드에서 복사할 때 따라옵니다.",
    ),
    "control-character": FaultWords("글에 쓸 수 없는 글자가 있습니다({name}).", "그 글자를 지우세요."),
    "full-width-comma": FaultWords(
        "목록을 전각 쉼표 ‘{sign}’로 나누어 한 덩어리로 읽힙니다.", "반각 쉼표와 빈칸을 쓰세요: {near}"
    ),
    "indentation": FaultWords(
        "들여쓰기가 다른 줄과 맞지 않습니다(지금 {now}칸).",
        "같은 단계의 줄과 첫 글자를 맞추세요.",
        nearer="앞에 빈칸 {near}개를 두어 같은 단계의 줄과 맞추세요.",
    ),
    "syntax": FaultWords(
        "이 줄을 읽을 수 없습니다.",
        "이 줄과 바로 위 줄의 쌍점, 따옴표, 괄호, 들여쓰기를 확인하세요.",
    ),
    "anchor": FaultWords("‘&’로 시작하는 이름표는 쓸 수 없습니다.", "글이면 따옴표로 묶으세요: {near}"),
    "alias": FaultWords("글이 ‘*’로 시작합니다.", "글 전체를 따옴표로 묶으세요: {near}"),
    "tag": FaultWords("글이 ‘!’로 시작합니다.", "글 전체를 따옴표로 묶으세요: {near}"),
    "directive": FaultWords("줄이 ‘%’로 시작합니다.", "글 전체를 따옴표로 묶으세요."),
    "merge-key": FaultWords("‘<<’는 쓸 수 없습니다.", "내용을 풀어서 적으세요."),
    "too-deep": FaultWords("{limit}단계보다 깊이 들어가 있습니다.", "괄호나 들여쓰기를 확인하세요."),
    # what belongs where
    "key-not-text": FaultWords("쌍점 앞에는 이름이 와야 하는데 {what}가 있습니다.", "쌍점 앞을 글로 적으세요."),
    "unknown-key": FaultWords(
        "‘{key}’라는 이름은 여기에 쓸 수 없습니다.",
        "여기에 쓸 수 있는 것: {known}. 글의 일부라면 위 줄 끝에 |를 적거나 글 전체를 따옴표로 묶으세요.",
        nearer="‘{near}’라고 적으세요.",
    ),
    "more-unknown-keys": FaultWords(
        "여기서부터 모르는 항목이 {count}개 더 있습니다.", "다른 파일의 내용을 붙여 넣은 것이 아닌지 확인하세요."
    ),
    "missing-key": FaultWords("‘{key}’가 없습니다.", "이렇게 한 줄을 더하세요: {example}"),
    "key-twice": FaultWords("‘{key}’가 두 번 있습니다. 처음은 {first}번째 줄입니다.", "하나만 남기세요."),
    "entry-without-dash": FaultWords(
        "항목이 줄표(-)로 시작하지 않습니다.",
        "빈칸 {dash}개 뒤에 줄표를 적고, 아래의 줄은 빈칸 {keys}개 뒤에 적으세요: {near}",
    ),
    "entry-without-id": FaultWords(
        "여기서부터 다른 항목 같은데 시작하는 줄(- id: …)이 없습니다. 앞의 물음은 {first}번째 줄입니다.",
        "이 줄 위에 ‘- id: parking-fee’처럼 한 줄을 더하세요. 한 항목이면 하나만 남기세요.",
    ),
    "list-for-text": FaultWords("‘{key}’에는 글 하나가 와야 하는데 목록이 있습니다.", "이렇게 적으세요: {near}"),
    "mapping-for-text": FaultWords(
        "글이 올 자리에 쌍점으로 나뉜 것이 있습니다.", "글이면 전체를 따옴표로 묶으세요: {near}"
    ),
    "list-for-lines": FaultWords(
        "‘{key}’에는 글 하나가 와야 하는데 목록이 있습니다.",
        "‘{near}’를 적고, 글은 다음 줄부터 두 칸 들여 적으세요. 글 안의 줄표(-)는 그대로 두어도 됩니다.",
    ),
    "text-for-keys": FaultWords("‘{key}’에는 무엇인지 나누어 적어야 합니다.", "이렇게 적으세요: {near}"),
    "text-for-list": FaultWords("‘{key}’에는 목록이 와야 하는데 글이 있습니다.", "이렇게 적으세요: {near}"),
    "wrong-form": FaultWords("‘{key}’의 모양이 다릅니다.", "docs/editors.ko.md 의 보기처럼 적으세요."),
    "too-long": FaultWords(
        "‘{key}’의 글이 {length}자로, {limit}자보다 {over}자 깁니다.", "{over}자를 줄이거나 항목 둘로 나누세요."
    ),
    "empty-text": FaultWords("‘{key}’가 비어 있습니다.", "글을 적거나 이 줄을 지우세요."),
    "empty-needed": FaultWords("‘{key}’가 비어 있습니다.", "쌍점 뒤에 글을 적으세요."),
    "empty-list": FaultWords(
        "‘{key}’ 아래에 항목이 없습니다.", "다음 줄에 두 칸을 띄우고 ‘- id: parking-fee’처럼 적으세요."
    ),
    "too-many": FaultWords("‘{key}’가 {count}개로, {limit}개보다 많습니다.", "{over}개를 빼세요."),
    "too-few": FaultWords("‘{key}’ 목록이 비어 있습니다.", "하나 이상 적거나 이 줄을 지우세요."),
    "bad-id": FaultWords(
        "‘{value}’는 쓸 수 없는 이름입니다.",
        "영어 소문자와 숫자, 그 사이의 줄표만 {limit}자까지 씁니다. 예: parking-fee",
        nearer="영어 소문자와 숫자, 그 사이의 줄표만 {limit}자까지 씁니다: {near}",
    ),
    "not-an-entry": FaultWords(
        "‘{value}’는 항목의 id 가 아닙니다.", "물음이 아니라 다른 항목의 id 를 적으세요. 예: [parking-fee]"
    ),
    "not-a-source": FaultWords(
        "‘{value}’는 출처의 이름이 아닙니다.", "sources.yaml 에서 쌍점 앞에 있는 영어 이름을 적으세요. 예: guide"
    ),
    "open-bold": FaultWords("굵은 글씨의 **가 열리고 닫히지 않았습니다.", "굵게 할 말의 양쪽에 **를 적으세요."),
    "bad-date": FaultWords(
        "‘{value}’는 날짜로 읽을 수 없습니다.", "{forms}처럼 적으세요.", nearer="이렇게 적으세요: {near}"
    ),
    "no-such-day": FaultWords("‘{value}’는 달력에 없는 날입니다.", "날짜를 확인하세요."),
    "bad-yes-no": FaultWords(
        "‘{value}’는 true 도 false 도 아닙니다.",
        "true 또는 false 로 적으세요.",
        nearer="이렇게 적으세요: {key}: {near}",
    ),
    "bad-telephone": FaultWords("‘{value}’는 전화번호가 아닙니다.", "062-000-0000처럼 숫자로 적으세요."),
    "bad-page": FaultWords("‘{value}’는 누리집 주소가 아닙니다.", "https:// 로 시작하는 주소를 적으세요."),
    "bad-choice": FaultWords(
        "‘{value}’는 여기에 쓸 수 없습니다.",
        "쓸 수 있는 것: {expected}",
        nearer="‘{near}’로 적으세요. 쓸 수 있는 것: {expected}",
    ),
    # what refers to what
    "id-twice": FaultWords("id ‘{value}’가 이미 {first}에 있습니다.", "다른 id 로 바꾸거나 하나를 지우세요."),
    "topic-twice": FaultWords(
        "주제 ‘{value}’가 이미 {first}에 있습니다.",
        "복사된 파일이면 지우고, 새 주제이면 topic 을 다른 이름으로 바꾸세요.",
    ),
    "unknown-entry": FaultWords(
        "id 가 ‘{value}’인 항목이 없습니다.", "id 를 확인하거나 ‘{value}’를 지우세요.", nearer="‘{near}’를 뜻했나요?"
    ),
    "no-sources": FaultWords(
        "항목 {count}개가 출처({names})를 적었는데 sources.yaml 에 출처가 없습니다.",
        "sources.yaml 을 만들어 출처마다 한 줄씩 적으세요: {value}: {{name: 출처의 이름}}",
    ),
    "unknown-source": FaultWords(
        "‘{value}’라는 출처가 sources.yaml 에 없습니다.",
        "sources.yaml 에 더하세요: {value}: {{name: 출처의 이름}}",
        nearer="‘{near}’를 뜻했나요? 새 출처라면 sources.yaml 에 더하세요.",
    ),
    "self-reference": FaultWords("see_also 가 자기 자신 ‘{value}’를 가리킵니다.", "‘{value}’를 지우세요."),
    "subject-without-gap": FaultWords(
        "‘subject’는 모르는 것(known_gap: true)에만 씁니다.", "subject 를 지우거나 known_gap: true 를 더하세요."
    ),
    "other": FaultWords("‘{key}’: {message}", "docs/editors.ko.md 의 보기를 보세요."),
    # workbooks
    "sheet-not-excel": FaultWords(
        "엑셀 통합 문서(.xlsx)로 읽을 수 없습니다.", "엑셀에서 열어 ‘Excel 통합 문서(*.xlsx)’로 다시 저장하세요."
    ),
    "sheet-too-large": FaultWords(
        "파일이 너무 큽니다({limit}MB 초과).", "그림과 쓰지 않는 시트를 지우고 다시 저장하세요."
    ),
    "sheet-too-many-rows": FaultWords("줄이 너무 많습니다({limit}줄 초과).", "빈 줄과 서식을 지우고 다시 저장하세요."),
    "sheet-merged": FaultWords("합친 칸({cells})이 있습니다.", "[셀 병합]을 풀고 칸마다 적으세요."),
    "sheet-unknown-column": FaultWords(
        "‘{name}’라는 열은 모릅니다.", "열의 이름을 처음대로 되돌리거나 그 열을 지우세요."
    ),
    "sheet-column-twice": FaultWords("‘{name}’ 열이 두 번 있습니다.", "하나를 지우세요."),
    "sheet-missing-column": FaultWords("‘{name}’ 열이 없습니다.", "첫 줄에 열의 이름을 처음대로 적으세요."),
    "sheet-formula": FaultWords(
        "칸에 수식이 있습니다({text}).", "값을 글로 적으세요. =로 시작하는 글은 앞에 작은따옴표(')를 적습니다."
    ),
    "sheet-error": FaultWords("칸에 오류 값이 있습니다({text}).", "값을 글로 적으세요."),
    "sheet-date": FaultWords(
        "엑셀이 날짜, 시각 또는 금액으로 바꾼 칸입니다({text}).", "칸 서식을 ‘텍스트’로 바꾸고 다시 적으세요."
    ),
    "sheet-asked": FaultWords(
        "‘{text}’는 이미 ‘{other}’의 물음입니다. 둘 중 무엇인지 아무도 알 수 없습니다.",
        "한쪽에서 지우세요. 이미 있는 항목을 고치는 줄이면 id 칸에 {other} 를 적으세요.",
    ),
    "sheet-yes": FaultWords(
        "‘{value}’는 예 도 빈칸도 아닙니다.", "자료에 없어 답하지 못하는 것이면 예, 아니면 비워 두세요."
    ),
    "sheet-empty": FaultWords("‘{heading}’ 칸이 비어 있습니다.", "이 칸에 글을 적으세요."),
    "sheet-bad-topic": FaultWords(
        "시트 이름 ‘{name}’는 주제의 이름으로 쓸 수 없습니다.",
        "영어 소문자와 숫자, 줄표로 바꾸세요. 예: parking (시민에게 보일 이름은 넣은 다음 파일의 title 에 적습니다)",
    ),
    "sheet-conflict": FaultWords(
        "‘{value}’의 ‘{heading}’은 내보낸 뒤 파일에서도 바뀌어 그대로 두었습니다. 파일: ‘{here}’ 엑셀: ‘{there}’.",
        "다시 내보낸 엑셀에 적어 넣으세요.",
    ),
    "sheet-row-missing": FaultWords(
        "엑셀에 ‘{value}’ 줄이 없지만 항목은 지우지 않았습니다.", "지우려면 yaml 파일에서 지우세요."
    ),
    # writing the files
    "copy-not-made": FaultWords(
        "시험해 볼 사본을 만들 수 없습니다({reason}).", "디스크에 빈 곳을 만들고 다시 해 보세요."
    ),
    "changed-meanwhile": FaultWords("그사이 {file} 파일이 바뀌어 아무것도 쓰지 않았습니다.", "다시 해 보세요."),
    "file-not-written": FaultWords(
        "{file} 파일에 쓸 수 없습니다({reason}). 아무것도 바뀌지 않았습니다.",
        "다른 프로그램이 열고 있지 않은지, 쓸 권한과 빈 곳이 있는지 보세요.",
    ),
    "file-not-read": FaultWords(
        "{file} 파일을 읽을 수 없습니다({reason}). 아무것도 쓰지 않았습니다.",
        "파일이 있는지, 읽을 권한이 있는지 보세요.",
    ),
    "folder-not-empty": FaultWords("{folder} 폴더에 이미 무엇이 있습니다.", "아직 없는 폴더의 이름을 적으세요."),
    "folder-not-made": FaultWords("{folder} 폴더를 만들 수 없습니다({reason}).", "쓸 수 있는 곳의 이름을 적으세요."),
    "not-as-wanted": FaultWords(
        "적은 그대로 파일에 옮길 수 없는 항목이 있어 아무것도 쓰지 않았습니다: {entries}.",
        "그 항목은 yaml 파일에서 바로 고치세요.",
    ),
    "order-loses": FaultWords(
        "{file} 파일은 메모를 잃지 않고 가지런히 할 수 없어 그대로 두었습니다.", "손으로 고치세요."
    ),
    "order-fails": FaultWords("{file} 파일을 가지런히 할 수 없어 그대로 두었습니다({reason}).", "손으로 고치세요."),
    # question files
    "question-not-json": FaultWords(
        "이 줄은 물음 파일의 모양(JSON)이 아닙니다.",
        '따옴표, 쉼표, 쌍점을 보세요. 예: {{"question": "주차비", "entry": "parking-fee"}}',
    ),
    "question-encoding": FaultWords("파일이 UTF-8 글이 아닙니다.", "메모장에서 인코딩을 ‘UTF-8’로 골라 저장하세요."),
    "question-unreadable": FaultWords(
        "파일을 열 수 없습니다({reason}).", "파일이 있는지, 읽을 권한이 있는지 확인하세요."
    ),
    "question-list": FaultWords("파일이 물음의 목록이 아닙니다.", "줄마다 줄표와 빈칸으로 시작하세요."),
    "question-without-key": FaultWords("물음 앞에 ‘question:’이 없습니다.", "이렇게 적으세요: {near}"),
    "question-form": FaultWords(
        "이 줄에 물음이 없습니다.", '이렇게 적으세요: {{"question": "주차비", "entry": "parking-fee"}}'
    ),
    "question-turns": FaultWords(
        "‘turns’에는 물음의 목록이 와야 하고, 그 옆에 question 이 없어야 합니다.",
        '이렇게 적으세요: {{"turns": [{{"question": "…", "entry": "…"}}]}}',
    ),
    "question-id": FaultWords("‘id’가 글이 아닙니다.", "id 를 글로 적거나 지우세요."),
    "question-missing": FaultWords("‘question’이 없거나 비어 있습니다.", "시민이 묻는 말을 적으세요."),
    "question-outcome": FaultWords(
        "무엇이 맞는 답인지 없거나 둘 이상입니다.",
        "entry, must, unanswerable: true 가운데 하나만 적으세요.",
    ),
    "question-texts": FaultWords("‘{key}’에는 글이나 글의 목록이 와야 합니다.", "따옴표로 묶은 글을 적으세요."),
    "question-pattern": FaultWords("‘{pattern}’는 정규식이 아닙니다.", "괄호와 역슬래시를 확인하세요."),
    # advice on what can be read
    "asked-twice": FaultWords(
        "‘{text}’는 이미 ‘{other}’의 물음입니다({where}). 둘 중 무엇인지 아무도 알 수 없습니다.",
        "한쪽에서 지우세요.",
    ),
    "asked-again": FaultWords("‘{text}’는 같은 항목에 이미 있습니다({where}).", "하나를 지우세요."),
    "few-phrasings": FaultWords(
        "‘{entry}’에는 다른 물음(phrasings, {language})이 {count}개 있습니다.", "{enough}개 이상이면 더 잘 찾습니다."
    ),
    "no-english": FaultWords("‘{entry}’에는 {key}의 영어가 없습니다.", "영어(en)를 더하세요."),
    "review-due": FaultWords(
        "확인할 날({day})이 지난 항목이 이 파일에 {count}개 있습니다.",
        "아직 맞는지 확인하고 review_by 를 새로 적으세요.",
    ),
    "no-contact": FaultWords(
        "문의처(contact)가 없어, 시민에게 정해진 곳이 없다고 말합니다.", "about.yaml 에 contact 를 적으세요."
    ),
    "won-by-another": FaultWords(
        "‘{text}’가 적혀 있지 않았다면 ‘{entry}’가 아니라 ‘{other}’로 답했을 것입니다.",
        "둘을 가를 낱말이 든 물음을 양쪽에 더 적으세요.",
    ),
    "missed-question": FaultWords(
        "‘{text}’에 답하지 못합니다. ‘{entry}’가 그 답입니까?", "그렇다면 그 항목의 phrasings 에 더하세요."
    ),
    "question-taken": FaultWords(
        "‘{other}’가 답하던 ‘{text}’에 이제 ‘{entry}’가 답합니다.", "앞의 답이 맞으면 ‘{other}’에 이 물음을 더하세요."
    ),
    "gap-is-answered": FaultWords(
        "모르는 것 ‘{entry}’의 물음에 이제 ‘{other}’가 답합니다.", "‘{entry}’를 지우거나 물음을 좁히세요."
    ),
    "figure-without-source": FaultWords(
        "‘{entry}’의 답에 숫자(‘{figure}’)가 있는데 출처가 없습니다.", "source 에 sources.yaml 의 이름을 적으세요."
    ),
    "figure-not-in-source": FaultWords(
        "‘{entry}’의 답에 있는 숫자 ‘{figure}’가 출처({source})의 숫자 목록에 없습니다.",
        "출처에서 다시 확인하세요. 맞으면 figures.yaml 의 그 출처 아래에 한 줄을 더하세요: - {figure}",
    ),
    "figure-of-another": FaultWords(
        "‘{entry}’의 답에 있는 숫자 ‘{figure}’는 출처({source})에서 다른 것의 숫자입니다.",
        "이 숫자와 함께 적어야 하는 말: {beside}. 맞는 숫자이면 figures.yaml 의 beside 에 이 답의 말을 더하세요.",
    ),
    "one-voiced": FaultWords(
        "‘{entry}’의 물음 {count}개가 모두 ‘{alike}’ 꼴입니다. 다르게 묻는 시민은 찾지 못합니다.",
        "짧은 말(주차비), 반말, 다른 낱말로 묻는 말을 더하세요.",
    ),
    "answer-not-first": FaultWords(
        "‘{entry}’의 답이 ‘{first}’로 시작합니다. 첫 줄에 답이 없습니다.",
        "인사와 물음은 지우고, 첫 줄에 답부터 적으세요.",
    ),
    "long-answer": FaultWords(
        "‘{entry}’의 답이 {length}자입니다. 전화기 화면에는 {limit}자 안쪽이 좋습니다.",
        "첫 줄에 답을 적고, 나머지는 다른 항목으로 나누어 see_also 로 이으세요.",
    ),
    "unused-words": FaultWords(
        "같은 뜻의 말 ‘{words}’ 가운데 어느 것도 항목에 나오지 않습니다.",
        "첫 낱말을 항목에서 쓰는 말로 바꾸거나, 이 줄을 지우세요.",
    ),
    "synonym-joins": FaultWords(
        "‘{text}’는 vocabulary.yaml 의 같은 뜻의 말 때문에 ‘{other}’의 ‘{said}’와 같은 물음이 됩니다({where}).",
        "두 물음을 가를 낱말을 더하거나, 그 낱말을 같은 뜻의 말에서 빼세요.",
    ),
    "no-title": FaultWords(
        "주제 ‘{topic}’에 이름(title)이 없어 시민에게 ‘{topic}’로 보입니다.",
        "topic 아래에 한 줄을 더하세요: title: 주차",
    ),
    "lost-character": FaultWords(
        "시민의 화면에 네모나 물음표로 보이는 글자가 있습니다({name}).",
        "원래 글을 보고 다시 적으세요. 한글의 글머리 기호나 깨진 글을 복사하면 생깁니다.",
    ),
    "no-reason": FaultWords(
        "‘{rule}’를 끄는 까닭이 없어 끄지 않았습니다.", "까닭까지 적으세요: # check off {rule}: 까닭"
    ),
    "unknown-rule": FaultWords(
        "‘{rule}’라는 경고는 없거나 끌 수 없습니다.",
        "끌 수 있는 경고의 이름은 docs/editors.ko.md 에 있습니다.",
        nearer="‘{near}’를 뜻했나요?",
    ),
    "future-date": FaultWords(
        "{key} ‘{value}’는 아직 오지 않은 때입니다.", "사실을 확인한 때를 적으세요. 오늘은 {today}입니다."
    ),
}
