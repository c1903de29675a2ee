"""Workers killed while they send mails: what arrived twice, and what was lost without a word.

A mail server of our own notes what it takes, and takes its time to say so. Senders are killed at
any moment; then time passes, and the next one goes on. In the end each mail has arrived once, or
its notice says that it cannot be confirmed. Without the mark that a mail is being handed over the
same shows mails that arrive twice: the control, which says that the trial can fail.
"""

import itertools
import os
import random
import re
import signal
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from unittest import mock

from django.conf import settings
from django.db import connections
from django.utils import timezone

from benchmarks.app import (
    Mail,
    Notice,
    Person,
    Space,
    concern,
    loaded_as_in_a_worker,
    send_what_waits,
)

NUMBER = re.compile(rb"/killed/(\d+)/")
KILLS, MAILS = 200, 600
PATIENCE = 60.0  # seconds until a sender that is waited for must be somewhere
SHORTLY = 0.03  # seconds at most between a sender's visit and its end, where that is left to chance


class Instant(Enum):
    """Where a sender stands in a visit to the mail server."""

    VISITED = auto()
    BEGUN = auto()
    TAKEN = auto()


@dataclass(frozen=True)
class Kills:
    """What became of the mails of a trial."""

    mails: int
    killed: int
    arrived: int
    twice: int
    unconfirmed: int
    lost: int


class TakesMail(socketserver.StreamRequestHandler):
    """One visit of a sender to the mail server."""

    def handle(self):
        self.say(b"220 here")
        self.server.reach(Instant.VISITED)
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA" and not self.take():
                return
            self.say(b"221 bye" if word == b"QUIT" else b"250 taken")
            if word == b"QUIT":
                return

    def take(self) -> bool:
        """A mail is taken once its last line is there, whether its sender still lives or not."""
        self.server.reach(Instant.BEGUN)
        self.say(b"354 go on")
        written = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            written += line
        whole = written.replace(b"=\r\n", b"")  # quoted-printable breaks long lines
        self.server.taken.append(int(NUMBER.search(whole)[1]))
        self.server.reach(Instant.TAKEN)
        return True

    def say(self, answer: bytes) -> None:
        """A sender that was killed hears nothing any more."""
        with suppress(OSError):
            self.wfile.write(answer + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server on this machine that remembers the numbers of the mails it has taken.

    It can wait at one instant until a sender is killed there.
    """

    daemon_threads = True

    def __init__(self):
        self.taken: list[int] = []
        self.waits_at: Instant | None = None
        self.reached, self.goes_on = threading.Event(), threading.Event()
        super().__init__(("127.0.0.1", 0), TakesMail)

    def reach(self, instant: "Instant") -> None:
        """Let whoever kills know that a sender is here, and wait for them."""
        if instant == self.waits_at:
            self.reached.set()
            self.goes_on.wait(PATIENCE)

    def wait_at(self, instant: "Instant | None") -> None:
        """From now on stop at an instant, or with None nowhere."""
        self.waits_at = instant
        self.reached.clear()
        self.goes_on.clear()

    def handle_error(self, request, client_address):
        """A visit that a kill cut short is no fault."""


@contextmanager
def mail_server():
    """Let mails go to a server of our own."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()


def in_a_process(work: Callable[[], None]) -> int:
    """The number of a new process that carries out some work with connections of its own."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    finally:
        os._exit(0)


def time_passes() -> None:
    """Every mail may be tried again."""
    Mail.objects.update(next_try_at=timezone.now())


def kill_at(instant: Instant, server: MailServer) -> bool:
    """Begin a sender and kill it at an instant of its visit, or a moment after that began."""
    server.wait_at(instant)
    pid = in_a_process(send_what_waits)
    server.reached.wait(PATIENCE)
    if instant == Instant.VISITED:
        server.goes_on.set()
        time.sleep(random.random() * SHORTLY)
    os.kill(pid, signal.SIGKILL)
    killed = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    server.goes_on.set()
    return killed


def trial(space: Space, kills: int, mails: int) -> Kills:
    """Kill one sender after the other, then let the last one finish, and look what arrived."""
    people = [
        Person.objects.create(email=f"killed{number}@example.invalid", name="Bo")
        for number in range(mails)
    ]
    for number, person in enumerate(people):
        concern(person, space, number=number, address=f"/killed/{number}/")
    loaded_as_in_a_worker()
    killed = 0
    with mail_server() as server:
        for instant in itertools.islice(itertools.cycle(Instant), kills):
            killed += kill_at(instant, server)
            time_passes()
        server.wait_at(None)
        while Mail.objects.exists() or Notice.objects.to(people).to_mail().exists():
            os.waitpid(in_a_process(send_what_waits), 0)
            time_passes()
        arrived = Counter(server.taken)
    states = dict(Notice.objects.to(people).values_list("number", "mail_state"))
    Person.objects.filter(pk__in=[person.pk for person in people]).delete()
    return Kills(
        mails=mails,
        killed=killed,
        arrived=len(arrived),
        twice=sum(arrived.values()) - len(arrived),
        unconfirmed=sum(state == "unconfirmed" for state in states.values()),
        lost=sum(
            number not in arrived and state != "unconfirmed" for number, state in states.items()
        ),
    )


def control(space: Space, kills: int, mails: int) -> Kills:
    """The same where a sender does not note that it begins to hand a mail over."""
    with mock.patch.object(type(Mail.objects.all()), "begin_handing", lambda *_given: True):
        return trial(space, kills, mails)


def kills_mail(visit) -> dict[str, tuple]:
    """Mails that arrived twice or were lost unseen, after two hundred workers were killed."""
    told, unmarked = trial(visit.space, KILLS, MAILS), control(visit.space, KILLS, MAILS)
    said = (
        f"mails twice or lost unseen, of {told.mails} with {told.killed} workers killed "
        f"({told.arrived} arrived, {told.unconfirmed} cannot be confirmed; without the mark "
        f"{unmarked.twice} arrived twice)"
    )
    if not unmarked.twice:
        said += "; the control found nothing, so this says nothing"
    return {"kills_mail": (float(told.twice + told.lost), said)}
