"""What the follow-up keeps, as the other rooms see it."""

from bot.storage.database import Database
from bot.storage.follow_up.askers import Askers
from bot.storage.follow_up.asking_back import AskingBack
from bot.storage.follow_up.audit import Audit
from bot.storage.follow_up.cards import Cards
from bot.storage.follow_up.choices import Wordings
from bot.storage.follow_up.drafts import Drafts
from bot.storage.follow_up.group_search import GroupSearch
from bot.storage.follow_up.groups import Groups
from bot.storage.follow_up.kept_replies import KeptReplies
from bot.storage.follow_up.members import Members
from bot.storage.follow_up.pauses import KeptPause
from bot.storage.follow_up.prompts import Prompts
from bot.storage.follow_up.reminders import Reminders
from bot.storage.follow_up.tallies import Tallies


class FollowUpStore:
    """Everything that is kept of the follow-up; each part joins the unit it is called in, and raises StorageError."""

    def __init__(self, database: Database, key: bytes) -> None:
        self.groups = Groups(database)
        self.search = GroupSearch(database)
        self.members = Members(database)
        self.askers = Askers(database, key)
        self.asking_back = AskingBack(database)
        self.audit = Audit(database)
        self.drafts = Drafts(database)
        self.wordings = Wordings(database)
        self.tallies = Tallies(database, key)
        self.cards = Cards(database)
        self.reminders = Reminders(database)
        self.prompts = Prompts(database)
        self.pauses = KeptPause(database)
        self.saved_replies = KeptReplies(database)
