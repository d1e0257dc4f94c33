"""What the service is compared with, as a good engineer would write it: without known mistakes.

All of them read our tables, with our indexes and our models.
"""
