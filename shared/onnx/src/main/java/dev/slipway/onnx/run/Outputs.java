package dev.slipway.onnx.run;

import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a run made. */
final class Outputs {
    private Outputs() {}

    /** Copies one dense tensor after another into the heap and hands it over; all values are closed in the end. */
    static void handOver(Iterator<Map.Entry<String, OnnxValue>> outputs, BiConsumer<String, OnnxTensor> to)
            throws OrtException {
        try {
            while (outputs.hasNext()) {
                Map.Entry<String, OnnxValue> output = outputs.next();
                Optional<OnnxTensor> copy;
                try (OnnxValue value = output.getValue()) {
                    copy = copy(output.getKey(), value);
                }
                copy.ifPresent(tensor -> to.accept(output.getKey(), tensor));
            }
        } finally {
            while (outputs.hasNext()) {
                outputs.next().getValue().close();
            }
        }
    }

    private static Optional<OnnxTensor> copy(String name, OnnxValue value) throws OrtException {
        if (!(value instanceof ai.onnxruntime.OnnxTensor tensor)) {
            return Optional.empty();
        }
        Optional<ElementType> type = NativeTensors.elementType(tensor.getInfo());
        return type.isEmpty() ? Optional.empty() : Optional.of(NativeTensors.fromNative(name, type.get(), tensor));
    }
}
