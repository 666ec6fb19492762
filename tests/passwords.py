"""Passwords as in life at Argon2's least cost: a run keeps and checks thousands of them."""

from apps.accounts.hashers import PortalArgon2


class QuickArgon2(PortalArgon2):
    time_cost = 1
    memory_cost = 8
