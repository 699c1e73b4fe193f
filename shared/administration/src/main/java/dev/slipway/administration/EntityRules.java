package dev.slipway.administration;

import dev.slipway.kernel.Digest;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.IndexEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the owners of the entities say about them. */
public interface EntityRules {
    /**
     * Where the entity stands in its type's indexes, given its body; empty when this version can't say, because it does not
     * know the type or the body's form is newer.
     *
     * @throws dev.slipway.kernel.SlipwayException for a body that can't be read
     */
    Optional<List<IndexEntry>> indexed(Envelope entity);

    /** The artifacts that the entity needs. */
    Set<Digest> artifacts(Envelope entity);
}
