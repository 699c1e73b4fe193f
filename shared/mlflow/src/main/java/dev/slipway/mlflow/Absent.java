package dev.slipway.mlflow;

import io.micronaut.core.annotation.Nullable;
import java.util.Collection;

/** Clients that speak protobuf send what is not there as empty, and expect what is empty not to be there. */
public final class Absent {
    private Absent() {}

    /** Null for null and the empty text. */
    @Nullable
    public static String ifEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** Null for null and for none. */
    @Nullable
    public static <C extends Collection<?>> C ifEmpty(@Nullable C items) {
        return items == null || items.isEmpty() ? null : items;
    }
}
