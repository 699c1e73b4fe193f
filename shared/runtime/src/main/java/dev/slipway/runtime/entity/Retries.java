package dev.slipway.runtime.entity;

import dev.slipway.kernel.SlipwayException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Repeats what lost a race against another writer. */
public final class Retries {
    private static final int TRIES = 10;
    private static final Set<String> LOST_RACES = Set.of("store.revision", "store.claim-taken");
    private static final String LOST_FENCE = "store.claim-lost";

    private Retries() {}

    /**
     * Carries out {@code attempt}, which reads what it changes, again while its commit fails because an entity or a claim
     * was changed in between; after {@value #TRIES} times that conflict is thrown. A lost fence is not tried again.
     */
    public static <T> T onConflict(Supplier<T> attempt) {
        return retry(attempt, LOST_RACES::contains);
    }

    /** The same for one who reads what the fence stands for each time, and to whom a lost one is a race like any other. */
    public static <T> T onConflictOrLostFence(Supplier<T> attempt) {
        return retry(attempt, code -> LOST_RACES.contains(code) || code.equals(LOST_FENCE));
    }

    private static <T> T retry(Supplier<T> attempt, Predicate<String> lostRace) {
        for (int tried = 1; ; tried++) {
            try {
                return attempt.get();
            } catch (SlipwayException e) {
                if (!lostRace.test(e.code()) || tried == TRIES) {
                    throw e;
                }
            }
        }
    }
}
