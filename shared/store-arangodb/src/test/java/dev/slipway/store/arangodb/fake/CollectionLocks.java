package dev.slipway.store.arangodb.fake;

import dev.slipway.store.arangodb.fake.Transaction.Access;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Many may write a collection at once, but only one if it has it exclusively; reading waits for nobody. */
final class CollectionLocks {

    private final Waiting waiting;
    private final Supplier<Collection<Transaction>> running;

    CollectionLocks(Waiting waiting, Supplier<Collection<Transaction>> running) {
        this.waiting = waiting;
        this.running = running;
    }

    /** Waits until the collections may be used as wanted, or refuses it (18); a timeout of 0 is none. */
    void await(StoredDatabase database, Map<String, Access> wanted, Duration timeout) {
        Duration patience = timeout.isZero() ? Duration.ofDays(1) : timeout;
        if (!waiting.until(() -> heldByOthers(database, wanted).isEmpty(), patience)) {
            throw Refusals.lockTimeout(heldByOthers(database, wanted).orElse(""));
        }
    }

    /** A wanted collection that another has exclusively, or that is wanted exclusively while another writes it. */
    private Optional<String> heldByOthers(StoredDatabase database, Map<String, Access> wanted) {
        Collection<Transaction> others = running.get();
        return wanted.entrySet().stream()
                .filter(entry -> entry.getValue() != Access.READ)
                .filter(entry -> others.stream()
                        .filter(transaction -> transaction.database() == database)
                        .anyMatch(transaction -> transaction.excludesOthers(entry.getKey())
                                || (entry.getValue() == Access.EXCLUSIVE && transaction.writes(entry.getKey()))))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
