package dev.slipway.administration;

import java.util.Optional;

/** One line of a section. */
final class Line {
    private final byte[] json;
    private final Optional<String> after;

    /**
     * A line.
     *
     * @param json its one canonical form, without the line's end
     * @param after where the section can be read on after this line; empty where it can't, and after the last line
     */
    Line(byte[] json, Optional<String> after) {
        this.json = json;
        this.after = after;
    }

    byte[] json() {
        return json;
    }

    Optional<String> after() {
        return after;
    }
}
