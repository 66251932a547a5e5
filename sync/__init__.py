"""Store and forward: a follower of the journal that talks to the one-stop system and to webhooks."""
