"""What is said in Korean: plain, polite and short."""

from bot.wording.sentences import Sentences

KOREAN = Sentences(
    welcome="자동 응답이며, 등록된 자료만 안내합니다. 모르는 것은 모른다고 말씀드리고 담당자에게 전합니다.",
    help=(
        "궁금한 것을 문장이나 낱말로 적어 주세요.\n"
        "/topics 주제별로 보기\n"
        "/myquestions 내 질문 보기\n"
        "/privacy 개인정보 안내\n"
        "주민등록번호, 전화번호 같은 개인정보는 적지 말아 주세요."
    ),
    privacy=(
        "**개인정보 안내**\n"
        "- 방금 물으신 것은 이어지는 질문을 이해하려고 몇 분 동안만 저장했다가 지웁니다. "
        "바로 지우기: /start\n"
        "- 그 밖에는 답을 드린 질문을 저장하지 않습니다.\n"
        "- 보내신 메시지는 처리할 때까지만 저장하고, 처리하면 바로 지웁니다.\n"
        "- 답하지 못한 질문은 담당자가 살펴보도록 저장하고, {days}일이 지나면 지웁니다.\n"
        "- 저장하기 전에 주민등록번호, 전화번호, 이메일, 카드와 계좌 번호를 가립니다.\n"
        "- 이름과 아이디는 저장하지 않습니다. 답변 알림을 신청하시면 이 대화의 번호를 알려 드릴 때까지만 저장합니다.\n"
        "- 알림 취소: /myquestions\n"
        "- 이 대화의 기록 지우기: /forget\n"
        "{carrier}"
        "- 여기에 묻는 것은 민원 접수가 아닙니다."
    ),
    privacy_carriers={"telegram": "- 텔레그램은 외국 회사의 서비스입니다. 대화에 개인정보를 적지 말아 주세요.\n"},
    privacy_kept_here=(
        "**개인정보 안내**\n"
        "- 이 대화는 다시 보실 수 있도록 {shown}일 동안 저장하고 지웁니다. 쿠키가 있는 이 브라우저에서만 열립니다.\n"
        "- 답하지 못한 질문은 담당자가 볼 수 있도록 저장하고 {days}일 뒤에 지웁니다.\n"
        "- 주민등록번호, 전화번호, 카드번호, 계좌번호, 이메일은 저장하기 전에 가립니다.\n"
        "- 이름은 저장하지 않습니다. 답변 알림을 신청하시면 알려 드릴 때까지만 이 대화의 번호를 보관합니다.\n"
        "- ‘내 질문 보기’에서 알림을 취소하고, ‘내 기록 지우기’에서 이 대화를 모두 지우실 수 있습니다.\n"
        "- 여기서 묻는 것은 민원 신청이 아닙니다."
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
    likely="혹시 「{question}」의 답을 찾으셨나요?",
    none_of_these="찾는 내용이 없어요",
    turned_down="찾으시는 답이 없었군요. 질문을 담당자에게 전했습니다.",
    turned_down_before="이미 담당자에게 전한 질문입니다.",
    chosen="고르신 질문: {question}",
    safety={
        "self_harm": (
            "**{suicide}**(자살예방 상담전화)로 지금 전화해 주세요. 24시간 열려 있습니다.\n"
            "많이 힘드셨겠어요. 혼자 견디지 않아도 됩니다. 당장 위험하면 {emergency}나 {police}로 전화해 주세요."
        ),
        "medical": (
            "**{emergency}**에 지금 전화해 주세요. 어디인지 먼저 말해 주세요.\n"
            "안전한 곳에서 {emergency}의 안내를 따라 주세요. 저는 자동 안내라서 대신 신고하지 못합니다."
        ),
        "child": (
            "**{police}**에 지금 전화해 주세요. 청소년은 **{youth}**(청소년상담전화)에서도 24시간 도와줍니다.\n"
            "혼자 참거나 혼자 걱정하지 마세요. 도와줄 사람이 있습니다. 저는 자동 안내라서 대신 신고하지 못합니다."
        ),
        "partner": (
            "**{women}**(여성긴급전화)이나 **{police}**에 지금 전화해 주세요. 24시간 열려 있습니다.\n"
            "당신의 잘못이 아닙니다. 먼저 안전한 곳으로 피해 주세요. 저는 자동 안내라서 대신 신고하지 못합니다."
        ),
        "school": (
            "**{school}**(학교폭력 신고·상담)에 전화해 주세요. 지금 위험하면 **{police}**로 전화해 주세요.\n"
            "참고 견디지 않아도 됩니다. 24시간 도와줄 사람이 있습니다."
        ),
        "violence": (
            "**{police}**에 지금 전화해 주세요. 말하기 어려우면 {police}에 문자를 보내도 됩니다.\n"
            "먼저 안전한 곳으로 피해 주세요. 다친 사람이 있으면 **{emergency}**에 전화해 주세요."
        ),
    },
    talk={
        "greeting": "{greeting}",
        "thanks": "고맙습니다. 더 궁금한 것이 있으면 적어 주세요.",
        "goodbye": "안녕히 가세요. 궁금한 것이 생기면 또 물어봐 주세요.",
        "heard": "네. 더 궁금한 것이 있으면 적어 주세요.",
        "apology": "괜찮습니다. 궁금한 것을 적어 주세요.",
        "insult": "답답하게 해 드려 죄송합니다. 묻고 싶은 것을 다른 말로 적어 주시면 다시 찾아볼게요.",
        "yes": "네. 궁금한 것을 적어 주세요.",
        "no": "원하신 답이 아니었다면 다른 말로 다시 적어 주세요.",
        "choice": "지금은 번호로 고를 것이 없어요. 궁금한 것을 적어 주세요.",
        "otherwise": "찾으신 답이 아니었군요. 무엇이 궁금한지 조금 더 자세히 적어 주세요.",
        "nothing": "궁금한 것을 글로 적어 주세요.",
        "contact": "저는 자동으로 답하는 안내라서 사람과 이어 드리지 못합니다.",
        "menu": "무엇이 궁금하세요? 주제에서 고르거나 궁금한 것을 적어 주세요.",
        "help": "무엇을 도와드릴까요? 궁금한 것을 적어 주세요. 위급한 일이면 112나 119로 전화해 주세요.",
        "who": "{name}입니다. 사람이 아니라 자동으로 답하는 챗봇이에요.\n{scope}에 대해 물어보실 수 있어요.",
        "human": "사람이 아니라 자동으로 답하는 챗봇이에요. 글을 지어내지 않고, 등록된 자료를 그대로 보여 드립니다.",
        "maker": "{name}입니다. 누가 만들고 운영하는지는 제 자료에 나와 있지 않습니다.",
        "ability": "{scope}에 대해 물어보실 수 있어요. 평소 말투로 적어 주세요.",
        "basis": "제가 가진 것은 {basis}입니다. 그 뒤에 달라진 것은 알지 못합니다.",
        "trust": "제 답은 {basis}에서 그대로 가져왔습니다. 지금은 다를 수 있으니 중요한 일은 꼭 확인해 주세요.",
        "foreign": "I answer in Korean and English only. Please ask in one of them.\n한국어나 영어로 물어봐 주세요.",
        "elsewhere": "저는 **{place}**를 안내합니다. 다른 지역의 일은 제 자료에 없어요.",
        "unclear": "무엇을 신청하거나 이용하려고 하시는지 알려 주세요. 주제에서 골라도 됩니다.",
    },
    name_unknown="자동 안내",
    scope_unknown="등록된 자료에 있는 것",
    greeting_unknown="안녕하세요. 궁금한 것을 평소 말투로 적어 주세요.",
    contact_heading="문의할 곳",
    contact_unknown="안내해 드릴 연락처가 아직 등록되어 있지 않아요.",
    samples_heading="예를 들어 이렇게 물어보세요.",
    today="{basis}에는 이렇게 나옵니다. 지금은 어떤지 확인하지 못합니다.",
    today_unknown="{basis}까지만 알고 있어, 지금은 어떤지 확인하지 못합니다.",
    part_lacking="‘{question}’: 제가 가진 {basis}에서는 답을 찾지 못했어요.",
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
        "그때까지만 이 대화의 번호를 보관하고, 알려 드린 뒤 지웁니다. 언제든 취소하실 수 있어요: /myquestions"
    ),
    withdraw="알림 취소: {receipt}",
    withdrawn="{receipt} 알림을 취소했고, 이 대화의 번호를 지웠습니다.",
    my_questions="알려 달라고 하신 질문입니다.",
    no_questions=(
        "답변을 기다리시는 질문이 없어요. 답하지 못한 질문에 ‘답변이 나오면 알려 주세요’를 누르시면 여기에 나옵니다."
    ),
    my_question="**{receipt}** {question}\n{state} ({day})",
    state_waiting="아직 담당자가 답하지 않았어요",
    state_taken="담당자가 살펴보고 있어요",
    state_telling="답변을 보내고 있어요",
    state_told="답변을 알려 드렸어요",
    state_failed="답변을 전하지 못했어요",
    state_withdrawn="알림을 취소하셨어요",
    state_closed="여기서 답해 드릴 수 없는 질문이에요",
    forgotten="이 대화의 알림 신청과 지난 질문의 연결을 모두 지웠습니다.",
    notice_answer="문의하신 질문에 답변이 나왔습니다.\n질문: {question}\n\n{text}",
    notice_closed="문의하신 질문은 여기서 답해 드리지 못합니다.\n질문: {question}\n\n{text}",
    closed_because={
        "unrelated": "이 안내가 맡은 일이 아니어서 답을 드릴 수 없습니다.",
        "unclear": "무엇을 물으셨는지 알기 어려웠습니다. 조금 더 자세히 다시 적어 주시면 살펴보겠습니다.",
        "elsewhere": "민원을 받는 곳에서 다룰 일입니다.",
        "noise": "답해 드릴 질문을 찾지 못했습니다.",
    },
    notice_question="담당자가 여쭙니다.\n질문: {question}\n\n{text}\n\n이 대화에 적어 주시면 담당자에게 전합니다.",
    note_passed_on="적어 주신 내용을 담당자에게 전했습니다. 새로운 질문이었다면 아래를 눌러 주세요.",
    ask_anew="새로운 질문이에요",
    known_answer="{text}\n\n담당자 답변 · {day}",
    known_closed="이 질문은 여기서 답해 드리지 못합니다.\n{text}",
    paused="지금은 잠시 답을 드리지 못합니다. 물어보신 것은 적어 두었으니, 조금 뒤에 다시 물어봐 주세요.",
    telephone_hidden="적으신 전화번호는 가려서 아무도 보지 못합니다. 전화를 드리지 않으니 이 대화에서 확인해 주세요.",
    when_told="언제 답이 나올지는 약속드리지 못해요. 답이 나오면 이 대화로 바로 알려 드립니다.",
    which_to_cancel="취소할 알림을 골라 주세요.",
    unstaffed={
        "welcome": "자동 응답이며, 등록된 자료만 안내합니다. 모르는 것은 모른다고 말씀드립니다.",
        "turned_down": "찾으시는 답이 없었군요. 질문을 적어 두었습니다.",
        "turned_down_before": "이미 적어 둔 질문입니다.",
        "recorded": "질문을 적어 두었습니다. 지금은 살펴볼 담당자가 정해져 있지 않아요.",
        "what_was_missing": "무엇이 부족했나요? 이 메시지에 답장으로 적어 주시면 적어 두겠습니다.",
        "missing_recorded": "적어 주신 내용을 적어 두었습니다. 고맙습니다.",
        "note_passed_on": "적어 주신 내용을 적어 두었습니다. 새로운 질문이었다면 아래를 눌러 주세요.",
        "state_waiting": "아직 답이 없어요",
    },
    reply_hint="답장 내용",
    text_only="사진, 음성, 스티커는 읽지 못해요. 궁금한 것을 글로 적어 주세요.",
    unknown_command="모르는 명령어예요. 궁금한 것을 그냥 적어 주세요. 할 수 있는 일 보기: /help",
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
        "{name}입니다. {scope}에 대해 물어보실 수 있어요.\n"
        "자동 응답이며 등록된 자료만 안내합니다. 답하지 못한 질문은 담당자에게 전합니다."
    ),
)
