package dev.slipway.training.pipeline;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.conversion.StartConversion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;

/** Conversions whose jobs do nothing, or fail. */
@Singleton
class TestConversions implements ConversionApi {
    private final TestWork work;

    TestConversions(TestWork work) {
        this.work = work;
    }

    @Override
    public Entity<ConversionId, Conversion> convert(StartConversion request) {
        work.asked.add(request);
        ConversionId id = new ConversionId(request.modelVersion().value());
        return new Entity<>(
                id,
                1,
                1,
                1,
                Conversion.queued(
                        request,
                        work.jobOnce(
                                        request.idempotencyKey(),
                                        "convert " + request.target() + " " + request.precision())
                                .id()));
    }

    @Override
    public @Nullable Entity<ConversionId, Conversion> conversion(ConversionId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<ConversionId, Conversion>> conversions(List<ConversionId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<ConversionId, Conversion>> listConversions(
            ModelVersionId modelVersion, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }
}
