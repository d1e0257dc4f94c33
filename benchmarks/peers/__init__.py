"""The implementations that the service is compared with, written without known mistakes.

All of them read our tables, with our indexes and models.
"""
