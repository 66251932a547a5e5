"""The database: tables keyed by office, the journal, one transaction per action. SQLAlchemy lives only here."""
