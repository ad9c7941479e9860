"""Makes the calls that wait in the outbox: each once, in order inside a chat, through every failure of Telegram.

`effects` is what an update asks for. `sender` is the loop, `call_delivery` the way of one call; `delivery_probe` looks
for messages that may have arrived. `gateway` makes each call over the `client`. The `rate_limiter` and the
`circuit_breaker` hold back what would come to nothing. `api_errors` knows what Telegram's refusals mean.
"""
