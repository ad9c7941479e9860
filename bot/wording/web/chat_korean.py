"""What the chat page says in Korean."""

from bot.wording.web.chat_texts import ChatSentences

CHAT_KOREAN = ChatSentences(
    title="대화",
    samples="이렇게 물어보실 수 있어요",
    topics="주제별로 보기",
    you="나",
    assistant="안내",
    question="궁금한 것",
    question_hint="궁금한 것을 적어 주세요",
    send="보내기",
    menu="메뉴",
    reply="답장",
    send_reply="답장 보내기",
    look_again="새 답변이 왔는지 보기",
    more="고를 수 있는 것",
    linked="찾으신 안내입니다.",
    privacy="개인정보 안내",
    forget="내 기록 지우기",
    forget_question=(
        "이 브라우저에서 나눈 대화와 답변 알림 신청을 모두 지웁니다. 지운 뒤에는 되돌릴 수 없고, "
        "기다리시던 답변도 알려 드리지 못합니다."
    ),
    forget_yes="모두 지우기",
    forget_no="그대로 두기",
    forgotten="대화와 알림 신청을 모두 지웠습니다.",
    cookies_needed="이 브라우저가 쿠키를 막고 있어 대화를 이어 갈 수 없습니다. 쿠키를 허용하고 다시 보내 주세요.",
    too_many="짧은 시간에 너무 많이 보내셨어요. 1분쯤 뒤에 다시 보내 주세요.",
    too_long="글이 너무 깁니다. {most}자까지 보내실 수 있어요.",
    not_now="지금은 잠시 답해 드릴 수 없습니다. 조금 뒤에 다시 보내 주세요. 적으신 글은 그대로 있습니다.",
    offline="인터넷 연결이 끊겼습니다. 연결된 뒤 다시 보내 주세요. 적으신 글은 그대로 있습니다.",
)
