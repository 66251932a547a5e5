"""Progress of dossiers on its way in: one edge, whatever tells of them."""
