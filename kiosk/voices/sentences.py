"""The sentences of the citizens' pages in the order in which they are recorded, by groups. Only data.

Each is the English key of the catalogues under a name that never changes, so that a recording outlives a new wording.
"""

from __future__ import annotations

GROUPS: dict[str, dict[str, str]] = {
    "start": {
        "welcome": "Welcome!",
        "need": "What do you need?",
        "take": "Take a number",
        "touch": "Touch a picture.",
        "chose": "You chose",
        "first": "May you go first?",
        "own": "If so, touch your picture.",
        "number": "Your number",
        "go": "Go to counter {names}.",
        "ahead": "Before you: {count} people.",
        "slip": "Take your slip",
        "sit": "Please sit down until your number is called.",
        "help": "Call an officer",
        "told": "The officers have been told. Please wait here.",
        "still": "Are you still there?",
        "dossier": "Look up a dossier",
        "papers": "Papers, procedures",
        "rate": "Rate",
        "back": "Back",
        "or": "or",
    },
    "shape": {
        "circle": "circle shape",
        "square": "square shape",
        "triangle": "triangle shape",
        "diamond": "diamond shape",
        "star": "star shape",
        "others": "Other services",
    },
    "trouble": {
        "kept": "Your number is still kept.",
        "paper": "The machine is out of paper",
        "lid": "The lid of the machine is open",
        "stuck": "The paper is stuck",
        "hot": "The machine has to cool down",
        "silent": "The printer does not answer",
        "print": "The machine cannot print now",
        "hangs": "Please take the slip that hangs in the machine",
        "wait": "Please wait a moment and touch again.",
        "full": "No more numbers today",
        "closed": "Numbers are not given yet",
        "again": "Please come back at",
        "shut": "The office is closed.",
        "opens": "The office is closed. It opens at {time}, {when}.",
        "resting": "The machine is resting.",
        "byhand": "Please take a paper slip at counter {counter}.",
        "none": "The machine cannot give numbers now.",
        "bypaper": "Please take a paper number at counter {counter}.",
        "nobody": "The machine cannot reach the officers. Please go to a counter.",
    },
    "dossier": {
        "scan": "Scan the appointment slip, or type the code printed on it.",
        "unknown": "Not found. Please look at the code on the appointment slip again.",
        "received": "Your dossier has been received",
        "worked": "Your dossier is being worked on",
        "ready": "Your result is ready",
        "come": "Please come and take it. Take a number at *{name}*.",
        "day": "Nothing to do now. On that day take a number at *{name}*.",
        "due": "Due in {count} days",
        "today": "Due today",
        "more": "Your dossier needs more papers",
        "bring": "Please bring the missing papers. Take a number at *{name}*.",
        "fee": "Your dossier waits for a payment",
        "pay": "Please pay the fee. Take a number at *{name}*.",
        "late": "The dossier is late. We are sorry.",
        "newdate": "Please ask for the new date. Take a number at *{name}*.",
        "given": "Your result has been handed over",
        "refused": "Your dossier was not accepted",
        "stopped": "Work on this dossier has stopped",
        "reason": "Please ask for the reason. Take a number at *{name}*.",
        "ask": "Please ask an officer.",
    },
    "papers": {
        "which": "Which papers do I bring?",
        "time": "Time",
        "cost": "Fee",
        "bring": "Papers to bring",
    },
    "rating": {
        "how": "How did the officer serve you?",
        "hello": "Welcome to the counter",
        "give": "Please give your slip and papers to the officer.",
        "why": "Why are you not satisfied?",
        "tell": "What would you like to tell us?",
        "thanks": "Thank you!",
        "health": "We wish you good health",
    },
    "phone": {
        "turn": "It is your turn. Please go to counter {counter}.",
        "next": "You are next. Please be ready.",
        "held": "Your number is held. Please tell the officer when you are ready.",
        "missed": "You were called and not there. Please speak to the officer.",
    },
}
# The twenty that serve most: with them a citizen gets a number without reading.
FIRST = frozenset(f"start.{name}" for name in GROUPS["start"])

OTHERS = "other"  # everything else that a page shows: read to who steps through it by keypad

# Between numbers; no catalogue has them alone.
WORDS: dict[str, dict[str, str]] = {
    "hour": {"vi": "giờ"},
    "month": {"vi": "tháng"},
    "to": {"vi": "đến", "en": "to"},
    "person": {"en": "person"},
    "before": {"en": "person before you"},
    "day": {"en": "day"},
}
