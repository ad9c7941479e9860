"""A Bot API server on this machine, for tests of whole programs: keeps updates as Telegram does, fails on request.

    python -m tests.bot_api

runs it by itself; `tests.bot_api.client` starts it beside a test. What it answers follows the documentation of the
Bot API and the source of Telegram's own server; where Telegram publishes no rule (flood limits, how long a button press
can be answered) there is a setting.
"""
