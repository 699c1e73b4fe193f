package dev.slipway.gateway.schema;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.ParityReport;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.StartConversion;
import dev.slipway.api.conversion.Target;
import jakarta.inject.Singleton;

/** Conversions and their reports. */
@Singleton
final class ConversionResolvers implements Resolvers {
    private final ConversionApi conversions;

    ConversionResolvers(ConversionApi conversions) {
        this.conversions = conversions;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.root("Query")
                .fetch(
                        "conversion",
                        (none, request) ->
                                conversions.conversion(request.arguments().id("id", Kinds.CONVERSION)));
        wiring.root("Mutation")
                .fetch(
                        "startConversion",
                        (none, request) -> start(request.arguments().input("input")));
        wiring.entity(Kinds.CONVERSION)
                .reference("modelVersion", Kinds.MODEL_VERSION, Conversion::modelVersion)
                .field("target", Conversion::target)
                .field("precision", Conversion::precision)
                .field("layout", Conversion::layout)
                .reference("calibration", Kinds.DATASET_VERSION, Conversion::calibration)
                .reference("job", Kinds.JOB, Conversion::job)
                .field("state", Conversion::state)
                .field("file", Conversion::file)
                .field("size", Conversion::size)
                .field("report", Conversion::report)
                .field("reportJson", Conversion::reportJson)
                .field("reportPage", Conversion::reportPage)
                .reference("sameAs", Kinds.CONVERSION, Conversion::sameAs)
                .field("failure", Conversion::failure);
        wiring.type("ParityReport", ParityReport.class)
                .field("samples", ParityReport::samples)
                .field("maxAbsoluteError", ParityReport::maxAbsoluteError)
                .field("meanAbsoluteError", ParityReport::meanAbsoluteError)
                .field("agreement", ParityReport::agreement)
                .field("accuracy", ParityReport::accuracy)
                .field("sourceAccuracy", ParityReport::sourceAccuracy)
                .field("tolerance", ParityReport::tolerance)
                .field("cosine", ParityReport::cosine)
                .field("minimumCosine", ParityReport::minimumCosine)
                .field("passed", ParityReport::passed);
    }

    private Object start(Arguments input) {
        return conversions.convert(new StartConversion(
                input.id("modelVersion", Kinds.MODEL_VERSION),
                input.choice("target", Target.class),
                input.choice("precision", Precision.class),
                input.choice("layout", Layout.class),
                input.optionalId("calibration", Kinds.DATASET_VERSION),
                input.optionalText("idempotencyKey")));
    }
}
