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
        "/privacy 개인정보 안내\n"
        "주민등록번호, 전화번호 같은 개인정보는 적지 말아 주세요."
    ),
    privacy=(
        "**개인정보 안내**\n"
        "- 방금 물으신 것은 이어지는 질문을 이해하려고 몇 분 동안만 저장했다가 지웁니다. "
        "/start 를 누르시면 바로 지웁니다.\n"
        "- 그 밖에는 답을 드린 질문을 저장하지 않습니다.\n"
        "- 답하지 못한 질문은 담당자가 살펴보도록 저장하고, {days}일이 지나면 지웁니다.\n"
        "- 저장하기 전에 주민등록번호, 전화번호, 이메일, 카드와 계좌 번호를 가립니다.\n"
        "- 이름과 아이디는 저장하지 않습니다.\n"
        "- 텔레그램은 외국 회사의 서비스입니다. 대화에 개인정보를 적지 말아 주세요.\n"
        "- 여기에 묻는 것은 민원 접수가 아닙니다."
    ),
    topics="어떤 주제가 궁금하세요?",
    topics_button="주제 목록 보기",
    previous_page="앞쪽 질문",
    next_page="다음 질문",
    topic_heading="**{title}**에서 자주 묻는 질문입니다.",
    understood="‘{text}’(으)로 이해했어요.",
    source="출처: {source}, {as_of} 기준",
    source_only="출처: {source}",
    as_of_only="{as_of} 기준",
    year="{year}년",
    month="{year}년 {month}월",
    day="{year}년 {month}월 {day}일",
    review_due="주의: {day}까지의 계획을 안내한 것입니다. 지금은 달라졌을 수 있어요.",
    suggestions="혹시 이런 질문인가요? 하나를 골라 주세요.",
    none_of_these="찾는 내용이 없어요",
    turned_down="찾으시는 답이 없었군요. 질문을 담당자에게 전했습니다.",
    turned_down_before="이미 담당자에게 전한 질문입니다.",
    chosen="고르신 질문: {question}",
    fallback="죄송합니다. 등록된 자료에서 답을 찾지 못했어요.",
    recorded="질문을 담당자에게 전했습니다.",
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
    command_privacy="개인정보 안내",
    description=(
        "인공지능 중심도시 광주(AI Hub City)의 집적단지, 일정, 투자, 교육을 안내합니다.\n"
        "자동 응답이며 등록된 자료만 안내합니다. 답하지 못한 질문은 담당자에게 전합니다."
    ),
    short_description="인공지능 중심도시 광주(AI Hub City) 안내",
)
