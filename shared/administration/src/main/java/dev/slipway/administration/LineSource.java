package dev.slipway.administration;

import java.util.Optional;

/** Gives a section's lines one after the other. */
interface LineSource {
    /** The next line; empty after the last one. */
    Optional<Line> next();
}
