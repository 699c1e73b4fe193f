package dev.slipway.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of a workspace, the wall between tenants: nothing in one workspace is visible from another. */
public record Workspace(@JsonValue String name) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /** The workspace of an installation that never asked for a second one. */
    public static final Workspace DEFAULT = new Workspace("default");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Workspace {
        if (name == null || !FORM.matcher(name).matches()) {
            throw SlipwayException.invalid(
                    "workspace.malformed",
                    "'" + name
                            + "' can't name a workspace: use up to 63 of a-z, 0-9 and '-', beginning with a letter.");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
