package dev.slipway.api.conversion;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;

/** Conversions of model versions to what devices run. */
@Allowed(Role.VIEWER)
public interface ConversionApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/conversion";

    /** Starts a job that converts, verifies and, when that holds, attaches the file to the model version. */
    @Post("/conversions")
    @Allowed(Role.ENGINEER)
    Entity<ConversionId, Conversion> convert(@Body StartConversion request);

    @Get("/conversions/{id}")
    @Nullable
    Entity<ConversionId, Conversion> conversion(@PathVariable ConversionId id);

    /** Those that exist of at most 1000. */
    @Post("/conversions/batch")
    List<Entity<ConversionId, Conversion>> conversions(@Body List<ConversionId> ids);

    /** The conversions of a model version, newest first. */
    @Get("/conversions/of/{modelVersion}{?limit,cursor}")
    Page<Entity<ConversionId, Conversion>> listConversions(
            @PathVariable ModelVersionId modelVersion,
            @QueryValue(defaultValue = "50") int limit,
            @Nullable @QueryValue String cursor);
}
