package dev.slipway.training;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.Id;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.EntityKind;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.function.BiFunction;

/** Entities that are made once under a claimed name, however many callers ask for them at the same time. */
@Singleton
public final class ClaimedEntities {
    private static final int MAX_KEY = 200;

    private final Entities entities;

    ClaimedEntities(Entities entities) {
        this.entities = entities;
    }

    /** The entity whose id the claim holds; otherwise the one that {@code make} puts into the change, which is committed. */
    public <I extends Id, B> Entity<I, B> getOrCreate(
            EntityKind<I, B> kind, String claim, BiFunction<Change, I, Entity<I, B>> make) {
        return entities.claimed(kind, claim).orElseGet(() -> {
            try {
                I id = entities.newId(kind.id());
                Change change = entities.change();
                Entity<I, B> made = make.apply(change, id);
                change.take(claim, id).commit();
                return made;
            } catch (SlipwayException e) {
                if (!e.code().equals("store.claim-taken")) {
                    throw e;
                }
                // Somebody else made it in the meantime.
                return entities.claimed(kind, claim).orElseThrow(() -> e);
            }
        });
    }

    /**
     * The entity made by the request of this key, once; a new one each time when there is no key.
     *
     * @param operation what was asked for, as keys of different operations don't meet
     */
    public <I extends Id, B> Entity<I, B> once(
            EntityKind<I, B> kind, String operation, @Nullable String key, BiFunction<Change, I, Entity<I, B>> make) {
        if (key != null) {
            if (key.isBlank() || key.length() > MAX_KEY) {
                throw SlipwayException.invalid(
                        operation + ".idempotency-key",
                        "An idempotency key has 1 to " + MAX_KEY + " characters, not " + key.length() + ".");
            }
            return getOrCreate(kind, "idempotency/" + operation + "/" + key, make);
        }
        Change change = entities.change();
        Entity<I, B> made = make.apply(change, entities.newId(kind.id()));
        change.commit();
        return made;
    }
}
