package dev.slipway.tflite;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.tensorflow.lite.schema.Metadata;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.SignatureDef;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;
import org.tensorflow.lite.schema.TensorMap;

/**
 * Reads TFLite files.
 *
 * <p>Whatever the bytes are, the outcome is a model whose indexes and sizes fit together, or a {@link SlipwayException}:
 * {@code tflite.malformed}, {@code tflite.operator} (custom or newer operators) or {@code tflite.type}.
 */
public final class TfliteReader {
    private static final byte[] IDENTIFIER = "TFL3".getBytes(StandardCharsets.US_ASCII);
    private static final int IDENTIFIER_AT = 4;
    private static final int SMALLEST = 8;

    private final Model model;
    // Vectors of a hostile file may overlap, so what is read of them is bounded by the file's size as a whole.
    private long budget;

    private TfliteReader(byte[] file) {
        this.model = Model.getRootAsModel(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        this.budget = file.length;
    }

    /** The model keeps the array as the store of its constants, so it must not be written to. */
    public static TfliteModel read(byte[] file) {
        if (file.length < SMALLEST
                || !Arrays.equals(
                        IDENTIFIER, Arrays.copyOfRange(file, IDENTIFIER_AT, IDENTIFIER_AT + IDENTIFIER.length))) {
            throw malformed("it does not carry the identifier TFL3", null);
        }
        try {
            return new TfliteReader(file).model();
        } catch (IndexOutOfBoundsException
                | IllegalArgumentException
                | NullPointerException
                | NegativeArraySizeException
                | ArithmeticException
                | AssertionError e) {
            // What the generated accessors throw when an offset leads out of the file or a required part is missing.
            throw malformed("it is cut off or damaged", e);
        }
    }

    private TfliteModel model() {
        Map<String, ByteBuffer> metadata = new LinkedHashMap<>();
        for (Metadata entry : list(model.metadataLength(), model::metadata)) {
            metadata.put(text(entry.name()), buffer(entry.buffer()).orElse(ByteBuffer.allocate(0)));
        }
        return new TfliteModel(
                text(model.description()),
                list(model.subgraphsLength(), i -> subgraph(model.subgraphs(i))),
                list(model.signatureDefsLength(), i -> signature(model.signatureDefs(i))),
                metadata);
    }

    private TfliteSubgraph subgraph(SubGraph graph) {
        return new TfliteSubgraph(
                text(graph.name()),
                list(graph.tensorsLength(), i -> tensor(graph.tensors(i))),
                list(graph.operatorsLength(), i -> operator(graph.operators(i))),
                integers(graph.inputsLength(), graph::inputs),
                integers(graph.outputsLength(), graph::outputs));
    }

    private TfliteTensor tensor(Tensor tensor) {
        List<Integer> initial = integers(tensor.shapeLength(), tensor::shape);
        List<Integer> signature = integers(tensor.shapeSignatureLength(), tensor::shapeSignature);
        TensorType type = TensorType.ofCode(tensor.type());
        String name = text(tensor.name());
        if (!signature.isEmpty()) {
            checkInitialShape(name, type, initial, signature);
        }
        return new TfliteTensor(
                name,
                type,
                signature.isEmpty() ? initial : signature,
                buffer(tensor.buffer()),
                quantization(tensor.quantization()),
                tensor.isVariable());
    }

    private Optional<Quantization> quantization(QuantizationParameters parameters) {
        // Some writers leave an empty table, or only a range, on tensors that are not quantised.
        if (parameters == null || parameters.scaleLength() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Quantization(
                list(parameters.scaleLength(), parameters::scale),
                list(parameters.zeroPointLength(), parameters::zeroPoint),
                parameters.quantizedDimension()));
    }

    /** The runtime allocates the initial shape, so it must be a sensible instance of the open one. */
    private static void checkInitialShape(
            String name, TensorType type, List<Integer> initial, List<Integer> signature) {
        boolean fits = initial.size() == signature.size();
        for (int axis = 0; fits && axis < initial.size(); axis++) {
            fits = initial.get(axis) >= 0
                    && (signature.get(axis) == -1 || signature.get(axis).equals(initial.get(axis)));
        }
        if (!fits) {
            throw malformed("tensor '" + name + "' has shape " + initial + " and signature " + signature, null);
        }
        // Fails if it is too large.
        TfliteTensor.computed(name, type, initial);
    }

    private TfliteOperator operator(Operator operator) {
        OperatorCode code = model.operatorCodes(Math.toIntExact(operator.opcodeIndex()));
        BuiltinOperator builtin = BuiltinOperator.ofCode(Math.max(code.builtinCode(), code.deprecatedBuiltinCode()));
        if (builtin == BuiltinOperator.CUSTOM) {
            throw SlipwayException.unsupported(
                    "tflite.operator", "The TFLite file uses the custom operator '" + code.customCode() + "'.");
        }
        return new TfliteOperator(
                builtin,
                code.version(),
                integers(operator.inputsLength(), operator::inputs),
                integers(operator.outputsLength(), operator::outputs),
                OptionsCodecs.read(operator));
    }

    private TfliteSignature signature(SignatureDef signature) {
        return new TfliteSignature(
                text(signature.signatureKey()),
                Math.toIntExact(signature.subgraphIndex()),
                names(list(signature.inputsLength(), signature::inputs)),
                names(list(signature.outputsLength(), signature::outputs)));
    }

    private static Map<String, Integer> names(List<TensorMap> entries) {
        Map<String, Integer> names = new LinkedHashMap<>();
        entries.forEach(entry -> names.put(text(entry.name()), Math.toIntExact(entry.tensorIndex())));
        return names;
    }

    private Optional<ByteBuffer> buffer(long index) {
        if (index == 0) {
            return Optional.empty();
        }
        ByteBuffer data = model.buffers(Math.toIntExact(index)).dataAsByteBuffer();
        return Optional.ofNullable(data).map(ByteBuffer::slice).filter(ByteBuffer::hasRemaining);
    }

    private List<Integer> integers(int length, IntUnaryOperator element) {
        return list(length, element::applyAsInt);
    }

    private <T> List<T> list(int length, IntFunction<T> element) {
        budget -= length;
        if (length < 0 || budget < 0) {
            throw malformed("its lists are longer than the file", null);
        }
        List<T> elements = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            elements.add(element.apply(i));
        }
        return elements;
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    private static SlipwayException malformed(String why, Throwable cause) {
        return new SlipwayException(
                ErrorKind.INVALID,
                "tflite.malformed",
                "This is no usable TFLite file: " + why + ". Convert the model again.",
                cause);
    }
}
