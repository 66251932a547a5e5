"""Runs a program as the unit of a public screen would: `python -m tests.systemd.confined CALLS PROGRAM …`.

As nobody where we are root, without a capability, without new rights, with the listed system calls alone; any other one
fails with EPERM. CALLS: their names, separated by commas.
"""

from __future__ import annotations

import ctypes
import os
import sys

SET_NO_NEW_PRIVILEGES, DROP_FROM_BOUNDING_SET, LAST_CAPABILITY = 38, 24, 40  # linux/prctl.h, linux/capability.h
REFUSE, ALLOW = 0x00050001, 0x7FFF0000  # SCMP_ACT_ERRNO(EPERM), SCMP_ACT_ALLOW
NOBODY = 65534


def confine(calls: list[str]) -> None:
    """Raises OSError when the system does not take the filter."""
    libc, seccomp = ctypes.CDLL(None), ctypes.CDLL("libseccomp.so.2")
    if os.geteuid() == 0:
        for capability in range(LAST_CAPABILITY + 1):
            libc.prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    libc.prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    seccomp.seccomp_init.restype = ctypes.c_void_p
    seccomp.seccomp_rule_add.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint]
    seccomp.seccomp_load.argtypes = [ctypes.c_void_p]
    rules = seccomp.seccomp_init(REFUSE)
    for number in map(seccomp.seccomp_syscall_resolve_name, (name.encode() for name in calls)):
        if number >= 0:  # others are of another processor
            seccomp.seccomp_rule_add(rules, ALLOW, number, 0)
    if seccomp.seccomp_load(rules):
        raise OSError("the filter of system calls cannot be loaded")


if __name__ == "__main__":
    confine(sys.argv[1].split(","))
    os.execvp(sys.argv[2], sys.argv[2:])
