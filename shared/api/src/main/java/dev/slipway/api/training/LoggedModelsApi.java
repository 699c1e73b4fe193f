package dev.slipway.api.training;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.LoggedModelId;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import java.util.List;

/** Models that runs have logged, registered or not. */
@Allowed(Role.VIEWER)
public interface LoggedModelsApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/logged-models";

    /** Those that exist of at most 1000, be they deleted. */
    @Post("/batch")
    List<Entity<LoggedModelId, LoggedModel>> models(@Body List<LoggedModelId> ids);

    /** What was logged to each of at most 1000 models. */
    @Post("/data")
    List<LoggedModelContent> data(@Body List<LoggedModelId> ids);

    /**
     * A page of logged models.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code search.…} for a filter or order that can't be
     */
    @Post("/find")
    Page<Entity<LoggedModelId, LoggedModel>> find(@Body FindLoggedModels request);
}
