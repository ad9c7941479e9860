"""The errors of this room.

AssistantError
├── SettingsError           a setting is missing or wrong; the message names it and says what to write
├── StorageError            the database cannot be used; the message says which and what to do
│   └── NewerSchemaError    the database was written by a newer version of this program
└── UnknownQuestionError    no recorded question has this number
"""


class AssistantError(Exception):
    """Base of everything that goes wrong in this room."""


class SettingsError(AssistantError):
    """A setting is missing or wrong."""


class StorageError(AssistantError):
    """The database cannot be used."""


class NewerSchemaError(StorageError):
    """The database was written by a newer version of this program."""


class UnknownQuestionError(AssistantError):
    """No recorded question has the number that was given."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"there is no recorded question {number}; see: python main.py questions list")
