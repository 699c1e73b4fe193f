package dev.slipway.clients;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.discovery.ServiceInstance;
import io.micronaut.discovery.ServiceInstanceList;
import io.micronaut.discovery.exceptions.NoAvailableServiceException;
import io.micronaut.http.client.LoadBalancer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;

/** Lets the replicas of one service take turns, and passes over those that did not answer lately while others do. */
final class ReplicaBalancer implements LoadBalancer {
    private final ServiceInstanceList service;
    private final Replicas replicas;
    private final AtomicInteger turn = new AtomicInteger();

    ReplicaBalancer(ServiceInstanceList service, Replicas replicas) {
        this.service = service;
        this.replicas = replicas;
    }

    @Override
    public Publisher<ServiceInstance> select(Object discriminator) {
        List<ServiceInstance> all = service.getInstances();
        return all.isEmpty()
                ? Publishers.just(new NoAvailableServiceException(service.getID()))
                : Publishers.just(next(all));
    }

    private ServiceInstance next(List<ServiceInstance> all) {
        int first = Math.floorMod(turn.getAndIncrement(), all.size());
        for (int i = 0; i < all.size(); i++) {
            ServiceInstance instance = all.get((first + i) % all.size());
            if (replicas.mayBeCalled(instance.getURI())) {
                return instance;
            }
        }
        // None has answered lately, so one is as good as the other.
        return all.get(first);
    }

    @Override
    public Optional<String> getContextPath() {
        return service.getContextPath();
    }
}
