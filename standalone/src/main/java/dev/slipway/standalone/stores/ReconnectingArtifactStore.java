package dev.slipway.standalone.stores;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Page;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.ListedArtifact;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** An artifact store that is opened when its server can be reached. */
final class ReconnectingArtifactStore implements ArtifactStore {
    private final Connection<ArtifactStore> connection;

    ReconnectingArtifactStore(Connection<ArtifactStore> connection) {
        this.connection = connection;
    }

    @Override
    public Artifact put(InputStream bytes, Optional<Digest> expected) {
        return connection.get().put(bytes, expected);
    }

    @Override
    public InputStream open(Digest digest, long offset, OptionalLong length) {
        return connection.get().open(digest, offset, length);
    }

    @Override
    public OptionalLong size(Digest digest) {
        return connection.get().size(digest);
    }

    @Override
    public Page<ListedArtifact> list(int limit, Optional<String> cursor) {
        return connection.get().list(limit, cursor);
    }

    @Override
    public boolean delete(Digest digest, Instant notPutSince) {
        return connection.get().delete(digest, notPutSince);
    }

    @Override
    public void close() {
        connection.close();
    }
}
