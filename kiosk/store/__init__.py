"""The database: tables keyed by office, the journal, one transaction per action. SQLAlchemy lives only here."""

from kiosk.store import late_asyncio

late_asyncio.put_off()  # before anything imports SQLAlchemy
