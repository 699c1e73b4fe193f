package dev.slipway.registry.delivery;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.GraphStore;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Which key an installation has begun with, so that a process that sees another folder does not begin anew. */
@Singleton
final class FirstKey {
    private static final String CLAIM = "signing-key/first";

    private final GraphStore graph;

    FirstKey(GraphStore graph) {
        this.graph = graph;
    }

    /** Its id; empty when there is none yet. */
    Optional<String> id() {
        return graph.claim(Workspace.DEFAULT, CLAIM);
    }

    /** Makes a key the first one, unless there is one, and tells which it is now. */
    String become(String keyId) {
        try {
            graph.commit(Batch.in(Workspace.DEFAULT)
                    .claim(new ClaimChange.Take(CLAIM, keyId))
                    .build());
            return keyId;
        } catch (SlipwayException e) {
            if (!e.code().equals("store.claim-taken")) {
                throw e;
            }
            return id().orElseThrow(() -> e);
        }
    }
}
