"""What the chat page says in English."""

from bot.wording.web.chat_texts import ChatSentences

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
