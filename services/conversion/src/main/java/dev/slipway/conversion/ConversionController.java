package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.conversion.StartConversion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The conversion service's contract. */
@Controller(ConversionApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class ConversionController implements ConversionApi {
    private final ConversionStart starts;
    private final Entities entities;

    ConversionController(ConversionStart starts, Entities entities) {
        this.starts = starts;
        this.entities = entities;
    }

    @Override
    public Entity<ConversionId, Conversion> convert(StartConversion request) {
        return starts.start(request);
    }

    @Override
    public @Nullable Entity<ConversionId, Conversion> conversion(ConversionId id) {
        return entities.find(ConversionKinds.CONVERSION, id).orElse(null);
    }

    @Override
    public List<Entity<ConversionId, Conversion>> conversions(List<ConversionId> ids) {
        return entities.getAll(ConversionKinds.CONVERSION, ids);
    }

    @Override
    public Page<Entity<ConversionId, Conversion>> listConversions(
            ModelVersionId modelVersion, int limit, @Nullable String cursor) {
        return entities.query(
                ConversionKinds.CONVERSION,
                ConversionKinds.BY_MODEL_VERSION,
                List.of(IndexValue.of(modelVersion)),
                true,
                limit,
                cursor);
    }
}
