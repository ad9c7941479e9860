"""Makes the calls that wait in the outbox: each once, in order inside a chat, through every failure of Telegram.

`sender` is the loop, `call_delivery` the way of one call, with the probe for messages that may have arrived. `gateway`
makes each call over the `client`, and holds back what would come to nothing together with the `rate_limiter`.
`api_errors` knows what Telegram's refusals mean.
"""
