package dev.slipway.kernel;

import dev.slipway.kernel.id.Id;
import java.util.function.UnaryOperator;

/**
 * An entity as its owner and its readers see it.
 *
 * @param id its typed id
 * @param revision 1 when made, one more with each change; a change names the revision that it read
 * @param created UTC milliseconds
 * @param updated UTC milliseconds of the last change
 * @param body what it is
 */
public record Entity<I extends Id, B>(I id, long revision, long created, long updated, B body) {
    /** The same entity with a changed body, to be written against the revision that was read. */
    public Entity<I, B> with(UnaryOperator<B> change) {
        return new Entity<>(id, revision, created, updated, change.apply(body));
    }
}
