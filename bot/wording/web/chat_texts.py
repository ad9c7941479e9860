"""What the chat page says besides the assistant's own messages, as fields that each language fills."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSentences:
    """One language's sentences. `{names}` in them are filled in by the caller."""

    title: str
    """The heading of the page, for screen readers."""
    samples: str
    topics: str
    you: str
    """Who wrote a message: the citizen."""
    assistant: str
    question: str
    """Names the field for the question."""
    question_hint: str
    send: str
    menu: str
    reply: str
    """Names the field under a message that asks for a reply."""
    send_reply: str
    look_again: str
    """Where no script tells of new messages."""
    more: str
    """What can be done about an entry or a list, for screen readers."""
    linked: str
    """Stands over the entry that a link shows."""
    privacy: str
    forget: str
    forget_question: str
    forget_yes: str
    forget_no: str
    forgotten: str

    cookies_needed: str
    too_many: str
    too_long: str
    """With {most}: how many characters may be sent."""
    not_now: str
    offline: str


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


CHAT_ENGLISH = ChatSentences(
    title="Chat",
    samples="You can ask, for example",
    topics="Browse by topic",
    you="You",
    assistant="Assistant",
    question="Your question",
    question_hint="Write your question",
    send="Send",
    menu="Menu",
    reply="Your reply",
    send_reply="Send reply",
    look_again="See whether an answer has come",
    more="What you can choose",
    linked="Here is what you looked for.",
    privacy="Privacy",
    forget="Delete my records",
    forget_question=(
        "This deletes the chat in this browser and all requests to be told an answer. It cannot be undone, "
        "and answers you wait for will not reach you."
    ),
    forget_yes="Delete everything",
    forget_no="Keep it",
    forgotten="The chat and all requests to be told have been deleted.",
    cookies_needed="This browser blocks cookies, so the chat cannot go on. Please allow them and send it again.",
    too_many="That was too much at once. Please send it again in a minute.",
    too_long="That is too long. You can send up to {most} characters.",
    not_now="No answer can be given at the moment. Please send it again in a while; what you wrote is still here.",
    offline="There is no connection. Please send it again once there is; what you wrote is still here.",
)
