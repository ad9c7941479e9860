"""The web door: the webhook, health and metrics. The only room that imports the web framework."""
