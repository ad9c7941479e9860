"""What the city knows, and finding it. Pure: no Telegram, no HTTP, no database."""
