"""The only room that reads releases and geodata."""
