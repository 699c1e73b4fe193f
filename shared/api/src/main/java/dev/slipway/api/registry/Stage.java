package dev.slipway.api.registry;

import java.util.Arrays;
import java.util.Optional;

/** Where a version stands, in people's eyes. What devices get is told by channels, not by this. */
public enum Stage {
    NONE("None"),
    STAGING("Staging"),
    PRODUCTION("Production"),
    ARCHIVED("Archived");

    private final String label;

    Stage(String label) {
        this.label = label;
    }

    /** Its name for people, as {@code Staging}. */
    public String label() {
        return label;
    }

    /** The stage of that name, in letters of any case. */
    public static Optional<Stage> of(String label) {
        return Arrays.stream(values())
                .filter(stage -> stage.label.equalsIgnoreCase(label))
                .findFirst();
    }
}
