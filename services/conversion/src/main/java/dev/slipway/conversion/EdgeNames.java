package dev.slipway.conversion;

import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.edge.ConversionOptions;

/** Says in the words of the edge library what the contract asks for. */
final class EdgeNames {
    private EdgeNames() {}

    static ConversionOptions options(Target target, Precision precision) {
        ConversionOptions options = ConversionOptions.to(target(target));
        return new ConversionOptions(
                options.target(),
                precision(precision),
                options.tolerance(),
                options.seed(),
                options.batchSizes(),
                options.inputShapes());
    }

    static dev.slipway.edge.Target target(Target target) {
        return switch (target) {
            case TFLITE -> dev.slipway.edge.Target.TFLITE;
            case ORT -> dev.slipway.edge.Target.ORT;
        };
    }

    private static dev.slipway.edge.Precision precision(Precision precision) {
        return switch (precision) {
            case FP32 -> dev.slipway.edge.Precision.FP32;
        };
    }
}
