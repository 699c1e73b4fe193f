package dev.slipway.tflite;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
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
 * {@code tflite.malformed}, {@code tflite.operator} (one that did not exist yet) or {@code tflite.type}. Custom
 * operators, and those whose settings are not known here, can be looked at but neither written nor run.
 */
public final class TfliteReader {
    private static final byte[] IDENTIFIER = "TFL3".getBytes(StandardCharsets.US_ASCII);
    private static final int IDENTIFIER_AT = 4;
    private static final int SMALLEST = 8;

    private final Model model;
    private final ReadBudget budget;

    private TfliteReader(ByteBuffer file) {
        this.model = Model.getRootAsModel(file);
        this.budget = new ReadBudget(file.remaining());
    }

    /** The model keeps the array as the store of its constants, so it must not be written to. */
    public static TfliteModel read(byte[] file) {
        return read(ByteBuffer.wrap(file));
    }

    /**
     * Reads a file that is mapped into memory: its constants stay there, so it must neither be cut off nor be written to
     * while the model is in use. Fails with {@code tflite.read} if it can't be read.
     */
    public static TfliteModel read(Path file) {
        return read(MappedFile.map(file));
    }

    /** The model keeps the buffer as the store of its constants, so it must not be written to. */
    public static TfliteModel read(ByteBuffer buffer) {
        ByteBuffer file = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
        byte[] identifier = new byte[IDENTIFIER.length];
        if (file.remaining() >= SMALLEST) {
            file.get(IDENTIFIER_AT, identifier);
        }
        if (!Arrays.equals(IDENTIFIER, identifier)) {
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
        for (Metadata entry : tables(model.metadataLength(), model::metadata)) {
            metadata.put(
                    text(entry.nameAsByteBuffer()), buffer(entry.buffer()).orElseGet(() -> ByteBuffer.allocate(0)));
        }
        return new TfliteModel(
                text(model.descriptionAsByteBuffer()),
                tables(model.subgraphsLength(), i -> subgraph(model.subgraphs(i))),
                tables(model.signatureDefsLength(), i -> signature(model.signatureDefs(i))),
                metadata);
    }

    private TfliteSubgraph subgraph(SubGraph graph) {
        return new TfliteSubgraph(
                text(graph.nameAsByteBuffer()),
                tables(graph.tensorsLength(), i -> tensor(graph.tensors(i))),
                tables(graph.operatorsLength(), i -> operator(graph.operators(i))),
                integers(graph.inputsLength(), graph::inputs),
                integers(graph.outputsLength(), graph::outputs));
    }

    private TfliteTensor tensor(Tensor tensor) {
        List<Integer> initial = integers(tensor.shapeLength(), tensor::shape);
        List<Integer> signature = integers(tensor.shapeSignatureLength(), tensor::shapeSignature);
        TensorType type = TensorType.ofCode(tensor.type());
        String name = text(tensor.nameAsByteBuffer());
        if (!signature.isEmpty()) {
            checkInitialShape(name, type, initial, signature);
        }
        if (tensor.sparsity() != null) {
            throw SlipwayException.unsupported(
                    "tflite.sparse",
                    "The TFLite file's tensor '" + name + "' is stored sparse, which is not known here.");
        }
        // An empty constant is told from a value yet to be computed by its empty shape.
        Optional<ByteBuffer> data =
                buffer(tensor.buffer()).filter(bytes -> bytes.hasRemaining() || initial.contains(0));
        return new TfliteTensor(
                name,
                type,
                signature.isEmpty() ? initial : signature,
                data,
                quantization(tensor.quantization()),
                tensor.isVariable());
    }

    private Optional<Quantization> quantization(QuantizationParameters parameters) {
        // Some writers leave an empty table, or only a range, on tensors that are not quantised.
        if (parameters == null || parameters.scaleLength() == 0) {
            return Optional.empty();
        }
        List<Float> scales = list(parameters.scaleLength(), parameters::scale);
        List<Long> zeroPoints = list(parameters.zeroPointLength(), parameters::zeroPoint);
        if (zeroPoints.size() <= 1) {
            // Some writers give one zero point for all channels, or none where it is 0.
            long shared = zeroPoints.isEmpty() ? 0 : zeroPoints.get(0);
            zeroPoints = Collections.nCopies(scales.size(), shared);
        }
        return Optional.of(new Quantization(scales, zeroPoints, parameters.quantizedDimension()));
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
        return new TfliteOperator(
                builtin,
                code.version(),
                integers(operator.inputsLength(), operator::inputs),
                integers(operator.outputsLength(), operator::outputs),
                options(builtin, code, operator));
    }

    private OperatorOptions options(BuiltinOperator builtin, OperatorCode code, Operator operator) {
        if (builtin == BuiltinOperator.CUSTOM) {
            return new OperatorOptions.Custom(text(code.customCodeAsByteBuffer()));
        }
        if (!builtin.isInterpreted()) {
            return new OperatorOptions.Other(operator.builtinOptionsType());
        }
        return OptionsCodecs.read(operator, budget);
    }

    private TfliteSignature signature(SignatureDef signature) {
        return new TfliteSignature(
                text(signature.signatureKeyAsByteBuffer()),
                Math.toIntExact(signature.subgraphIndex()),
                names(tables(signature.inputsLength(), signature::inputs)),
                names(tables(signature.outputsLength(), signature::outputs)));
    }

    private Map<String, Integer> names(List<TensorMap> entries) {
        Map<String, Integer> names = new LinkedHashMap<>();
        entries.forEach(entry -> names.put(text(entry.nameAsByteBuffer()), Math.toIntExact(entry.tensorIndex())));
        return names;
    }

    private Optional<ByteBuffer> buffer(long index) {
        if (index == 0) {
            return Optional.empty();
        }
        ByteBuffer data = model.buffers(Math.toIntExact(index)).dataAsByteBuffer();
        return Optional.ofNullable(data).map(ByteBuffer::slice);
    }

    private List<Integer> integers(int length, IntUnaryOperator element) {
        return list(length, element::applyAsInt);
    }

    private <T> List<T> list(int length, IntFunction<T> element) {
        return budget.list(length, Integer.BYTES, element);
    }

    private <T> List<T> tables(int length, IntFunction<T> element) {
        return budget.list(length, ReadBudget.TABLE, element);
    }

    private String text(ByteBuffer text) {
        if (text == null) {
            return "";
        }
        budget.spend(text.remaining());
        return StandardCharsets.UTF_8.decode(text).toString();
    }

    private static SlipwayException malformed(String why, Throwable cause) {
        return new SlipwayException(
                ErrorKind.INVALID,
                "tflite.malformed",
                "This is no usable TFLite file: " + why + ". Convert the model again.",
                cause);
    }
}
