"""What the demonstration adds: a page that shows what was sent, on this machine only."""
