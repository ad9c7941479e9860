"""What staff read in their group, in English."""

from bot.records.errors import Caution, Refusal, TextProblem
from bot.records.groups import GroupState
from bot.wording.staff.staff_group import StaffGroupSentences

STAFF_GROUP_ENGLISH = StaffGroupSentences(
    moment="{month}/{day} {hour:02}:{minute:02}",
    time="{hour:02}:{minute:02}",
    languages={"ko": "Korean", "en": "English"},
    states={
        GroupState.OPEN: "unanswered",
        GroupState.TAKEN: "taken",
        GroupState.DRAFTED: "waits for approval",
        GroupState.ANSWERED: "answered",
        GroupState.DISMISSED: "dismissed",
        GroupState.MERGED: "merged",
    },
    topic="#{number} {title}",
    heading="#{number} · {state}",
    overdue="overdue",
    more_questions="and {count} more",
    counts="{people} people · {askers} want to be told · {languages}",
    asked="first {first} · last {last} · due {due}",
    nearest="Nearest answers:",
    nearest_entry="- {question} ({percent}%)",
    notes="Citizens added:",
    taken_by="Taken by {by} ({at})",
    drafted_by="An answer by {by} waits for approval ({at})",
    answered_by="Answered by {by} ({at})",
    linked_by="Linked by {by} to the answer ‘{entry}’ ({at})",
    approved_by="Approved by {by} ({at})",
    dismissed_by="Dismissed by {by}: {reason} ({at})",
    merged_by="Merged by {by} into #{into} ({at})",
    answer="Answer ({language}):",
    sent_from="It is sent at {time} and can be undone until then.",
    told="Told: {told} of {all}",
    not_reached="Not reached {count}: {reasons}",
    unreached={
        "blocked": "blocked the bot",
        "deactivated": "no account any more",
        "not-started": "never started the chat",
        "chat-not-found": "no such chat",
        "chat-deleted": "deleted the chat",
    },
    unreached_otherwise="cannot be sent to",
    destroyed="This question was destroyed: its retention is over.",
    answer_button="Answer",
    link_button="Link to an answer",
    ask_back_button="Ask back",
    dismiss_button="Dismiss",
    take_button="Take",
    hand_over_button="Hand over",
    split_button="Split",
    merge_button="Merge",
    undo_button="Undo",
    approve_button="Approve",
    reopen_button="Open again",
    send_button="Send",
    cancel_button="Cancel",
    close_button="Close",
    search_button="Search by words",
    own_reason_button="In own words",
    dismiss_checked_button="Looked at it, dismiss",
    change_reason="To write another reason, reply to this message.",
    saved_button="Saved replies",
    keep_button="Save for another time",
    drop_saved_button="Remove",
    bulk_button="Dismiss several",
    waited_for_button="Only those that somebody waits for",
    all_button="Show all",
    further_button="Next",
    back_button="Back",
    how_to_answer="Reply to this card with the answer. You will see a preview before anything is sent.",
    choose_entry="Choose the answer to link #{number} to.",
    no_entries="No answer fits. Try other words.",
    choose_reason=(
        "Why does #{number} need no answer? Those who want to be told read the reason, and whom to ask. "
        "The same question will make no new card."
    ),
    choose_saved="Choose a saved reply for #{number}. You will see it before it is sent.",
    nothing_saved="Nothing is saved. ‘Save for another time’ under a preview puts it here.",
    kept="It is saved.",
    dropped="It is removed.",
    unknown_saved="That reply was removed already.",
    bulk_prompt="{name}, reply to this message with the numbers of the cards to dismiss, at most 8, such as 3 5 12",
    not_numbers="Please write the numbers of cards, such as 3 5 12",
    bulk_choose="Why do these {count} need no answer? Those who want to be told read the reason, and whom to ask.",
    bulk_dismissed="{count} are dismissed: {numbers}. Within a minute it can be undone on each card.",
    choose_split="Choose the question to take out of #{number}.",
    ask_back_prompt="{name}, reply to this message with what to ask the citizens of #{number}.",
    reason_prompt="{name}, reply to this message with the reason why #{number} needs no answer; citizens read it.",
    search_prompt="{name}, reply to this message with words to find an answer for #{number}.",
    merge_prompt="{name}, reply to this message with the number of the card to merge into #{number}, such as 13",
    prompt_hint="Write here",
    preview="Preview of #{number}. With ‘Send’, the {count} citizens who want to be told get this.",
    preview_drafts=(
        "Preview of #{number}. Once another member of staff approves, "
        "the {count} citizens who want to be told get this."
    ),
    preview_link="The answer to ‘{entry}’ is sent as it stands below.",
    preview_people=" ×{count}",
    preview_questions="It answers these questions. Press what it does not answer to leave it out.",
    leave_out_button="Leave out: {question}",
    preview_long="The messages above preview #{number}. The {count} citizens who want to be told get them as they are.",
    cautions={
        Caution.PERSONAL_NUMBER: (
            "Caution: there is a number such as a telephone's. Make sure that it is public; it is sent unmasked."
        ),
        Caution.MARKUP: "Caution: there is markup. Citizens will see its characters too.",
        Caution.TOO_LONG_FOR_ENTRY: "Caution: it is too long for the knowledge base. It can be sent.",
    },
    sending="The answer to #{number} is sent at {time} and can be undone until then.",
    drafted="The answer to #{number} is kept. It is sent once another member of staff approves it on the card.",
    cancelled="Nothing was sent.",
    linked="#{number} is linked to ‘{entry}’. It is sent at {time} and can be undone until then.",
    link_drafted="#{number} is linked to ‘{entry}’. It is sent once another member of staff approves it on the card.",
    dismissed="#{number} is dismissed: {reason}. It can be undone until {time}.",
    asking_back="The {count} citizens of #{number} are asked at {time}; it can be undone until then.\n{text}",
    merged="The questions of #{other} belong to #{number} now.",
    split="The question went from #{number} to #{other}.",
    undone="What was done last to #{number} is undone.",
    taken="You have taken it.",
    handed_over="Anybody can take it now.",
    approved="You have approved it. It is sent in a minute.",
    reopened="It is open again.",
    opened="The card is open below.",
    refusals={
        Refusal.TAKEN: "#{number}: {by} was first and has taken it ({at}). They can hand it over.",
        Refusal.DRAFTED: "#{number}: an answer by {by} waits for approval ({at}).",
        Refusal.ANSWERED: "#{number}: {by} was first and has answered ({at}).",
        Refusal.DISMISSED: "#{number}: {by} has dismissed it ({at}).",
        Refusal.MERGED: "#{number}: {by} has merged it into another card ({at}).",
        Refusal.NOT_TAKEN: "#{number}: nobody has taken it.",
        Refusal.NOT_DRAFTED: "#{number}: no answer waits for approval.",
        Refusal.OWN_DRAFT: "#{number}: you wrote this answer; another member of staff must approve it.",
        Refusal.NOT_CLOSED: "#{number}: it is open already.",
        Refusal.CHANGED: "#{number}: {by} has changed the answer ({at}). Look at the card again.",
        Refusal.NOT_WRITER: "#{number}: {by} wrote this answer; only they can send it.",
        Refusal.NOTHING_TO_UNDO: "#{number}: there is nothing to undo.",
        Refusal.TOO_LATE: "#{number}: the minute is over, or it is being sent ({by}, {at}).",
        Refusal.WRONG_QUESTIONS: "#{number}: this question cannot be split off.",
        Refusal.SAME_GROUP: "#{number}: it cannot be merged with itself.",
        Refusal.OTHER_QUESTIONS: "#{number}: its questions have changed meanwhile. Look at them again, then send.",
        Refusal.NO_ANSWER: "#{number}: that entry answers nothing. Choose another one.",
        Refusal.NOBODY_ASKS: "#{number}: nobody wants to be told, so nobody can be asked back.",
    },
    problems={
        TextProblem.EMPTY: "There is no text. Write what citizens should read.",
        TextProblem.INVISIBLE: "There are only invisible characters. Write what citizens should read.",
        TextProblem.TOO_LONG: "It has {length} characters; {limit} are possible. Shorten it.",
    },
    unknown_group="No card has this number.",
    unknown_entry="This answer is gone.",
    unknown_preview="This preview was sent already or is too old. Write the answer again.",
    stale="This button no longer works.",
    text_only="Only text can be sent to citizens, no pictures, files or stickers.",
    edited="An edited reply changes nothing. Reply anew.",
    paused="No answers are given ({by}, {at}). Questions are only recorded. To answer again: /resume",
    resumed="Answers are given again.",
    calls_unforeseen=(
        "Telegram refused {count} messages for a reason that nobody foresaw ({reason}). They are kept and tried "
        "again for ten minutes. Please tell whoever runs the assistant."
    ),
    not_paused="It was not paused; answers are given.",
    command_pause="Stop answering citizens",
    command_resume="Answer again",
    no_reply_here="This message takes no reply. Reply to a card, or begin with its number: ‘#12 the answer’.",
    forwarded="Forwarded messages are not taken. Write it yourself.",
    not_a_number="Write just the number of the card to merge, such as 13",
    not_staff="Only members of the staff group can do this.",
    not_here="This works in the staff group only.",
    anonymous="This cannot be done anonymously. Turn anonymity off in your admin rights and try again.",
    cannot_check="Whether you are staff cannot be checked now, so nothing was done. Try again in a while.",
    many_new="{count} new groups of unanswered questions. Press a number to open its card.",
    listed="#{number} ({people}, {state}) {title}",
    listed_overdue="#{number} ({people}, {state}, overdue) {title}",
    open_list="{count} unanswered, {overdue} of them overdue. Press a number to open its card.",
    waited_for_list="Somebody waits for these {count}. A number opens its card.",
    page="Page {number} of {count}",
    nothing_open="Nothing is unanswered.",
    reminder="#{number} was due on {due}. You can reply to this message with the answer.\n{title}",
    digest=(
        "Digest of {day}\n{open} open · {taken} taken · {drafted} wait for approval\n"
        "{overdue} overdue · {drafts} new drafts · {failed} citizens not reached in the last 7 days"
    ),
    digest_overdue="Waiting longest:",
    digest_asked="Asked most:",
    digest_newly="More people wait for:",
    digest_new="#{number}: {count} more since yesterday",
    reviews=(
        "{count} answers are past their day of review (told once a month)\n"
        "See whether they still hold. Where one does, write today's date as its verified; else mend it. "
        "Until then citizens read that things may have changed."
    ),
    reviews_owner="{owner}: {count}",
    reviews_nobody="Without an owner",
    reviews_entry="- {question} (by {day})",
    reviews_more="- {count} more (all of them: python main.py check --stale)",
    statistics=(
        "The last {days} days\n"
        "{asked} questions: {answered} answered, {suggested} with suggestions, {refused} unanswered\n"
        "{staff} answered by staff; time to an answer: median {median}, nine of ten within {p90}\nHelpful: {helpful}"
    ),
    statistics_topics="By topic:",
    statistics_topic="- {topic}: {asked}, unanswered {refused}",
    statistics_asked="Asked most:",
    no_topic="no topic",
    no_figure="none",
    days="{count} d",
    hours="{count} h",
    minutes="{count} min",
    chart="Questions of the last {days} days",
    chart_answered="Answered",
    chart_suggested="Suggestions",
    chart_refused="No answer",
    chart_by_staff="Answered by staff",
    chart_description=(
        "{title}, a bar for each day. In all: answered {answered}, suggestions {suggested}, no answer {refused}, "
        "answered by staff {staff}."
    ),
    console_link=(
        "This opens the console, once, within {minutes} minutes:\n{link}\n\n"
        "On another computer, type this into its sign-in page: {code}\nSend it to nobody."
    ),
    console_in_private="The console's address is given in private: send /console to me there.",
    no_console="This service shows no console.",
    help=(
        "Unanswered questions that are alike make one card.\n"
        "- A reply to the card is the answer. You see a preview; ‘Send’ sends it a minute later.\n"
        "- ‘Link to an answer’ sends an answer that exists.\n"
        "- ‘Ask back’ asks the citizens who want to be told.\n"
        "- ‘Dismiss’ closes it, also when it is asked again.\n"
        "- Everything can be undone within a minute, and everything is recorded.\n\n"
        "/open unanswered questions\n/digest digest of today\n/stats figures and a picture\n"
        "/pause stop answering, /resume answer again\n"
        "/console the address of the console (in private)"
    ),
    command_stats="Figures and a picture",
    command_console="The address of the console (in private)",
    command_open="Unanswered questions",
    command_digest="Digest of today",
    command_help="Help for staff",
)
