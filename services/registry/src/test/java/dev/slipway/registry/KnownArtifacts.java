package dev.slipway.registry;

import dev.slipway.api.training.ArtifactHome;
import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.api.training.ArtifactsApi;
import dev.slipway.api.training.PutArtifact;
import dev.slipway.kernel.Page;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The tree of artifacts as far as the registry asks for it, with real bytes. */
@Singleton
public class KnownArtifacts implements ArtifactsApi {
    private final Map<String, ArtifactInfo> files = new ConcurrentSkipListMap<>();
    private final ArtifactStore artifacts;

    KnownArtifacts(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    public void add(String path, byte[] content) {
        files.put(path, new ArtifactInfo(path, artifacts.put(content).digest(), (long) content.length));
    }

    @Override
    public @Nullable ArtifactInfo find(String path) {
        return files.get(path);
    }

    @Override
    public @Nullable ArtifactHome home(String owner) {
        return null;
    }

    @Override
    public Page<ArtifactInfo> list(String path, int limit, @Nullable String cursor) {
        return new Page<>(
                files.values().stream()
                        .filter(file -> file.path().startsWith(path + "/"))
                        .filter(file -> file.path().indexOf('/', path.length() + 1) < 0)
                        .toList(),
                Optional.empty());
    }

    @Override
    public ArtifactInfo put(PutArtifact request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String path) {
        throw new UnsupportedOperationException();
    }
}
