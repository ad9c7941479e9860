"""What can be set while the server runs."""

from dataclasses import dataclass


@dataclass(slots=True)
class Settings:
    """How far away Telegram is, and how fast its time passes."""

    latency: float = 0.0
    """Seconds that every call takes, except getUpdates; half of them before it takes effect."""
    update_age_scale: float = 1.0
    """Factor on the 24 hours (messages) and 150 seconds (button presses) for which updates are kept."""
    retry_scale: float = 1.0
    """Factor on the pauses between deliveries to a webhook that fails: 0, 2, 4, 8 ... 60 seconds."""
    query_seconds: float = 15.0
    """For how long a button press can be answered; Telegram publishes no figure."""
    flood: bool = False
    """Whether the published limits hold: 1 message a second in a chat (3 at once), 20 a minute in a group, 30/s."""
    strict_polling: bool = True
    """Whether a poll that repeats an offset within 3 seconds is held back, as Telegram does."""
    targets: tuple[str, ...] = ()
    """Addresses that updates are posted to in turn, as a load balancer does, instead of the webhook's own."""
