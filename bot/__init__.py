"""The service between doors and knowledge: replies, records, privacy, settings. No Telegram, no HTTP."""
