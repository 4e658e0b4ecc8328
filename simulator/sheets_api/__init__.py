"""The HTTP side of Sheets v4: who asks, for what, how often; the answers come from `simulator.sheets`."""
