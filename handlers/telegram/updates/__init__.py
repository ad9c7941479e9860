"""From Telegram to the dispatcher: updates are stored before they are confirmed."""
