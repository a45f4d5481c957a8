"""The parts of `claims.compare`: claims read for comparison, and one module for each rule."""
