"""What procurement officers keep an eye on: the legal dates of a challenge, their reminders, and the register."""
