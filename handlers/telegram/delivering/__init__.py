"""Makes the calls that wait in the outbox: each once, in order inside a chat, through every failure of Telegram.

`sender` is the loop, `attempt` makes one call, `amending` knows what to try instead of a refused one, `meaning` what
an error says, `search` looks for messages that may have arrived, and `outage` holds back what would come to nothing.
"""
