"""Turning queued messages into e-mail: rendered when sent, by the worker and never from a request."""
