package dev.slipway.lineage.openlineage;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.Id;
import dev.slipway.lineage.openlineage.OpenLineageEvent.Named;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.EntityKind;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds what other tools name, or makes it, within a change. */
@Singleton
final class ExternalThings {
    private final Entities entities;

    ExternalThings(Entities entities) {
        this.entities = entities;
    }

    /** The claim of a job or a dataset; names may be longer than a claim's. */
    static String claim(String kind, Named thing) {
        byte[] name = (thing.namespace() + '\n' + thing.name()).getBytes(StandardCharsets.UTF_8);
        return kind + "/" + Digest.of(name).hex();
    }

    /** The entity that holds the claim, changed; {@code fresh} changed when there is none yet. Nothing is put that stays the same. */
    <I extends Id, B> Entity<I, B> put(
            Change change, EntityKind<I, B> kind, String claim, B fresh, UnaryOperator<B> changed) {
        Optional<Entity<I, B>> known = entities.claimed(kind, claim);
        if (known.isEmpty()) {
            I id = entities.newId(kind.id());
            change.take(claim, id);
            return change.create(kind, id, changed.apply(fresh));
        }
        B body = changed.apply(known.get().body());
        return body.equals(known.get().body())
                ? known.get()
                : change.update(kind, known.get().with(before -> body));
    }
}
