"""What keeps an office running: creation, upgrades, backups, the lock of a running service, the doctor."""
