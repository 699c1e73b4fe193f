package dev.slipway.edge;

import dev.slipway.edge.quantise.QuantisationReport;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.precision.Float16Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rewrites a model for ONNX Runtime, as an ONNX or an ORT-format file. */
record OnnxConversion(OnnxModel source, ConversionOptions options, ConversionListener listener, Verifier verifier)
        implements TargetConversion {

    @Override
    public ConversionResult to(Precision precision) {
        ConversionOptions wanted = options.withPrecision(precision);
        return switch (precision) {
            case FP32 -> written(source, wanted, Optional.empty());
            case FP16 -> written(Float16Model.of(source), wanted, Optional.empty());
            case DYNAMIC ->
                throw SlipwayException.unsupported(
                        "edge.options",
                        options.target() + " files are written as FP32, FP16, INT8 or INT16X8, not " + precision
                                + "; ask for TFLITE.");
            case INT8, INT16X8 -> {
                OnnxIntegers.Made made = new OnnxIntegers(listener).of(source, wanted);
                yield written(made.model(), made.verification(), Optional.of(made.report()));
            }
        };
    }

    @Override
    public List<List<TensorParity>> tensors(List<ConversionResult> results) {
        return results.stream().map(result -> List.<TensorParity>of()).toList();
    }

    private ConversionResult written(
            OnnxModel changed, ConversionOptions verification, Optional<QuantisationReport> quantisation) {
        return verifier.verified(
                source, OnnxIntegers.file(changed, options.target()), verification, Map.of(), quantisation);
    }
}
