"""What happened to my account, in plain French."""
