package dev.slipway.standalone.stores;

import dev.slipway.store.arangodb.ArangoSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code slipway.arangodb.*}: the graph store's server. */
final class ArangoSection {
    private static final int DEFAULT_PORT = 8529;

    private ArangoSection() {}

    static Optional<ArangoSettings> read(Function<String, Optional<String>> source) {
        Section section = new Section("arangodb", source);
        List<URI> urls = section.urls("url");
        Optional<String> password = section.secret("password");
        if (urls.isEmpty()) {
            section.refuseWithout("url", "database", "user", "password", "password-file");
            return Optional.empty();
        }
        boolean tls = urls.get(0).getScheme().equalsIgnoreCase("https");
        if (urls.stream().anyMatch(url -> url.getScheme().equalsIgnoreCase("https") != tls)) {
            throw section.wrong("url", "mixes http and https.");
        }
        section.refuseHalf("user", section.text("user").isPresent(), "password", password.isPresent());
        return Optional.of(ArangoSettings.of(
                urls.stream().map(ArangoSection::endpoint).toList(),
                section.text("database").orElse("slipway"),
                section.text("user").orElse("root"),
                password.orElse(""),
                tls));
    }

    private static String endpoint(URI url) {
        return url.getHost() + ":" + (url.getPort() < 0 ? DEFAULT_PORT : url.getPort());
    }
}
