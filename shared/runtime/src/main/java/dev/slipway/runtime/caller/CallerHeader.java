package dev.slipway.runtime.caller;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a caller travels between Slipway's processes: {@code <workspace> <role>,<role>… <subject>}. It is believed only
 * beside a service token.
 */
public final class CallerHeader {
    /** Of the header. */
    public static final String NAME = "X-Slipway-Caller";

    private static final int PARTS = 3;

    private CallerHeader() {}

    public static String write(Caller caller) {
        String roles = caller.roles().stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(","));
        return caller.workspace() + " " + roles + " " + caller.subject();
    }

    /**
     * The caller that the header names.
     *
     * @throws SlipwayException {@code INVALID} with code {@code caller.malformed}
     */
    public static Caller read(String header) {
        String[] parts = header.split(" ", PARTS);
        if (parts.length < PARTS) {
            throw malformed(null);
        }
        try {
            return new Caller(
                    parts[2],
                    Arrays.stream(parts[1].split(","))
                            .filter(role -> !role.isEmpty())
                            .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
                            .collect(Collectors.toUnmodifiableSet()),
                    new Workspace(parts[0]));
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    private static SlipwayException malformed(Throwable cause) {
        return SlipwayException.invalid(
                "caller.malformed", "The header " + NAME + " is '<workspace> <role>,<role> <subject>'.", cause);
    }
}
