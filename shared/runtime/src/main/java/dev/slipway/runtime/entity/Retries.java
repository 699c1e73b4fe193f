package dev.slipway.runtime.entity;

import dev.slipway.kernel.SlipwayException;
import java.util.Set;
import java.util.function.Supplier;

/** Repeats what lost a race against another writer. */
public final class Retries {
    private static final int TRIES = 10;
    private static final Set<String> LOST_RACES = Set.of("store.revision", "store.claim-taken");

    private Retries() {}

    /**
     * Carries out {@code attempt}, which reads what it changes, again while its commit fails because an entity or a claim
     * was changed in between; after {@value #TRIES} times that conflict is thrown. A lost fence is not tried again.
     */
    public static <T> T onConflict(Supplier<T> attempt) {
        for (int tried = 1; ; tried++) {
            try {
                return attempt.get();
            } catch (SlipwayException e) {
                if (!LOST_RACES.contains(e.code()) || tried == TRIES) {
                    throw e;
                }
            }
        }
    }
}
