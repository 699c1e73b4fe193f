package dev.slipway.store.arangodb.fake;

import dev.slipway.store.arangodb.fake.Transaction.Access;
import java.time.Duration;
import java.util.Map;

/** What a client asks of a stream transaction. */
record Declaration(Map<String, Access> collections, boolean implicitReads, Duration lockTimeout, long sizeLimit) {

    static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofMinutes(15);

    /** The smaller of the two limits that the documentation names. */
    static final long LARGEST = 128L << 20;
}
