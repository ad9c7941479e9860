"""What is said in English."""

from bot.wording.sentences import Sentences

ENGLISH = Sentences(
    welcome=(
        "Replies are automatic and come from registered material only. "
        "What I do not know I say so, and pass on to staff."
    ),
    help=(
        "Ask in a sentence or a few words.\n"
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
        "{carrier}"
        "- Asking here is not filing a petition with the city."
    ),
    privacy_carriers={"telegram": "- Telegram is a foreign service: please keep personal data out of the chat.\n"},
    privacy_kept_here=(
        "**Privacy**\n"
        "- This chat is stored for {shown} days so that you can read it again, and deleted then. "
        "Only this browser, with its cookie, can open it.\n"
        "- Questions that could not be answered are stored for staff and deleted after {days} days.\n"
        "- Registration, phone, card and account numbers and e-mail addresses are masked before anything is stored.\n"
        "- Names are not stored. If you ask to be told an answer, the number of this chat is stored "
        "until you have been told.\n"
        "- Withdraw under ‘My questions’; delete all of this chat under ‘Delete my records’.\n"
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
    likely="Were you looking for the answer to “{question}”?",
    none_of_these="None of these",
    turned_down="So the answer was not among them. Your question has been passed on to staff.",
    turned_down_before="This question has already been passed on to staff.",
    chosen="You chose: {question}",
    safety={
        "self_harm": (
            "Please call **{suicide}** (suicide prevention) now. It is open day and night.\n"
            "You do not have to bear this alone. In immediate danger call {emergency} or {police}."
        ),
        "medical": (
            "Please call **{emergency}** now, and say first where you are.\n"
            "Stay where it is safe and follow their advice. I am an automatic service and cannot call for you."
        ),
        "child": (
            "Please call **{police}** now. Young people also get help at **{youth}**, day and night.\n"
            "Do not carry this alone. There are people who help. I am an automatic service and cannot call for you."
        ),
        "partner": (
            "Please call **{women}** (women's emergency line) or **{police}** now. Both are open day and night.\n"
            "It is not your fault. Go to a safe place first. I am an automatic service and cannot call for you."
        ),
        "school": (
            "Please call **{school}** (school violence). In immediate danger call **{police}**.\n"
            "You do not have to put up with it. There are people who help, day and night."
        ),
        "violence": (
            "Please call **{police}** now. If you cannot speak, send a text message to {police}.\n"
            "Go to a safe place first. If somebody is hurt, call **{emergency}**."
        ),
    },
    talk={
        "greeting": "{greeting}",
        "thanks": "You are welcome. Ask whenever there is more.",
        "goodbye": "Goodbye. Come back whenever there is something to ask.",
        "heard": "Fine. Ask whenever there is more.",
        "apology": "No harm done. What would you like to know?",
        "insult": "I am sorry to be of so little help. Put it in other words, and I will look again.",
        "yes": "Fine. What would you like to know?",
        "no": "If that was not what you wanted, please put it in other words.",
        "choice": "There is nothing to choose by number just now. What would you like to know?",
        "otherwise": "So that was not it. Please say a little more of what you would like to know.",
        "nothing": "Please write what you would like to know.",
        "contact": "I reply automatically and cannot put you through to a person.",
        "menu": "What would you like to know? Choose a topic or write your question.",
        "help": "How can I help? Write your question. In an emergency call 112 or 119.",
        "who": "This is the {name}. I am not a human but an automated chatbot.\nYou can ask about {scope}.",
        "human": "I am not a human but an automated chatbot. I show registered material and make nothing up.",
        "maker": "This is the {name}. My material does not say who made or runs me.",
        "ability": "You can ask about {scope}. Use your own words.",
        "basis": "What I have is the {basis}. I do not know what has changed since.",
        "trust": "My answers are taken from the {basis}. Things may have changed: please confirm what matters.",
        "foreign": "I answer in Korean and English only. Please ask in one of them.\n한국어나 영어로 물어봐 주세요.",
        "elsewhere": "I speak for **{place}**. My material does not cover other places.",
        "unclear": "Please say what you would like to apply for or use. You can also choose a topic.",
    },
    name_unknown="automatic assistant",
    scope_unknown="what the registered material covers",
    greeting_unknown="Hello. Ask in your own words.",
    contact_heading="Whom to ask",
    contact_unknown="No contact has been set yet.",
    samples_heading="For example:",
    today="This is what the {basis} says. How things are today, I cannot confirm.",
    today_unknown="I know only the {basis}. How things are today, I cannot confirm.",
    part_lacking="‘{question}’: I found no answer in the {basis} that I have.",
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
    state_waiting="Staff have not answered it yet",
    state_taken="Staff are looking at it",
    state_telling="The answer is on its way",
    state_told="You have been told the answer",
    state_failed="The answer could not be delivered",
    state_withdrawn="You have withdrawn",
    state_closed="It cannot be answered here",
    forgotten="Your requests to be told, and what connects this chat with past questions, have been deleted.",
    notice_answer="There is an answer to your question.\nQuestion: {question}\n\n{text}",
    notice_closed="Your question cannot be answered here.\nQuestion: {question}\n\n{text}",
    closed_because={
        "unrelated": "It is not about what this assistant informs about.",
        "unclear": "We could not tell what you are asking. Please ask again in more detail.",
        "elsewhere": "It is for the office that takes complaints and requests.",
        "noise": "We found no question in it that we could answer.",
    },
    notice_question=(
        "Staff would like to know more.\nQuestion: {question}\n\n{text}\n\nPlease write it here; staff will get it."
    ),
    note_passed_on="Your words have been passed on to staff. If it was a new question, press below.",
    ask_anew="It was a new question",
    known_answer="{text}\n\nAnswered by staff · {day}",
    known_closed="This question cannot be answered here.\n{text}",
    paused="I cannot answer at the moment. Your question was recorded; please ask again a little later.",
    telephone_hidden="The telephone number was hidden, and nobody has seen it. Nobody will call; please look here.",
    when_told="I cannot promise when. You will be told here as soon as there is an answer.",
    which_to_cancel="Which one shall I cancel?",
    unstaffed={
        "welcome": "Replies are automatic and come from registered material only. What I do not know, I say so.",
        "turned_down": "Then I have no answer. Your question was recorded.",
        "turned_down_before": "The question was recorded already.",
        "recorded": "Your question was recorded. At the moment nobody is appointed to look at it.",
        "what_was_missing": "What was missing? Reply to this message, and it will be recorded.",
        "missing_recorded": "Your words were recorded. Thank you.",
        "note_passed_on": "Your words were recorded. If it was a new question, press below.",
        "state_waiting": "There is no answer yet",
    },
    reply_hint="Your reply",
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
        "This is the {name}. Ask about {scope}.\n"
        "It answers automatically, from registered material alone. What it cannot answer goes to staff."
    ),
)
