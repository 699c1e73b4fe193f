package dev.slipway.runtime;

import dev.slipway.kernel.id.IdGenerator;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The maker of ids, of which each process has one; the clock is the framework's {@link java.time.InstantSource}. */
@Factory
final class RuntimeFactory {
    @Singleton
    IdGenerator ids() {
        return new IdGenerator();
    }
}
