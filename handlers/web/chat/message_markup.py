"""From a message's text to HTML: bold, addresses to follow, numbers to call, commands to press; all else is text."""

import re

from markupsafe import Markup, escape

from bot.dialogue.dialogue import COMMANDS
from bot.dialogue.messages import runs_of
from bot.wording import sentences
from bot.wording.helplines import NUMBERS
from knowledge.base import Language

PRESSED_FORM = "press"
"""The id of the form that all buttons of messages belong to."""

_FOLLOWED = re.compile(
    rf"(?P<address>https?://[\w\-.~:/?#@!$&'()*+,;=%\[\]]+)|(?<![\w/])/(?P<command>{'|'.join(COMMANDS)})(?!\w)",
    re.ASCII,
)
_NOT_OF_ADDRESS = ".,;:!?)]'"


def html_of(text: str, language: Language) -> Markup:
    """The text with its markup; whoever wrote it cannot bring any other."""
    return Markup().join((_bold if is_bold else _plain)(run, language) for run, is_bold in runs_of(text))


def literal_html_of(text: str) -> Markup:
    """A text in which nothing is markup; addresses can be followed."""
    return _followed(text, None)


def _bold(text: str, language: Language) -> Markup:
    if text in NUMBERS.values():
        return Markup('<a class="call" href="tel:{0}">{0}</a>').format(text)
    return Markup("<strong>{}</strong>").format(_plain(text, language))


def _plain(text: str, language: Language) -> Markup:
    return _followed(text, language)


def _followed(text: str, language: Language | None) -> Markup:
    """The text with what can be followed; commands where the `language` of their buttons is given."""
    parts, done = [], 0
    for found in _FOLLOWED.finditer(text):
        if found["address"]:
            address = found["address"].rstrip(_NOT_OF_ADDRESS)
            link = Markup('<a href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>').format(address)
            end = found.start() + len(address)
        elif language:
            link, end = _command(found["command"], language), found.end()
        else:
            continue
        parts += [escape(text[done : found.start()]), link]
        done = end
    return Markup().join([*parts, escape(text[done:])])


def _command(name: str, language: Language) -> Markup:
    return Markup('<button class="inline" form="{}" name="command" value="{}">{}</button>').format(
        PRESSED_FORM, name, command_label(name, language)
    )


def command_label(name: str, language: Language) -> str:
    """What a button for a command says."""
    words = sentences(language)
    return {
        "start": words.command_start,
        "help": words.command_help,
        "topics": words.command_topics,
        "myquestions": words.command_my_questions,
        "forget": words.command_forget,
        "privacy": words.command_privacy,
    }[name]
