"""The errors of this room.

AssistantError
├── SettingsError           a setting is missing or wrong; the message names it and says what to write
├── StorageError            the database cannot be used; the message says which and what to do
│   ├── StorageAwayError    the database's server cannot be reached now; that may pass by itself
│   │   └── StorageGoneError    it is away for everybody: nothing listens there, or it says so itself
│   ├── DoubtfulCommitError a commit failed whose end is not known: what was written may be there all the same
│   ├── NewerSchemaError    the database was written by a newer version of this program
│   └── LeaseLostError      an update was handled by somebody else meanwhile
├── FindingError            a question could not be looked up in the knowledge base; the message says why
│   ├── ChildEndedError     the process that was to look it up ended; the message says how
│   └── DeadlyQuestionError the processes that were to look it up ended, one after the other; do not ask again
└── UnknownQuestionError    no recorded question has this number
"""


class AssistantError(Exception):
    """Base of everything that goes wrong in this room."""


class SettingsError(AssistantError):
    """A setting is missing or wrong."""


class StorageError(AssistantError):
    """The database cannot be used."""


class StorageAwayError(StorageError):
    """The database cannot be reached now, which may pass by itself."""


class StorageGoneError(StorageAwayError):
    """The database is away for everybody, not for this process alone."""


class DoubtfulCommitError(StorageError):
    """A commit failed on the way: what was written may be there all the same."""


class NewerSchemaError(StorageError):
    """The database was written by a newer version of this program."""


class LeaseLostError(StorageError):
    """An update is handled by somebody else, or was: nothing may be done for it a second time."""

    def __init__(self, number: int) -> None:
        super().__init__(f"update {number} was handled already, or another process took it over; nothing is done twice")


class FindingError(AssistantError):
    """A question could not be looked up in the knowledge base."""


class FinderAwayError(FindingError):
    """Nothing can be looked up now, whatever it is, which passes by itself."""


class ChildEndedError(FindingError):
    """The process that was to look something up has ended.

    `working_on_it`: it was at this very request, rather than at one before it.
    """

    def __init__(self, how: str, *, working_on_it: bool = False) -> None:
        self.working_on_it = working_on_it
        super().__init__(f"the process that looks questions up has ended ({how})")


class DeadlyQuestionError(FindingError):
    """Each of the processes that were given this question ended over it: the next one would end too."""

    def __init__(self, deaths: int) -> None:
        self.deaths = deaths
        super().__init__(f"the process that looks questions up ended {deaths} times over the same question")


class UnknownQuestionError(AssistantError):
    """No recorded question has the number that was given."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"there is no recorded question {number}; see: python main.py questions list")
