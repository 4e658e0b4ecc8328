"""The local stack: everything NuMirror needs on one machine, started as child processes and stopped with their parent.

It starts the product and the simulator as programs and imports neither of them.
"""
