package dev.slipway.gateway.forward;

import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.discovery.ServiceInstance;
import io.micronaut.discovery.ServiceInstanceList;
import io.micronaut.http.client.LoadBalancer;
import io.micronaut.http.client.loadbalance.ServiceInstanceListLoadBalancerFactory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;

/** Where the services of other processes listen, the same addresses that their contracts are called at. */
@Singleton
final class Targets {
    private final Map<String, LoadBalancer> balancers;

    Targets(List<ServiceInstanceList> services, ServiceInstanceListLoadBalancerFactory factory) {
        balancers = services.stream()
                .collect(
                        Collectors.toUnmodifiableMap(ServiceInstanceList::getID, factory::create, (one, other) -> one));
    }

    /** An address of the service; with replicas, the next one. */
    Publisher<ServiceInstance> next(Service service) {
        LoadBalancer balancer = balancers.get(service.wireName());
        if (balancer == null) {
            throw SlipwayException.unavailable(
                    "service.unconfigured",
                    "The service " + service.wireName()
                            + " runs in another process, but nothing says where: set SLIPWAY_"
                            + service.wireName().toUpperCase(Locale.ROOT) + "_URL to its address.",
                    null);
        }
        return balancer.select();
    }
}
