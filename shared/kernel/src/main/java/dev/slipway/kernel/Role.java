package dev.slipway.kernel;

import java.util.EnumSet;
import java.util.Set;

/** What a caller may do. Each human role includes those before it. */
public enum Role {
    /** May read everything of the workspace. */
    VIEWER,
    /** May also annotate. */
    LABELLER,
    /** May also change data, train, convert and release. */
    ENGINEER,
    /** May also manage tokens and the installation. */
    ADMIN,
    /** A Slipway process speaking for itself; may call every contract. */
    SERVICE,
    /** A device or mobile build: fetches releases and logs predictions, nothing else. */
    DEVICE;

    /** Whether a caller with this role may do what asks for {@code needed}. */
    public boolean includes(Role needed) {
        return included().contains(needed);
    }

    private Set<Role> included() {
        return switch (this) {
            case VIEWER -> EnumSet.of(VIEWER);
            case LABELLER -> EnumSet.of(VIEWER, LABELLER);
            case ENGINEER -> EnumSet.of(VIEWER, LABELLER, ENGINEER, DEVICE);
            case ADMIN -> EnumSet.of(VIEWER, LABELLER, ENGINEER, ADMIN, DEVICE);
            case SERVICE -> EnumSet.allOf(Role.class);
            case DEVICE -> EnumSet.of(DEVICE);
        };
    }
}
