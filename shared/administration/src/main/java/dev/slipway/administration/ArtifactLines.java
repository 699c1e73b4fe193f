package dev.slipway.administration;

import dev.slipway.kernel.Page;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.ListedArtifact;
import java.util.Iterator;
import java.util.Optional;

/** The names and sizes of all artifacts. A place is a page's cursor. */
final class ArtifactLines implements LineSource {
    private static final int PAGE = 500;

    private final ArtifactStore artifacts;
    private Iterator<ListedArtifact> page;
    private Optional<String> next;

    ArtifactLines(ArtifactStore artifacts, Optional<String> from) {
        this.artifacts = artifacts;
        read(from);
    }

    private void read(Optional<String> cursor) {
        Page<ListedArtifact> read = artifacts.list(PAGE, cursor);
        page = read.items().iterator();
        next = read.next();
    }

    @Override
    public Optional<Line> next() {
        while (!page.hasNext() && next.isPresent()) {
            read(next);
        }
        if (!page.hasNext()) {
            return Optional.empty();
        }
        byte[] json = ArtifactJson.write(page.next().artifact());
        return Optional.of(new Line(json, page.hasNext() ? Optional.empty() : next));
    }
}
