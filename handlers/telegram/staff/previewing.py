"""An answer before it is sent, letter by letter as citizens will read it."""

from bot.dialogue.presenter import notice
from bot.follow_up.desk import Shown
from bot.follow_up.notification import Notice, NoticeKind
from bot.questions import QuestionState
from bot.records.askers import Asker, AskerState
from handlers.telegram.citizens.rendering import MOST_UNITS, Part, render_literally
from handlers.telegram.staff.callback_data import Verb
from handlers.telegram.staff.deeds import Deed
from handlers.telegram.staff.markup import Keyboard, button, literal
from handlers.telegram.staff.prompts import PromptKind
from handlers.telegram.staff.room import StaffRoom

_FOR_OUR_WORDS = 700
"""Characters."""


def show_preview(shown: Shown, deed: Deed) -> None:
    """Shows it with the buttons that send it or not. A reply to it is another answer in its place."""
    room, number = deed.room, shown.group.number
    parts = _as_read(shown, room)
    cautions = "".join(f"\n{literal(room.words.cautions[caution])}" for caution in shown.cautions)
    reference = deed.say.of_prompt(number, PromptKind.ANSWER)
    fits = len(parts) == 1 and len(parts[0].plain) + _FOR_OUR_WORDS < MOST_UNITS
    words = room.words.preview_drafts if room.follow_up.workspace.needs_approval else room.words.preview
    said = literal((words if fits else room.words.preview_long).format(number=number, count=shown.waiting))
    if fits:
        said = f"{said}{cautions}\n\n<blockquote>{parts[0].html}</blockquote>"
    else:
        for part in parts:
            deed.say.reply(part.html)
        said = f"{said}{cautions}"
    deed.say.reply(said, _buttons(shown.number, room), reference=reference)


def _buttons(preview: int, room: StaffRoom) -> Keyboard:
    words = room.words
    return [[button(words.send_button, Verb.SEND, preview), button(words.cancel_button, Verb.CANCEL, preview)]]


def _as_read(shown: Shown, room: StaffRoom) -> list[Part]:
    """The messages that somebody who asked the group's first question gets."""
    group = shown.group
    asker = Asker(
        number=0,
        question=0,
        text=group.title,
        language=group.language,
        receipt="",
        state=AskerState.WAITING,
        question_state=QuestionState.OPEN,
        channel="",
        chat=None,
        message=None,
        asked_at=room.now(),
        group=group.number,
    )
    return render_literally(notice(asker, Notice(NoticeKind.ANSWER, shown.text)).text)
