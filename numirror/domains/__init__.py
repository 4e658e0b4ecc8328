"""The domains: pure rules of one subject each, five files of one shape. They never import one another."""
