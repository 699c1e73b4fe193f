package dev.slipway.standalone.cli;

import dev.slipway.edge.Layout;
import dev.slipway.edge.Target;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteSignature;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A converted file of any origin, made to have the names of the ONNX model. */
final class ForeignFile {
    private final Target target;
    private final byte[] bytes;
    private final Layout layout;
    private final List<String> renamed;

    private ForeignFile(Target target, byte[] bytes, Layout layout, List<String> renamed) {
        this.target = target;
        this.bytes = bytes;
        this.layout = layout;
        this.renamed = renamed;
    }

    Target target() {
        return target;
    }

    byte[] bytes() {
        return bytes;
    }

    /** As the shapes of its inputs tell. */
    Layout layout() {
        return layout;
    }

    /** What had other names and was matched by its place, for people. */
    List<String> renamed() {
        return List.copyOf(renamed);
    }

    /** Fails with {@code verify.names} if inputs or outputs are not as many as the model's. */
    static ForeignFile read(Path file, OnnxModel model) {
        byte[] bytes = ModelFile.bytes(file);
        Target target = ModelFile.isOnnx(file) ? Target.ORT : ModelFile.converted(file);
        return target == Target.TFLITE
                ? tflite(TfliteReader.read(bytes), bytes, model)
                : new ForeignFile(target, bytes, Layout.KEEP, List.of());
    }

    private static ForeignFile tflite(TfliteModel file, byte[] bytes, OnnxModel model) {
        List<OnnxValue> inputs = model.graph().requiredInputs();
        List<String> outputs =
                model.graph().outputs().stream().map(OnnxValue::name).toList();
        List<String> inputNames = inputs.stream().map(OnnxValue::name).toList();
        List<String> renamed = new ArrayList<>();
        TfliteSubgraph entry = file.entry();
        Map<String, Integer> in = matched("input", inputNames, file.inputNames(), entry.inputs(), renamed);
        Map<String, Integer> out = matched("output", outputs, file.outputNames(), entry.outputs(), renamed);
        byte[] named = renamed.isEmpty()
                ? bytes
                : TfliteWriter.write(new TfliteModel(
                        file.description(),
                        file.subgraphs(),
                        List.of(new TfliteSignature(TfliteSignature.DEFAULT_KEY, 0, in, out)),
                        file.metadata()));
        return new ForeignFile(Target.TFLITE, named, layout(inputs, entry, in), renamed);
    }

    /** The file's tensors by the model's names: those of the same name or, if names differ, those in the same place. */
    private static Map<String, Integer> matched(
            String what, List<String> wanted, List<String> names, List<Integer> tensors, List<String> renamed) {
        if (wanted.size() != names.size()) {
            throw SlipwayException.invalid(
                    "verify.names",
                    "The model has " + wanted.size() + " " + what + "s " + wanted + ", but the file " + names.size()
                            + " " + names + ": they can't be of the same origin.");
        }
        boolean same = new HashSet<>(wanted).equals(new HashSet<>(names));
        Map<String, Integer> matched = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            int place = same ? names.indexOf(wanted.get(i)) : i;
            matched.put(wanted.get(i), tensors.get(place));
            if (!same) {
                renamed.add("the file's " + what + " '" + names.get(i) + "' was taken for '" + wanted.get(i)
                        + "', by its place");
            }
        }
        return matched;
    }

    /** Channels last if that, and not the model's own order, is what the lengths of an input fit. */
    private static Layout layout(List<OnnxValue> inputs, TfliteSubgraph graph, Map<String, Integer> tensors) {
        for (OnnxValue input : inputs) {
            List<Integer> given = graph.tensors().get(tensors.get(input.name())).shape();
            Optional<List<Dimension>> declared =
                    input.type() instanceof ValueType.Dense dense ? dense.shape() : Optional.empty();
            if (declared.isPresent()
                    && declared.get().size() == given.size()
                    && Layout.NHWC.moves(given.size())
                    && !fits(declared.get(), given)
                    && fits(channelsLast(declared.get()), given)) {
                return Layout.NHWC;
            }
        }
        return Layout.KEEP;
    }

    private static List<Dimension> channelsLast(List<Dimension> shape) {
        List<Dimension> moved = new ArrayList<>(shape);
        moved.add(moved.remove(1));
        return moved;
    }

    private static boolean fits(List<Dimension> declared, List<Integer> given) {
        for (int axis = 0; axis < given.size(); axis++) {
            if (declared.get(axis) instanceof Dimension.Fixed fixed && fixed.length() != given.get(axis)) {
                return false;
            }
        }
        return true;
    }
}
