"""The pages: a door that turns addresses and forms into one query or action each, and the answers into HTML.

``kit`` holds what every page needs; one file for each subject holds its routes. Other wings build pages with the kit.
"""
