package dev.slipway.runtime.events;

import dev.slipway.kernel.Service;
import dev.slipway.store.graph.Event;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Never comes past the first event until it is told to. */
@Singleton
@Requires(property = "slipway.test.readers")
class BlockedReader implements EventReader {
    final CountDownLatch proceed = new CountDownLatch(1);

    @Override
    public Service service() {
        return Service.LINEAGE;
    }

    @Override
    public String name() {
        return "blocked";
    }

    @Override
    public Set<String> types() {
        return Set.of();
    }

    @Override
    public void read(Event event) throws InterruptedException {
        proceed.await();
    }
}
