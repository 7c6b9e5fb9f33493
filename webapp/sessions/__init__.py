"""Where one is signed in: the list, ending one, ending all."""
