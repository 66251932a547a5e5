"""The TV of the waiting room: a follower of the journal that draws and speaks."""
