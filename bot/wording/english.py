"""What is said in English."""

from bot.wording.sentences import Sentences

ENGLISH = Sentences(
    welcome=(
        "Hello, this is the **AI Hub City Gwangju** assistant.\n"
        "Ask in your own words, for example: What is the budget of the cluster?\n\n"
        "Replies are automatic and come from registered material only. "
        "What I do not know I say so, and pass on to staff."
    ),
    help=(
        "Ask in a sentence or a few words.\n"
        "- Where will the cluster be built?\n"
        "- When will the data centre be finished?\n"
        "- What does GIST teach?\n\n"
        "/topics browse by topic\n"
        "/myquestions your questions\n"
        "/privacy how your data is treated\n"
        "Please do not write personal numbers such as phone or registration numbers."
    ),
    privacy=(
        "**Privacy**\n"
        "- Your last question is stored for a few minutes to understand the next one, then deleted; "
        "/start deletes it at once.\n"
        "- Beyond that, questions that were answered are not stored.\n"
        "- Your messages are stored until they are handled, and deleted then.\n"
        "- Questions that could not be answered are stored for staff and deleted after {days} days.\n"
        "- Registration, phone, card and account numbers and e-mail addresses are masked before anything is stored.\n"
        "- Names and user names are not stored. If you ask to be told an answer, the number of this chat is stored "
        "until you have been told.\n"
        "- Withdraw with /myquestions; delete the records of this chat with /forget.\n"
        "- Telegram is a foreign service: please keep personal data out of the chat.\n"
        "- Asking here is not filing a petition with the city."
    ),
    topics="Which topic are you interested in?",
    topics_button="Browse topics",
    previous_page="Previous questions",
    next_page="More questions",
    topic_heading="Common questions on **{title}**.",
    understood="I read this as ‘{text}’.",
    source="{source}, as of {as_of}",
    source_only="{source}",
    as_of_only="As of {as_of}",
    year="{year}",
    month="{year}-{month:02}",
    day="{year}-{month:02}-{day:02}",
    may_have_changed=" · things may have changed since",
    basis_unknown="material",
    not_in_base="The {basis} that I have does not cover {subject}.",
    suggestions="Is it one of these? Please choose.",
    none_of_these="None of these",
    turned_down="So the answer was not among them. Your question has been passed on to staff.",
    turned_down_before="This question has already been passed on to staff.",
    chosen="You chose: {question}",
    fallback="Sorry, I found no answer in the registered material.",
    recorded="Your question has been passed on to staff.",
    helpful="Helpful",
    not_helpful="Not helpful",
    thanks="Thank you for your opinion.",
    voted_before="You have said so already.",
    what_was_missing="What was missing? Reply to this message, and staff will read it.",
    what_was_missing_hint="What was missing",
    missing_recorded="Your words have been passed on to staff. Thank you.",
    tell_me="Tell me when there is an answer",
    tell_me_confirmed=(
        "Your receipt is **{receipt}**. You will be told here when there is an answer.\n"
        "The number of this chat is kept until then only. You can withdraw at any time: /myquestions"
    ),
    withdraw="Do not tell me: {receipt}",
    withdrawn="You will not be told about {receipt}; the number of this chat has been deleted.",
    my_questions="The questions that you want to be told about.",
    no_questions=(
        "There is none. When I cannot answer, press ‘Tell me when there is an answer’, "
        "and your question will be listed here."
    ),
    my_question="**{receipt}** {question}\n{state} ({day})",
    state_waiting="Staff are looking at it",
    state_telling="The answer is on its way",
    state_told="You have been told the answer",
    state_failed="The answer could not be delivered",
    state_withdrawn="You have withdrawn",
    state_closed="It cannot be answered here",
    forgotten="Your requests to be told, and what connects this chat with past questions, have been deleted.",
    notice_answer="There is an answer to your question.\nQuestion: {question}\n\n{text}",
    notice_closed="Your question cannot be answered here.\nQuestion: {question}",
    notice_question="Staff would like to know more.\nQuestion: {question}\n\n{text}\n\nPlease reply to this message.",
    note_passed_on="Your words have been passed on to staff.",
    empty_question="Please write your question, for example: What is the budget of the cluster?",
    text_only="I cannot read pictures, voice messages or stickers. Please write your question.",
    unknown_command="I do not know that command. Just write your question, or press /help.",
    stale_button="This button no longer works. Please ask again.",
    edited_question="I cannot answer an edited question. Please send it as a new message.",
    temporary_failure="Something is wrong at the moment. Please ask again in a little while.",
    too_many_questions=(
        "That was too many messages at once. "
        "Your first questions are being answered; please send the others again in a while."
    ),
    group_hint="Here, put @{name} into your question or reply to one of my messages. Or write to me in private.",
    command_start="Introduction",
    command_help="Help",
    command_topics="Browse by topic",
    command_my_questions="My questions",
    command_forget="Delete my records",
    command_privacy="Privacy",
    description=(
        "Information on Gwangju's AI Hub City programme: the cluster, schedule, investment and training.\n"
        "Replies are automatic and come from registered material only. Unanswered questions go to staff."
    ),
    short_description="AI Hub City Gwangju information",
)
