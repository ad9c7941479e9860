"""What staff read in their group, in Korean."""

from bot.records.errors import Caution, Refusal, TextProblem
from bot.records.groups import GroupState
from bot.wording.staff_group import StaffGroupSentences

STAFF_GROUP_KOREAN = StaffGroupSentences(
    moment="{month}/{day} {hour:02}:{minute:02}",
    time="{hour:02}:{minute:02}",
    languages={"ko": "한국어", "en": "영어"},
    states={
        GroupState.OPEN: "미답변",
        GroupState.TAKEN: "처리 중",
        GroupState.DRAFTED: "승인 대기",
        GroupState.ANSWERED: "답변함",
        GroupState.DISMISSED: "답하지 않음",
        GroupState.MERGED: "합쳐짐",
    },
    topic="#{number} {title}",
    heading="#{number} · {state}",
    overdue="기한 지남",
    more_questions="그 밖에 {count}개",
    counts="시민 {people}명 · 알림 신청 {askers}명 · {languages}",
    asked="처음 {first} · 마지막 {last} · 기한 {due}",
    nearest="가까운 답:",
    nearest_entry="- {question} ({percent}%)",
    notes="시민이 덧붙인 말:",
    taken_by="{by}님이 맡음 ({at})",
    drafted_by="{by}님의 답변이 승인을 기다림 ({at})",
    answered_by="{by}님이 답변함 ({at})",
    linked_by="{by}님이 기존 답 ‘{entry}’에 연결함 ({at})",
    approved_by="{by}님이 승인함 ({at})",
    dismissed_by="{by}님이 답하지 않기로 함: {reason} ({at})",
    merged_by="{by}님이 #{into}에 합침 ({at})",
    answer="답변 ({language}):",
    sent_from="{time}에 보냅니다. 그때까지 되돌릴 수 있습니다.",
    told="알림: {all}명 중 {told}명에게 전함",
    not_reached="전하지 못함 {count}명: {reasons}",
    unreached={
        "blocked": "봇을 차단함",
        "deactivated": "계정 없음",
        "not-started": "대화를 시작하지 않음",
        "chat-not-found": "대화가 없음",
        "chat-deleted": "대화가 지워짐",
    },
    unreached_otherwise="보낼 수 없음",
    destroyed="보유 기간이 지나 파기한 질문입니다.",
    answer_button="답변하기",
    link_button="기존 답에 연결",
    ask_back_button="되묻기",
    dismiss_button="답하지 않기",
    take_button="맡기",
    hand_over_button="넘기기",
    split_button="나누기",
    merge_button="합치기",
    undo_button="되돌리기",
    approve_button="승인",
    reopen_button="다시 열기",
    send_button="보내기",
    cancel_button="취소",
    close_button="닫기",
    search_button="낱말로 찾기",
    own_reason_button="직접 쓰기",
    further_button="다음",
    back_button="이전",
    how_to_answer="이 카드에 답장으로 답변을 적어 주세요. 보내기 전에 미리 보여 드립니다.",
    choose_entry="#{number}에 연결할 답을 골라 주세요.",
    no_entries="맞는 답을 찾지 못했습니다. 다른 낱말로 찾아 보세요.",
    choose_reason=(
        "#{number}에 답하지 않는 까닭을 골라 주세요. 알림을 신청한 시민이 까닭과 문의할 곳을 읽습니다. "
        "같은 말로 다시 물어도 카드가 새로 생기지 않습니다."
    ),
    choose_split="#{number}에서 따로 떼어 낼 질문을 골라 주세요.",
    ask_back_prompt="{name}님, #{number} 질문을 한 시민에게 되물을 말을 이 메시지에 답장으로 적어 주세요.",
    reason_prompt="{name}님, #{number}에 답하지 않는 까닭을 이 메시지에 답장으로 적어 주세요. 시민이 그대로 읽습니다.",
    search_prompt="{name}님, #{number}에 연결할 답을 찾을 낱말을 이 메시지에 답장으로 적어 주세요.",
    merge_prompt="{name}님, #{number}에 합칠 카드의 번호를 이 메시지에 답장으로 적어 주세요. 예: 13",
    prompt_hint="여기에 적어 주세요",
    preview="#{number} 미리보기. ‘보내기’를 누르면 알림을 신청한 {count}명이 이렇게 받습니다.",
    preview_drafts="#{number} 미리보기. 다른 담당자가 승인하면 알림을 신청한 {count}명이 이렇게 받습니다.",
    preview_link="기존 답 ‘{entry}’을(를) 아래처럼 보냅니다.",
    preview_people=" ×{count}",
    preview_questions="이 질문들에 나갑니다. 답이 맞지 않는 질문은 눌러서 빼 주세요.",
    leave_out_button="빼기: {question}",
    preview_long="위의 메시지가 #{number} 미리보기입니다. 알림을 신청한 {count}명이 그대로 받습니다.",
    cautions={
        Caution.PERSONAL_NUMBER: (
            "주의: 전화번호 같은 번호가 있습니다. 공개해도 되는 번호인지 확인해 주세요. 가리지 않고 보냅니다."
        ),
        Caution.MARKUP: "주의: 꾸밈 기호가 있습니다. 시민에게도 기호가 그대로 보입니다.",
        Caution.TOO_LONG_FOR_ENTRY: "주의: 지식 베이스의 답으로 쓰기에는 깁니다. 보낼 수는 있습니다.",
    },
    sending="#{number} 답변이 {time}에 나갑니다. 되돌리기는 그때까지입니다.",
    drafted="#{number} 답변을 올렸습니다. 다른 담당자가 카드에서 승인하면 보냅니다.",
    cancelled="보내지 않았습니다.",
    linked="#{number}에 ‘{entry}’ 답을 연결했습니다. {time}에 나갑니다. 되돌리기는 그때까지입니다.",
    link_drafted="#{number}에 ‘{entry}’ 답을 연결했습니다. 다른 담당자가 카드에서 승인하면 보냅니다.",
    dismissed="#{number}에 답하지 않기로 했습니다: {reason}. 되돌리기는 {time}까지입니다.",
    asking_back="#{number} 질문을 한 {count}명에게 {time}에 되묻습니다. 되돌리기는 그때까지입니다.\n{text}",
    merged="#{other}의 질문을 #{number}에 합쳤습니다.",
    split="질문을 #{number}에서 떼어 #{other}로 나누었습니다.",
    undone="#{number}에서 마지막에 한 일을 되돌렸습니다.",
    taken="맡으셨습니다.",
    handed_over="누구나 맡을 수 있게 되었습니다.",
    approved="승인하셨습니다. 1분 뒤에 보냅니다.",
    reopened="다시 열었습니다.",
    opened="아래에 카드를 열었습니다.",
    refusals={
        Refusal.TAKEN: "#{number}: {by}님이 먼저 맡았습니다 ({at}). 넘겨받은 뒤에 할 수 있습니다.",
        Refusal.DRAFTED: "#{number}: {by}님의 답변이 승인을 기다립니다 ({at}).",
        Refusal.ANSWERED: "#{number}: {by}님이 먼저 답변했습니다 ({at}).",
        Refusal.DISMISSED: "#{number}: {by}님이 답하지 않기로 했습니다 ({at}).",
        Refusal.MERGED: "#{number}: {by}님이 다른 카드에 합쳤습니다 ({at}).",
        Refusal.NOT_TAKEN: "#{number}: 아무도 맡지 않았습니다.",
        Refusal.NOT_DRAFTED: "#{number}: 승인을 기다리는 답변이 없습니다.",
        Refusal.OWN_DRAFT: "#{number}: 자신이 쓴 답변은 승인할 수 없습니다. 다른 담당자가 승인해야 합니다.",
        Refusal.NOT_CLOSED: "#{number}: 이미 열려 있습니다.",
        Refusal.CHANGED: "#{number}: {by}님이 답변을 고쳤습니다 ({at}). 카드를 다시 보고 승인해 주세요.",
        Refusal.NOT_WRITER: "#{number}: {by}님이 쓴 답변입니다. 쓴 사람만 보낼 수 있습니다.",
        Refusal.NOTHING_TO_UNDO: "#{number}: 되돌릴 일이 없습니다.",
        Refusal.TOO_LATE: "#{number}: 1분이 지났거나 이미 보내고 있어 되돌릴 수 없습니다 ({by}, {at}).",
        Refusal.WRONG_QUESTIONS: "#{number}: 이 질문은 따로 나눌 수 없습니다.",
        Refusal.SAME_GROUP: "#{number}: 자기 자신과 합칠 수 없습니다.",
        Refusal.OTHER_QUESTIONS: "#{number}: 그 사이에 질문이 바뀌었습니다. 질문을 다시 보고 보내 주세요.",
        Refusal.NO_ANSWER: "#{number}: 답이 없다는 항목이라 연결할 수 없습니다. 다른 답을 골라 주세요.",
        Refusal.NOBODY_ASKS: "#{number}: 알림을 신청한 사람이 없어 되물을 수 없습니다.",
    },
    problems={
        TextProblem.EMPTY: "적힌 말이 없습니다. 시민이 읽을 말을 적어 주세요.",
        TextProblem.INVISIBLE: "눈에 보이지 않는 글자뿐입니다. 시민이 읽을 말을 적어 주세요.",
        TextProblem.TOO_LONG: "{length}자입니다. {limit}자까지 쓸 수 있습니다. 줄여 주세요.",
    },
    unknown_group="그 번호의 카드가 없습니다.",
    unknown_entry="그 답은 이제 없습니다.",
    unknown_preview="이미 보냈거나 오래된 미리보기입니다. 답변을 다시 적어 주세요.",
    stale="이 버튼은 더 이상 쓸 수 없습니다.",
    text_only="글로만 받습니다. 사진, 파일, 스티커는 시민에게 보낼 수 없습니다.",
    edited="고친 답장은 반영되지 않습니다. 새로 답장해 주세요.",
    no_reply_here="이 메시지에는 답장할 수 없습니다. 카드에 답장하거나 ‘#12 답변’처럼 번호를 앞에 적어 주세요.",
    forwarded="전달한 메시지는 받지 않습니다. 직접 적어 주세요.",
    not_a_number="합칠 카드의 번호만 적어 주세요. 예: 13",
    not_staff="담당자 단체방의 구성원만 할 수 있습니다.",
    not_here="담당자 단체방에서만 할 수 있습니다.",
    anonymous="익명으로는 할 수 없습니다. 관리자 설정에서 익명을 끄고 다시 해 주세요.",
    cannot_check="담당자인지 지금 확인할 수 없어 하지 않았습니다. 조금 뒤에 다시 해 주세요.",
    many_new="답하지 못한 질문 {count}건이 새로 모였습니다. 번호를 누르면 카드가 열립니다.",
    listed="#{number} ({people}명, {state}) {title}",
    listed_overdue="#{number} ({people}명, {state}, 기한 지남) {title}",
    open_list="미답변 {count}건, 그 가운데 기한이 지난 것 {overdue}건입니다. 번호를 누르면 카드가 열립니다.",
    open_list_more="그 밖에 {count}건이 더 있습니다.",
    nothing_open="답하지 못한 질문이 없습니다.",
    reminder="#{number}의 기한이 {due}에 지났습니다. 이 메시지에 답장으로 답변할 수 있습니다.\n{title}",
    digest=(
        "{day} 요약\n미답변 {open}건 · 처리 중 {taken}건 · 승인 대기 {drafted}건\n"
        "기한 지남 {overdue}건 · 새 초안 {drafts}건 · 지난 7일 동안 전하지 못한 알림 {failed}건"
    ),
    digest_overdue="가장 오래 기다린 질문:",
    digest_asked="많이 들어온 질문:",
    statistics=(
        "지난 {days}일\n질문 {asked}개: 답함 {answered}, 제안함 {suggested}, 답하지 못함 {refused}\n"
        "담당자가 답한 질문 {staff}개, 답까지 걸린 시간 중앙값 {median}, 열 건 중 아홉 건은 {p90} 안\n"
        "도움이 됐다는 의견 {helpful}"
    ),
    statistics_topics="주제별:",
    statistics_topic="- {topic}: {asked}개, 답하지 못함 {refused}개",
    statistics_asked="많이 들어온 질문:",
    no_topic="주제 없음",
    no_figure="없음",
    days="{count}일",
    hours="{count}시간",
    minutes="{count}분",
    chart="지난 {days}일 동안의 질문",
    chart_answered="답함",
    chart_suggested="제안함",
    chart_refused="답하지 못함",
    chart_by_staff="담당자가 답함",
    chart_description=(
        "{title}, 날짜별 막대그래프. 모두 더하면 답함 {answered}개, 제안함 {suggested}개, "
        "답하지 못함 {refused}개, 담당자가 답함 {staff}개."
    ),
    console_link=(
        "업무 화면으로 들어가는 주소입니다. {minutes}분 안에 한 번만 쓸 수 있습니다.\n{link}\n\n"
        "다른 컴퓨터에서는 로그인 화면에 이 번호를 적어 주세요: {code}\n다른 사람에게 보내지 마세요."
    ),
    console_in_private="업무 화면 주소는 저와의 1:1 대화에서 드립니다. 1:1 대화에서 /console 을 보내 주세요.",
    no_console="이 서비스에는 업무 화면이 켜져 있지 않습니다.",
    help=(
        "답하지 못한 질문은 비슷한 것끼리 카드 하나로 모입니다.\n"
        "- 카드에 답장하면 답변이 됩니다. 미리 보고 ‘보내기’를 누르면 1분 뒤에 보냅니다.\n"
        "- ‘기존 답에 연결’은 이미 있는 답을 보냅니다.\n"
        "- ‘되묻기’는 알림을 신청한 시민에게 더 묻습니다.\n"
        "- ‘답하지 않기’를 누르면 같은 질문이 다시 와도 닫힌 채로 있습니다.\n"
        "- 무엇이든 1분 안에 되돌릴 수 있고, 모두 기록에 남습니다.\n\n"
        "/open 미답변 목록\n/digest 오늘의 요약\n/stats 통계와 그림\n"
        "/console 업무 화면 주소(1:1 대화에서)"
    ),
    command_stats="통계와 그림",
    command_console="업무 화면 주소(1:1 대화에서)",
    command_open="미답변 목록",
    command_digest="오늘의 요약",
    command_help="담당자 도움말",
)
