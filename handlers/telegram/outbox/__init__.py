"""Makes the calls that wait in the outbox: each once, in order inside a chat, through every failure of Telegram.

`sender` is the loop and `deliveries` what is under way. `attempt` makes one call, `amending` knows what to try instead
of a refused one, `meaning` what an error says. `search` looks for messages that may have arrived. `outage` and `pacing`
hold back what would come to nothing.
"""
