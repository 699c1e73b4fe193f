package dev.slipway.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.Metadata;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.QuantizationDetails;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.SignatureDef;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;
import org.tensorflow.lite.schema.TensorMap;

/**
 * Writes models as TFLite files (FlatBuffers, identifier {@code TFL3}); equal models become equal bytes.
 *
 * <p>Only the graph is built in memory: weights go from where they are straight into the file. A file of 2 GiB or more
 * can't be read by the runtime and is refused with {@code tflite.too-large} before anything is written.
 */
public final class TfliteWriter {
    private static final int SCHEMA_VERSION = 3;
    private static final int LAST_DEPRECATED_CODE = 127;

    private final FlatBufferBuilder builder = new FlatBufferBuilder(1 << 16);
    private final WeightRegion weights = new WeightRegion();
    private final Map<VersionedOperator, Integer> operatorCodes = new LinkedHashMap<>();

    private record VersionedOperator(BuiltinOperator operator, int version) {}

    private TfliteWriter() {}

    /** The file's bytes. */
    public static byte[] write(TfliteModel model) {
        return write(model, position -> ByteBuffer.allocate(0));
    }

    /**
     * The file's bytes and, behind them, others that the runtime passes over.
     *
     * @param appendix makes them for the position where they will be
     */
    public static byte[] write(TfliteModel model, IntFunction<ByteBuffer> appendix) {
        List<ByteBuffer> parts = new TfliteWriter().parts(model, appendix);
        ByteBuffer file = ByteBuffer.allocate(
                parts.stream().mapToInt(ByteBuffer::remaining).sum());
        parts.forEach(file::put);
        return file.array();
    }

    /** The file's bytes outside the heap, from where the runtime takes them without a copy. */
    public static ByteBuffer writeDirect(TfliteModel model) {
        List<ByteBuffer> parts = new TfliteWriter().parts(model, position -> ByteBuffer.allocate(0));
        ByteBuffer file = ByteBuffer.allocateDirect(
                parts.stream().mapToInt(ByteBuffer::remaining).sum());
        parts.forEach(file::put);
        return file.flip();
    }

    /**
     * Writes the file in place of what may be there. It appears complete or not at all; on failure, which is {@code
     * tflite.write}, nothing is left behind.
     */
    public static void write(TfliteModel model, Path file) {
        write(model, position -> ByteBuffer.allocate(0), file);
    }

    /** Writes the file and, behind it, bytes that the runtime passes over. */
    public static void write(TfliteModel model, IntFunction<ByteBuffer> appendix, Path file) {
        AtomicFile.write(file, new TfliteWriter().parts(model, appendix));
    }

    /** The file as a sequence of its parts. */
    private List<ByteBuffer> parts(TfliteModel model, IntFunction<ByteBuffer> appendix) {
        model.subgraphs().stream()
                .flatMap(graph -> graph.tensors().stream())
                .flatMap(tensor -> tensor.data().stream())
                .forEach(weights::announce);
        model.metadata().values().forEach(weights::announce);
        // The region of weights comes right after what the builder makes and must begin aligned.
        builder.prep(WeightRegion.alignment(), 0);
        int subgraphs = builder.createVectorOfTables(offsets(model.subgraphs(), this::subgraph));
        int signatures = builder.createVectorOfTables(offsets(model.signatures(), this::signature));
        int metadata = builder.createVectorOfTables(offsets(
                List.copyOf(new TreeMap<>(model.metadata()).entrySet()),
                entry -> Metadata.createMetadata(
                        builder, builder.createString(entry.getKey()), bufferOf(entry.getValue()))));
        int codes = builder.createVectorOfTables(offsets(List.copyOf(operatorCodes.keySet()), this::operatorCode));
        int buffers = buffers();
        int description = builder.createString(model.description());
        Model.finishModelBuffer(
                builder,
                Model.createModel(
                        builder, SCHEMA_VERSION, codes, subgraphs, description, buffers, 0, metadata, signatures));
        ByteBuffer graph = builder.dataBuffer();
        long size = graph.remaining() + weights.size();
        checkSize(size);
        List<ByteBuffer> parts = new ArrayList<>();
        parts.add(graph);
        parts.addAll(weights.bytes());
        ByteBuffer last = appendix.apply((int) size);
        checkSize(size + last.remaining());
        parts.add(last);
        return parts;
    }

    private static void checkSize(long size) {
        if (size > Integer.MAX_VALUE) {
            throw SlipwayException.tooLarge(
                    "tflite.too-large",
                    "The TFLite file would have " + size + " bytes, but a runtime reads less than 2 GiB; use a smaller "
                            + "precision or a smaller model.");
        }
    }

    private int subgraph(TfliteSubgraph graph) {
        int tensors = builder.createVectorOfTables(offsets(graph.tensors(), this::tensor));
        int operators = builder.createVectorOfTables(offsets(graph.operators(), this::operator));
        int inputs = SubGraph.createInputsVector(builder, array(graph.inputs()));
        int outputs = SubGraph.createOutputsVector(builder, array(graph.outputs()));
        int name = builder.createString(graph.name());
        return SubGraph.createSubGraph(builder, tensors, inputs, outputs, operators, name);
    }

    private int tensor(TfliteTensor tensor) {
        int[] signature = array(tensor.shape());
        int[] shape = array(tensor.shape().stream()
                .map(length -> length < 0 ? Integer.valueOf(1) : length)
                .toList());
        int signatureOffset = tensor.shape().contains(-1) ? Tensor.createShapeSignatureVector(builder, signature) : 0;
        int shapeOffset = Tensor.createShapeVector(builder, shape);
        int name = builder.createString(tensor.name());
        int buffer = tensor.data().map(this::bufferOf).orElse(0);
        int quantization = tensor.quantization().map(this::quantization).orElse(0);
        return Tensor.createTensor(
                builder,
                shapeOffset,
                (byte) tensor.type().code(),
                buffer,
                name,
                quantization,
                tensor.variable(),
                0,
                signatureOffset,
                true,
                0);
    }

    private int quantization(Quantization quantization) {
        float[] scales = new float[quantization.scales().size()];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = quantization.scales().get(i);
        }
        long[] zeroPoints =
                quantization.zeroPoints().stream().mapToLong(Long::longValue).toArray();
        int scalesOffset = QuantizationParameters.createScaleVector(builder, scales);
        int zeroPointsOffset = QuantizationParameters.createZeroPointVector(builder, zeroPoints);
        return QuantizationParameters.createQuantizationParameters(
                builder, 0, 0, scalesOffset, zeroPointsOffset, QuantizationDetails.NONE, 0, quantization.axis());
    }

    private int operator(TfliteOperator operator) {
        VersionedOperator code = new VersionedOperator(operator.operator(), operator.version());
        int index = operatorCodes.computeIfAbsent(code, key -> operatorCodes.size());
        OptionsCodecs.Written options = OptionsCodecs.write(builder, operator.operator(), operator.options());
        int inputs = Operator.createInputsVector(builder, array(operator.inputs()));
        int outputs = Operator.createOutputsVector(builder, array(operator.outputs()));
        return Operator.createOperator(
                builder, index, inputs, outputs, options.table(), options.offset(), 0, (byte) 0, 0, 0);
    }

    private int operatorCode(VersionedOperator code) {
        // Runtimes from before operator 127 only look at the one-byte field.
        byte deprecated = (byte) Math.min(code.operator().code(), LAST_DEPRECATED_CODE);
        return OperatorCode.createOperatorCode(
                builder, deprecated, 0, code.version(), code.operator().code());
    }

    private int signature(TfliteSignature signature) {
        int inputs = tensorMaps(signature.inputs());
        int outputs = tensorMaps(signature.outputs());
        int key = builder.createString(signature.key());
        return SignatureDef.createSignatureDef(builder, inputs, outputs, key, signature.subgraph());
    }

    private int tensorMaps(Map<String, Integer> names) {
        return builder.createVectorOfTables(offsets(
                List.copyOf(names.entrySet()),
                entry -> TensorMap.createTensorMap(builder, builder.createString(entry.getKey()), entry.getValue())));
    }

    /** Equal data is written once. By the format's convention buffer 0 is empty and means "no data". */
    private int bufferOf(ByteBuffer data) {
        return weights.add(data) + 1;
    }

    private int buffers() {
        int[] offsets = new int[weights.count() + 1];
        offsets[0] = Buffer.createBuffer(builder, 0);
        for (int i = 0; i < weights.count(); i++) {
            // Offsets count backwards from the end of what the builder makes, and the weights lie behind it.
            checkSize(weights.position(i));
            offsets[i + 1] = Buffer.createBuffer(builder, -(int) weights.position(i));
        }
        return builder.createVectorOfTables(offsets);
    }

    private static <T> int[] offsets(List<T> parts, ToIntFunction<T> write) {
        return parts.stream().mapToInt(write).toArray();
    }

    private static int[] array(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
