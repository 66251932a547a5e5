"""The national portal's adapter: progress of dossiers."""
