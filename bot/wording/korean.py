"""What is said in Korean: plain, polite and short."""

from bot.wording.sentences import Sentences

KOREAN = Sentences(
    welcome=(
        "안녕하세요, **인공지능 중심도시 광주(AI Hub City)** 안내입니다.\n"
        "궁금한 것을 평소 말투로 적어 주세요. 예: 집적단지 예산이 얼마예요?\n\n"
        "자동 응답이며, 등록된 자료만 안내합니다. 모르는 것은 모른다고 말씀드리고 담당자에게 전합니다."
    ),
    help=(
        "궁금한 것을 문장이나 낱말로 적어 주세요.\n"
        "- 집적단지는 어디에 생겨요?\n"
        "- 데이터센터 언제 완공돼요?\n"
        "- 지스트에서는 뭘 배워요?\n\n"
        "/topics 주제별로 보기\n"
        "/myquestions 내 질문 보기\n"
        "/privacy 개인정보 안내\n"
        "주민등록번호, 전화번호 같은 개인정보는 적지 말아 주세요."
    ),
    privacy=(
        "**개인정보 안내**\n"
        "- 방금 물으신 것은 이어지는 질문을 이해하려고 몇 분 동안만 저장했다가 지웁니다. "
        "/start 를 누르시면 바로 지웁니다.\n"
        "- 그 밖에는 답을 드린 질문을 저장하지 않습니다.\n"
        "- 보내신 메시지는 처리할 때까지만 저장하고, 처리하면 바로 지웁니다.\n"
        "- 답하지 못한 질문은 담당자가 살펴보도록 저장하고, {days}일이 지나면 지웁니다.\n"
        "- 저장하기 전에 주민등록번호, 전화번호, 이메일, 카드와 계좌 번호를 가립니다.\n"
        "- 이름과 아이디는 저장하지 않습니다. 답변 알림을 신청하시면 이 대화의 번호를 알려 드릴 때까지만 저장합니다.\n"
        "- /myquestions 에서 알림을 취소하시고, /forget 으로 이 대화의 기록을 지우실 수 있습니다.\n"
        "- 텔레그램은 외국 회사의 서비스입니다. 대화에 개인정보를 적지 말아 주세요.\n"
        "- 여기에 묻는 것은 민원 접수가 아닙니다."
    ),
    topics="어떤 주제가 궁금하세요?",
    topics_button="주제 목록 보기",
    previous_page="앞쪽 질문",
    next_page="다음 질문",
    topic_heading="**{title}**에서 자주 묻는 질문입니다.",
    understood="‘{text}’(으)로 이해했어요.",
    source="{as_of} {source} 기준",
    source_only="{source} 기준",
    as_of_only="{as_of} 기준",
    year="{year}년",
    month="{year}년 {month}월",
    day="{year}년 {month}월 {day}일",
    may_have_changed=" · 지금은 다를 수 있어요",
    basis_unknown="자료",
    not_in_base="{subject} 제가 가진 {basis}에는 나와 있지 않습니다.",
    suggestions="혹시 이런 질문인가요? 하나를 골라 주세요.",
    none_of_these="찾는 내용이 없어요",
    turned_down="찾으시는 답이 없었군요. 질문을 담당자에게 전했습니다.",
    turned_down_before="이미 담당자에게 전한 질문입니다.",
    chosen="고르신 질문: {question}",
    fallback="죄송합니다. 등록된 자료에서 답을 찾지 못했어요.",
    recorded="질문을 담당자에게 전했습니다.",
    helpful="도움이 됐어요",
    not_helpful="안 됐어요",
    thanks="의견 고맙습니다.",
    voted_before="이미 같은 의견을 주셨어요.",
    what_was_missing="무엇이 부족했나요? 이 메시지에 답장으로 적어 주시면 담당자에게 전합니다.",
    what_was_missing_hint="부족했던 점",
    missing_recorded="적어 주신 내용을 담당자에게 전했습니다. 고맙습니다.",
    tell_me="답변이 나오면 알려 주세요",
    tell_me_confirmed=(
        "접수번호는 **{receipt}**입니다. 답변이 나오면 이 대화로 알려 드립니다.\n"
        "그때까지만 이 대화의 번호를 보관하고, 알려 드린 뒤 지웁니다. /myquestions 에서 언제든 취소하실 수 있어요."
    ),
    withdraw="알림 취소: {receipt}",
    withdrawn="{receipt} 알림을 취소했고, 이 대화의 번호를 지웠습니다.",
    my_questions="답변을 기다리시는 질문입니다.",
    no_questions=(
        "답변을 기다리시는 질문이 없어요. 답하지 못한 질문에 ‘답변이 나오면 알려 주세요’를 누르시면 여기에 나옵니다."
    ),
    my_question="**{receipt}** {question}\n{state} ({day})",
    state_waiting="담당자가 살펴보고 있어요",
    state_telling="답변을 보내고 있어요",
    state_told="답변을 알려 드렸어요",
    state_failed="답변을 전하지 못했어요",
    state_withdrawn="알림을 취소하셨어요",
    state_closed="여기서 답해 드릴 수 없는 질문이에요",
    forgotten="이 대화의 알림 신청과 지난 질문의 연결을 모두 지웠습니다.",
    notice_answer="문의하신 질문에 답변이 나왔습니다.\n질문: {question}\n\n{text}",
    notice_closed="문의하신 질문은 여기서 답해 드릴 수 없습니다.\n질문: {question}",
    notice_question="담당자가 여쭙니다.\n질문: {question}\n\n{text}\n\n이 메시지에 답장으로 적어 주세요.",
    note_passed_on="적어 주신 내용을 담당자에게 전했습니다.",
    empty_question="질문을 글로 적어 주세요. 예: 집적단지 예산이 얼마예요?",
    text_only="사진, 음성, 스티커는 읽지 못해요. 궁금한 것을 글로 적어 주세요.",
    unknown_command="모르는 명령어예요. 궁금한 것을 그냥 적으시거나 /help 를 눌러 주세요.",
    stale_button="이 버튼은 더 이상 쓸 수 없어요. 질문을 다시 적어 주세요.",
    edited_question="고친 질문에는 답하지 못해요. 새 메시지로 적어 주세요.",
    temporary_failure="지금은 잠시 문제가 있어요. 조금 뒤에 다시 적어 주세요.",
    too_many_questions=(
        "짧은 시간에 너무 많은 메시지를 보내셨어요. "
        "앞의 질문부터 차례로 답하고, 나머지는 받지 못했습니다. 잠시 뒤에 다시 적어 주세요."
    ),
    group_hint="여기서는 질문에 @{name} 을 붙이거나 제 메시지에 답장해 주세요. 저와 일대일로 대화하셔도 됩니다.",
    command_start="처음 안내",
    command_help="도움말",
    command_topics="주제별로 보기",
    command_my_questions="내 질문 보기",
    command_forget="내 기록 지우기",
    command_privacy="개인정보 안내",
    description=(
        "인공지능 중심도시 광주(AI Hub City)의 집적단지, 일정, 투자, 교육을 안내합니다.\n"
        "자동 응답이며 등록된 자료만 안내합니다. 답하지 못한 질문은 담당자에게 전합니다."
    ),
    short_description="인공지능 중심도시 광주(AI Hub City) 안내",
)
