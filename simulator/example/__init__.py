"""An add-on that is not NuMirror, to see how the simulator serves any."""
