package dev.slipway.edge;

import dev.slipway.edge.graph.Permutation;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteSignature;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import dev.slipway.tflite.TfliteWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** TFLite models some of whose inner tensors are outputs. */
final class ExposedTensors {
    private ExposedTensors() {}

    /** The model with these tensors of its entry, and no others, as outputs. */
    static TfliteModel of(TfliteModel model, List<String> names, String prefix) {
        TfliteSubgraph entry = model.entry();
        Map<String, Integer> numbers = new HashMap<>();
        entry.operators().forEach(operator -> operator.outputs()
                .forEach(output ->
                        numbers.putIfAbsent(entry.tensors().get(output).name(), output)));
        Map<String, Integer> outputs = new LinkedHashMap<>();
        names.forEach(name -> outputs.put(prefix + name, numbers.get(name)));
        List<TfliteSubgraph> subgraphs = new ArrayList<>(model.subgraphs());
        subgraphs.set(
                0,
                new TfliteSubgraph(
                        entry.name(),
                        entry.tensors(),
                        entry.operators(),
                        entry.inputs(),
                        List.copyOf(outputs.values())));
        Map<String, Integer> inputs = model.signatures().isEmpty()
                ? Map.of()
                : model.signatures().get(0).inputs();
        TfliteSignature signature = new TfliteSignature(TfliteSignature.DEFAULT_KEY, 0, inputs, outputs);
        return new TfliteModel(model.description(), subgraphs, List.of(signature), model.metadata());
    }

    /** The outputs as the numbers that they stand for. */
    static Map<String, OnnxTensor> run(TfliteModel model, Map<String, OnnxTensor> sample, Layout layout) {
        TfliteSubgraph entry = model.entry();
        TfliteSignature signature = model.signatures().get(0);
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        sample.forEach((name, tensor) -> {
            int rank = tensor.shape().size();
            OnnxTensor moved =
                    layout.moves(rank) ? EdgeTensors.transposed(tensor, Permutation.toChannelsLast(rank)) : tensor;
            given.put(
                    name,
                    quantised(moved, entry.tensors().get(signature.inputs().get(name))));
        });
        Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
        try (EdgeRunner runner = EdgeRunner.open(Target.TFLITE, TfliteWriter.writeDirect(model), 1)) {
            runner.evaluate(given)
                    .forEach((name, tensor) -> outputs.put(
                            name,
                            dequantised(
                                    tensor,
                                    entry.tensors()
                                            .get(signature.outputs().get(name))
                                            .quantization())));
        }
        return outputs;
    }

    private static OnnxTensor quantised(OnnxTensor tensor, TfliteTensor input) {
        if (input.quantization().isEmpty() || tensor.type() != ElementType.FLOAT32) {
            return tensor;
        }
        ElementType type = ElementType.valueOf(input.type().name());
        float scale = input.quantization().get().scales().get(0);
        long zero = input.quantization().get().zeroPoints().get(0);
        long least = type == ElementType.UINT8 ? 0 : -(1L << (type.bits() - 1));
        long most = least + (1L << type.bits()) - 1;
        ByteBuffer data =
                ByteBuffer.allocate(Math.toIntExact(type.bytes(tensor.size()))).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : tensor.floats()) {
            long number = Math.max(least, Math.min(most, Math.round((double) value / scale) + zero));
            if (type == ElementType.INT16) {
                data.putShort((short) number);
            } else {
                data.put((byte) number);
            }
        }
        return new OnnxTensor(tensor.name(), type, tensor.shape(), data.flip());
    }

    private static OnnxTensor dequantised(OnnxTensor tensor, Optional<Quantization> quantization) {
        if (quantization.isEmpty()) {
            return tensor;
        }
        float scale = quantization.get().scales().get(0);
        long zero = quantization.get().zeroPoints().get(0);
        float[] values = new float[tensor.size()];
        ByteBuffer from = tensor.data();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * (EdgeTensors.number(from, tensor.type()) - zero));
        }
        return OnnxTensor.float32(tensor.name(), tensor.shape(), values);
    }
}
