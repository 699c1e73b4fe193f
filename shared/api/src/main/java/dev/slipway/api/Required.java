package dev.slipway.api;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;

/** Refuses requests that lack a part, in either binding: readers of JSON give null for what was not sent. */
public final class Required {
    private Required() {}

    /** Fails with {@code request.incomplete} when {@code value} is null. */
    public static void part(String name, @Nullable Object value) {
        if (value == null) {
            throw SlipwayException.invalid(
                    "request.incomplete", "The request lacks '" + name + "'; send all that it needs.");
        }
    }
}
