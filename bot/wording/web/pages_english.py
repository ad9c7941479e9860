"""What every web page says in English."""

from bot.wording.web.pages import FailureSentences, PageSentences

PAGES_ENGLISH = PageSentences(
    name_unknown="Automatic assistant",
    to_content="Skip to content",
    pages="Pages",
    chat="Chat",
    console="Staff console",
    other_language="한국어",
    local_notice="This is a trial that only this computer can open. Everything can be used without signing in.",
    back_to_start="To the start",
    failures={
        403: FailureSentences("The request was not accepted", "The page may be old. Reload it and try again."),
        404: FailureSentences("There is no such page", "Check the address, or begin again from the start."),
        405: FailureSentences("This cannot be done at this address", "Please begin again from the start."),
        413: FailureSentences("That was too long", "Please shorten it and send it again."),
        421: FailureSentences("The page cannot be opened at this address", "Please use the address you were given."),
        429: FailureSentences("Too many requests", "Please try again in a while."),
        503: FailureSentences("Not available at the moment", "Please try again in a little while."),
    },
    other_failure=FailureSentences("Something went wrong", "Please try again in a little while."),
)
