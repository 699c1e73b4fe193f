package dev.slipway.runtime;

import dev.slipway.kernel.id.IdGenerator;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The clock and the maker of ids, of which each process has one. */
@Factory
final class RuntimeFactory {
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Singleton
    IdGenerator ids() {
        return new IdGenerator();
    }
}
