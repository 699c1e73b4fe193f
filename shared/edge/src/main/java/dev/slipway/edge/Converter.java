package dev.slipway.edge;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.TfliteEmitter;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.upgrade.OpsetUpgrade;
import dev.slipway.tflite.TfliteModel;
import java.util.List;
import java.util.Optional;

/**
 * Converts ONNX models for phones.
 *
 * <p>A model is probed, lowered, laid out and written, and the result verified. There is no result that was
 * not verified. Errors:
 *
 * <ul>
 *   <li>{@code onnx.malformed}, {@code onnx.unusable}: this is no ONNX model that ONNX Runtime can load
 *   <li>{@code edge.probe}, {@code edge.input}: it does not run at the sizes that it declares
 *   <li>{@code edge.unsupported-operator}: parts can't be converted; the message names all of them
 *   <li>{@code edge.memory}: the heap is too small for it
 *   <li>{@code edge.parity}: the converted model's results are out of tolerance
 *   <li>{@code edge.accuracy}: it classifies the labelled data worse than it may
 * </ul>
 */
public final class Converter {
    private final ModelLowering lowering;
    private final Verifier verifier;

    public Converter() {
        this(ConversionListener.none());
    }

    /** Tells the listener how each conversion comes along. */
    public Converter(ConversionListener listener) {
        this.lowering = new ModelLowering(listener);
        this.verifier = new Verifier(listener);
    }

    /** Converts the bytes of an ONNX file, which are not changed. */
    public ConversionResult convert(byte[] onnx, ConversionOptions options) {
        return convert(OnnxReader.read(onnx), options);
    }

    public ConversionResult convert(OnnxModel model, ConversionOptions options) {
        return convertAll(model, options, List.of(options.precision())).get(0).orElseThrow();
    }

    /**
     * Converts once for each precision, whatever that of the options is, and tells of each what came of it, in their
     * order. One that fails does not keep the others from being made; a model that can't be converted at all fails.
     */
    public List<ConversionOutcome> convertAll(OnnxModel model, ConversionOptions options, List<Precision> precisions) {
        try {
            return converted(source(model, options), options, precisions);
        } catch (OutOfMemoryError e) {
            // One model's hunger for memory is the model's fault, and what it took is free again by now.
            throw SlipwayException.tooLarge(
                    "edge.memory",
                    "The model takes more memory than there is: " + e.getMessage()
                            + ". Convert it for smaller inputs, or with a larger heap (-Xmx).");
        }
    }

    private List<ConversionOutcome> converted(OnnxModel source, ConversionOptions options, List<Precision> precisions) {
        Optional<LabelledAccuracy> accuracy = LabelledAccuracy.of(source, options);
        TargetConversion conversion =
                switch (options.target()) {
                    case ORT, ONNX -> new OnnxConversion(source, options, lowering.listener(), verifier);
                    case TFLITE -> new TfliteConversion(source, options, lowering, verifier, accuracy);
                };
        return precisions.stream()
                .map(precision -> outcome(precision, conversion, accuracy))
                .toList();
    }

    private static ConversionOutcome outcome(
            Precision precision, TargetConversion conversion, Optional<LabelledAccuracy> accuracy) {
        Optional<ConversionFigures> figures = Optional.empty();
        try {
            ConversionResult result = conversion.to(precision);
            figures = Optional.of(result.figures());
            if (!result.parity().passed()) {
                return outOfTolerance(result, conversion);
            }
            accuracy.ifPresent(labelled -> labelled.check(result));
            return new ConversionOutcome.Converted(result);
        } catch (SlipwayException e) {
            return new ConversionOutcome.Refused(precision, e, figures);
        }
    }

    /** Only figures of the result are given out, and where its error comes from. */
    private static ConversionOutcome outOfTolerance(ConversionResult result, TargetConversion conversion) {
        SlipwayException reason = OutOfTolerance.of(result);
        ConversionFigures figures = result.figures();
        try {
            figures = figures.withTensors(conversion.tensors(List.of(result)).get(0));
        } catch (SlipwayException e) {
            // Outputs tell enough where inner tensors can't be had.
            reason.addSuppressed(e);
        }
        return new ConversionOutcome.Refused(result.precision(), reason, Optional.of(figures));
    }

    /**
     * Compares the conversion to float TFLite with ONNX Runtime tensor by tensor, in the order in which they are
     * computed, on the options' first sample or a seeded one. It tells where an error comes from, so the result need not
     * be within tolerance.
     */
    public List<TensorParity> compareTensors(OnnxModel model, ConversionOptions options) {
        OnnxModel source = source(model, options);
        return TensorComparison.of(source, options).againstOnnx(source, graph(source, options));
    }

    /**
     * Compares conversions of the model to TFLite tensor by tensor: float with ONNX Runtime, other precisions with float.
     *
     * @param options that they were converted with, whatever the precision
     */
    public List<List<TensorParity>> compareTensors(
            OnnxModel model, ConversionOptions options, List<ConversionResult> results) {
        return new TfliteConversion(source(model, options), options, lowering, verifier, Optional.empty())
                .tensors(results);
    }

    /**
     * Why the model can't be converted to float TFLite, found without writing or verifying the result; empty if nothing
     * stands in the way.
     */
    public Optional<SlipwayException> obstacle(OnnxModel model, ConversionOptions options) {
        try {
            graph(source(model, options), options);
            return Optional.empty();
        } catch (SlipwayException e) {
            return Optional.of(e);
        }
    }

    /** The model as TFLite describes it, not yet verified. */
    TfliteModel toTflite(OnnxModel model, ConversionOptions options) {
        return TfliteEmitter.emit(graph(model, options), model.description());
    }

    private EdgeGraph graph(OnnxModel source, ConversionOptions options) {
        return lowering.of(source, options, Operators.standard());
    }

    /** The model as it is probed, and as the result is compared with. */
    private static OnnxModel source(OnnxModel model, ConversionOptions options) {
        return OpsetUpgrade.apply(FixedShapes.apply(model, options.inputShapes()));
    }
}
