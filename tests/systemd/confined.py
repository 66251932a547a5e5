"""Runs a program as the unit of a public screen would: `python -m tests.systemd.confined CALLS UPSTREAM PROGRAM …`.

In a network of its own, where 127.0.0.1:8080 is a line to UPSTREAM (host:port) by systemd's own relay; in a user
namespace that knows few users; as one of them, without a capability, without new rights, with the listed system calls
alone, sockets and namespaces of the kinds that the unit allows. CALLS: names, separated by commas.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import struct
import sys
from pathlib import Path

RELAY = "/usr/lib/systemd/systemd-socket-proxyd"
LINE = ("127.0.0.1", 8080)
NOBODY = 65534
SET_NO_NEW_PRIVILEGES, DROP_FROM_BOUNDING_SET, LAST_CAPABILITY = 38, 24, 40  # linux/prctl.h, linux/capability.h
NEW_USER, NEW_NET = 0x10000000, 0x40000000  # linux/sched.h
OTHER_NAMESPACES = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000  # mount, cgroup, names, IPC
FAMILIES = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6)
REFUSE, NO_SUCH_CALL, ALLOW = 0x00050001, 0x00050026, 0x7FFF0000  # SCMP_ACT_ERRNO(EPERM), (ENOSYS), SCMP_ACT_ALLOW
EQUAL, MASKED_EQUAL = 4, 7  # SCMP_CMP_EQ, SCMP_CMP_MASKED_EQ
SET_FLAGS, UP = 0x8914, 0x1  # SIOCSIFFLAGS, IFF_UP
libc = ctypes.CDLL(None, use_errno=True)


class Compared(ctypes.Structure):
    """struct scmp_arg_cmp of seccomp.h."""

    _fields_ = (("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64))


def unshare(kind: int) -> None:
    if libc.unshare(kind):
        raise OSError(ctypes.get_errno(), "unshare")


def listening_alone() -> socket.socket:
    """A listener in a network of this process's own, with nothing but a loopback."""
    if os.geteuid():
        own = f"{os.getuid()} {os.getuid()} 1"
        unshare(NEW_USER | NEW_NET)
        Path("/proc/self/uid_map").write_text(own, encoding="ascii")
    else:
        unshare(NEW_NET)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))
    return socket.create_server(LINE)


def become_nobody_among_few() -> None:
    """Root does; anybody else is alone already. A child, which stays outside, names the two users."""
    if os.geteuid():
        return
    (told, tell), parent = os.pipe(), os.getpid()
    helper = os.fork()
    if not helper:
        os.read(told, 1)
        for name in ("gid_map", "uid_map"):
            Path(f"/proc/{parent}/{name}").write_text(f"0 0 1\n{NOBODY} {NOBODY} 1\n", encoding="ascii")
        os._exit(0)
    unshare(NEW_USER)
    os.write(tell, b"x")
    os.waitpid(helper, 0)
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def filter_calls(calls: list[str]) -> None:
    """Raises OSError when the system does not take the filter."""
    seccomp = ctypes.CDLL("libseccomp.so.2")
    libc.prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    seccomp.seccomp_init.restype = ctypes.c_void_p
    add = seccomp.seccomp_rule_add_array
    add.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.POINTER(Compared)]
    seccomp.seccomp_load.argtypes = [ctypes.c_void_p]
    rules = seccomp.seccomp_init(REFUSE)
    for name in calls:
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number < 0:  # of another processor
            continue
        if name == "socket":
            for family in FAMILIES:
                add(rules, ALLOW, number, 1, Compared(0, EQUAL, family, 0))
        elif name in {"clone", "unshare"}:
            add(rules, ALLOW, number, 1, Compared(0, MASKED_EQUAL, OTHER_NAMESPACES, 0))
        else:  # of clone3 the flags cannot be seen: systemd has programs take clone instead
            add(rules, NO_SUCH_CALL if name == "clone3" else ALLOW, number, 0, None)
    if seccomp.seccomp_load(rules):
        raise OSError("the filter of system calls cannot be loaded")


def relay(listener: int, upstream: str) -> int:
    """systemd's relay, outside, with a listener from inside: as a socket unit hands it over. Its process id."""
    process = os.fork()
    if not process:
        os.dup2(listener, 3)
        os.environ.update({"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())})
        os.execv(RELAY, [RELAY, upstream])
    return process


def main(calls: str, upstream: str, *program: str) -> int:
    outside, inside = socket.socketpair()
    browser = os.fork()
    if not browser:
        with listening_alone() as listener:
            socket.send_fds(inside, [b"x"], [listener.fileno()])
        become_nobody_among_few()
        filter_calls(calls.split(","))
        os.execvp(program[0], program)
    inside.close()
    _, listeners, _, _ = socket.recv_fds(outside, 1, 1)
    relaying = relay(listeners[0], upstream)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(browser, 0)[1])
    finally:
        os.kill(relaying, signal.SIGTERM)
        os.waitpid(relaying, 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
