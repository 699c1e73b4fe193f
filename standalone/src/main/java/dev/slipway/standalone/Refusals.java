package dev.slipway.standalone;

import dev.slipway.kernel.SlipwayException;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/** Knows whether this process has found out, while it ran, that it can never do its work. */
@Singleton
final class Refusals {
    private final CompletableFuture<SlipwayException> first = new CompletableFuture<>();

    void add(SlipwayException reason) {
        first.complete(reason);
    }

    /** Completed with the first reason. */
    CompletableFuture<SlipwayException> first() {
        return first;
    }
}
