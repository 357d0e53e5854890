"""What `make bench` measures, a module for each kind of work.

A *piece* is a function that does its work in a process of its own and returns plain figures (CPU seconds,
MiB); `rows` of each module asks for pieces and sets ours beside floor and peer.
"""
