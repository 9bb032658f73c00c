"""The API as a whole: its addresses, and those that join the apps."""
