package dev.slipway.store.arangodb.fake;

import java.util.Optional;

/** How a document is updated. */
record WriteOptions(Optional<String> expectedRevision, boolean keepNull, boolean mergeObjects) {

    static WriteOptions defaults() {
        return new WriteOptions(Optional.empty(), true, true);
    }
}
