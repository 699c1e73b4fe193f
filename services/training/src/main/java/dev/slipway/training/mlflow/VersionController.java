package dev.slipway.training.mlflow;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.Map;

/** Tells MLflow's clients what they talk to. */
@Controller
class VersionController {
    /** The release of MLflow that this is like. */
    static final String MLFLOW = "3.17.2";

    /**
     * What the server can do.
     *
     * @param storeType where clients may take the server for one with a database
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record ServerInfo(
            @Nullable String storeType,
            boolean workspacesEnabled,
            boolean traceArchivalEnabled,
            boolean multipartUploadsEnabled,
            boolean multipartDownloadsEnabled,
            boolean presignedUploadRunIdSupported,
            boolean presignedUploadModelIdSupported,
            Map<String, Boolean> featuresEnabled) {}

    @Get("/version")
    @Produces(MediaType.TEXT_PLAIN)
    String version() {
        return MLFLOW;
    }

    @Get("/api/3.0/mlflow/server-info")
    ServerInfo serverInfo() {
        return new ServerInfo("SqlStore", false, false, true, false, false, false, Map.of("gateway", false));
    }
}
