"""The insurer's registry: who is covered, by whose number, with which card, and how to reach them."""
