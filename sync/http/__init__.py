"""HTTP to servers outside: one deadline, bounded answers, verified TLS, errors in words."""
