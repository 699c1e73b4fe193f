package dev.slipway.standalone.contract;

import dev.slipway.kernel.Service;
import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Two server processes on one data folder, one with the dataset service and one with the others, and in this JVM nothing but
 * the clients of the contracts.
 */
final class OverHttp implements Binding {
    private static final String DATASET = Service.DATASET.wireName();
    /** Every other service but the gateway, which has no contract. */
    private static final List<String> OTHERS = Arrays.stream(Service.values())
            .filter(service -> service != Service.DATASET && service != Service.GATEWAY && service != Service.RUNTIME)
            .map(Service::wireName)
            .toList();

    private final TemporaryFolder data;
    private final String serviceToken;
    private final ServerProcess datasets;
    private final ServerProcess others;
    private final ApplicationContext clients;

    private OverHttp(
            TemporaryFolder data,
            String serviceToken,
            ServerProcess datasets,
            ServerProcess others,
            ApplicationContext clients) {
        this.data = data;
        this.serviceToken = serviceToken;
        this.datasets = datasets;
        this.others = others;
        this.clients = clients;
    }

    @SuppressWarnings("resource") // Both processes are closed with the installation.
    static OverHttp start() {
        TemporaryFolder data = TemporaryFolder.create();
        String token = newServiceToken();
        ServerProcess datasets =
                ServerProcess.start(data.path(), Map.of("SLIPWAY_SERVICE_TOKEN", token), List.of(DATASET));
        try {
            ServerProcess others = ServerProcess.start(
                    data.path(),
                    Map.of(
                            "SLIPWAY_SERVICE_TOKEN",
                            token,
                            "SLIPWAY_DATASET_URL",
                            datasets.uri().toString()),
                    OTHERS);
            Map<String, Object> properties = new HashMap<>(clientProperties(token, others.uri()));
            properties.put("slipway.data", data.path().toString());
            properties.put("micronaut.http.services.dataset.url", datasets.uri().toString());
            return new OverHttp(data, token, datasets, others, clients(properties));
        } catch (RuntimeException e) {
            datasets.close();
            throw e;
        }
    }

    static String newServiceToken() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The configuration of a process that runs no service, and finds all of them at {@code uri}. */
    static Map<String, Object> clientProperties(String serviceToken, URI uri) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("slipway.service-token", serviceToken);
        for (Service service : Service.values()) {
            properties.put("slipway.services." + service.wireName(), false);
            properties.put("micronaut.http.services." + service.wireName() + ".url", uri.toString());
        }
        return properties;
    }

    static ApplicationContext clients(Map<String, Object> properties) {
        return ApplicationContext.builder().properties(properties).banner(false).start();
    }

    /** The process with the dataset service. */
    ServerProcess datasets() {
        return datasets;
    }

    /** The process with the other services. */
    ServerProcess others() {
        return others;
    }

    String serviceToken() {
        return serviceToken;
    }

    TemporaryFolder data() {
        return data;
    }

    @Override
    public <T> T bean(Class<T> type) {
        return clients.getBean(type);
    }

    @Override
    public String output() {
        return "dataset:\n" + datasets.output() + "\nothers:\n" + others.output();
    }

    @Override
    public void close() {
        clients.close();
        others.close();
        datasets.close();
        data.close();
    }
}
