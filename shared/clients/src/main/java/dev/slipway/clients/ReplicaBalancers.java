package dev.slipway.clients;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.discovery.ServiceInstanceList;
import io.micronaut.http.client.LoadBalancer;
import io.micronaut.http.client.loadbalance.ServiceInstanceListLoadBalancerFactory;
import jakarta.inject.Singleton;

/** Balances what is configured with {@code micronaut.http.services.<service>.urls} by {@link ReplicaBalancer}s. */
@Singleton
@Replaces(ServiceInstanceListLoadBalancerFactory.class)
final class ReplicaBalancers extends ServiceInstanceListLoadBalancerFactory {
    private final Replicas replicas;

    ReplicaBalancers(Replicas replicas) {
        this.replicas = replicas;
    }

    @Override
    public LoadBalancer create(ServiceInstanceList service) {
        return new ReplicaBalancer(service, replicas);
    }
}
