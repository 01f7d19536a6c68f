"""The network: finding firms, seeing where money goes, sharing needs. Each option is a room of its own."""
