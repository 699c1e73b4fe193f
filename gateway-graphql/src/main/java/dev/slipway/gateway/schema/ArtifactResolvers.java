package dev.slipway.gateway.schema;

import dev.slipway.api.training.ArtifactHome;
import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.api.training.ArtifactsApi;
import dev.slipway.api.training.Run;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The artifacts of runs. */
@Singleton
final class ArtifactResolvers implements Resolvers {
    private static final String SERVED_HERE = "mlflow-artifacts:/";

    /**
     * An artifact as its run sees it.
     *
     * @param path below the run's own folder
     */
    private record OfRun(RunId run, String path, ArtifactInfo info) {
        boolean folder() {
            return info.artifact() == null;
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        @Nullable
        String url() {
            return folder()
                    ? null
                    : "/get-artifact?run_id=" + run + "&path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
        }
    }

    private final ArtifactsApi artifacts;

    ArtifactResolvers(ArtifactsApi artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.moreOf(Kinds.RUN).fetch("artifacts", this::list);
        wiring.type("Artifact", OfRun.class)
                .field("path", OfRun::path)
                .field("name", OfRun::name)
                .field("folder", OfRun::folder)
                .field("size", artifact -> artifact.info().size())
                .field("digest", artifact -> artifact.info().artifact())
                .field("url", OfRun::url);
    }

    private @Nullable Object list(Entity<RunId, Run> run, Request request) {
        ArtifactHome home = artifacts.home(run.id().value());
        if (home == null || !home.uri().startsWith(SERVED_HERE)) {
            return null;
        }
        String root = home.uri().substring(SERVED_HERE.length());
        String below = request.arguments().text("path");
        String folder = below.isEmpty() ? root : root + "/" + below;
        return request.page().from((limit, cursor) -> artifacts
                .list(folder, limit, cursor)
                .map(info -> new OfRun(run.id(), info.path().substring(root.length() + 1), info)));
    }
}
