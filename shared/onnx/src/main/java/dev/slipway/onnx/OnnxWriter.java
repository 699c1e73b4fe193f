package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedOutputStream;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Writes models as ONNX files; equal models become equal bytes. */
public final class OnnxWriter {
    /** The file that a detached model says its weights are in. */
    public static final String DETACHED = "detached";

    /** Protobuf's own limit is 2 GiB; what comes near it is split. */
    private static final long LARGEST_FILE = 2_000_000_000L;

    private static final int SMALLEST_EXTERNAL = 1024;

    private OnnxWriter() {}

    /** Fails with {@code onnx.too-large} at 2 GB or more; such a model needs {@link #write(OnnxModel, Path)}. */
    public static byte[] write(OnnxModel model) {
        checkSize(model);
        return new ProtoWriter(tensor -> Optional.empty()).model(model).toByteArray();
    }

    /**
     * Writes a model to a file, its weights within it as long as it stays below 2 GB, otherwise beside it in {@code
     * FILE.data}.
     */
    public static void write(OnnxModel model, Path file) {
        write(model, file, LARGEST_FILE);
    }

    /**
     * Writes a model to a file, and its weights beside it in {@code FILE.data} if all of it takes more bytes than the
     * threshold. Files that are there already are replaced at the end, never changed, so the model may well be a view of
     * them. Fails with {@code onnx.unwritable}.
     */
    public static void write(OnnxModel model, Path file, long threshold) {
        Path target = file.toAbsolutePath();
        try {
            if (bytes(model) <= threshold) {
                Replacement.of(target, out -> writeTo(new ProtoWriter(tensor -> Optional.empty()).model(model), out));
                return;
            }
            Path data = target.resolveSibling(target.getFileName() + ".data");
            ExternalLayout layout = ExternalLayout.of(
                    model.graph().initializers(), tensor -> tensor.data().remaining() >= SMALLEST_EXTERNAL);
            Replacement.of(data, layout::writeTo);
            String location = data.getFileName().toString();
            Replacement.of(
                    target,
                    out -> writeTo(new ProtoWriter(tensor -> layout.place(tensor, location)).model(model), out));
        } catch (IOException e) {
            throw SlipwayException.invalid(
                    "onnx.unwritable", "Can't write " + file + ": " + e + ". Check path, permissions and space.", e);
        }
    }

    /**
     * Takes weights out of a model: what is left is small and refers to them by name. Those of Constant nodes in the
     * model's own graph become initializers; those in bodies stay, and those that nothing reads are gone. Fails with {@code onnx.too-large} if what stays is 2
     * GB or more.
     *
     * @param which weights; never texts, which must stay within the model
     */
    public static DetachedModel detach(OnnxModel model, Predicate<OnnxTensor> which) {
        Set<String> read = Constants.read(model.graph());
        OnnxModel hoisted = model.withGraph(Constants.withoutUnread(Constants.hoisted(model.graph(), which), read));
        ExternalLayout layout = ExternalLayout.of(
                hoisted.graph().initializers(), tensor -> read.contains(tensor.name()) && which.test(tensor));
        Map<String, OnnxTensor> weights = new LinkedHashMap<>();
        List<OnnxTensor> kept = new ArrayList<>();
        for (OnnxTensor tensor : hoisted.graph().initializers()) {
            if (layout.holds(tensor)) {
                weights.put(tensor.name(), tensor);
            } else {
                kept.add(tensor);
            }
        }
        checkSize(hoisted.withGraph(hoisted.graph().withInitializers(kept)));
        ModelProto proto = new ProtoWriter(tensor -> layout.place(tensor, DETACHED)).model(hoisted);
        return new DetachedModel(proto.toByteArray(), weights);
    }

    private static void checkSize(OnnxModel model) {
        if (bytes(model) > LARGEST_FILE) {
            throw SlipwayException.tooLarge(
                    "onnx.too-large",
                    "The model is too large for one ONNX file; write it to a path, with its weights beside it.");
        }
    }

    private static void writeTo(ModelProto proto, OutputStream out) throws IOException {
        CodedOutputStream coded = CodedOutputStream.newInstance(out);
        proto.writeTo(coded);
        coded.flush();
    }

    private static long bytes(OnnxModel model) {
        long bytes = 0;
        List<OnnxGraph> graphs = new ArrayList<>(List.of(model.graph()));
        while (!graphs.isEmpty()) {
            OnnxGraph graph = graphs.remove(graphs.size() - 1);
            bytes += graph.initializers().stream()
                    .mapToLong(tensor -> tensor.data().remaining())
                    .sum();
            for (OnnxNode node : graph.nodes()) {
                graphs.addAll(node.bodies());
                bytes += node.attributes().values().stream()
                        .mapToLong(value -> value instanceof AttributeValue.TensorValue tensor
                                ? tensor.value().data().remaining()
                                : 0)
                        .sum();
            }
        }
        return bytes;
    }

    static void copy(ByteBuffer from, OutputStream out) throws IOException {
        byte[] chunk = new byte[1 << 16];
        while (from.hasRemaining()) {
            int length = Math.min(chunk.length, from.remaining());
            from.get(chunk, 0, length);
            out.write(chunk, 0, length);
        }
    }
}
