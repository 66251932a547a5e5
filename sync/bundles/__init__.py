"""Events and answers by USB stick."""
