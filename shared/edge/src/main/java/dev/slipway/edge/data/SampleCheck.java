package dev.slipway.edge.data;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.util.List;
import java.util.Map;

/** Holds samples to what a model's inputs are declared as. */
public final class SampleCheck {
    private SampleCheck() {}

    /** Fails with {@code edge.sample} at the first input that is missing, too much, or of another type or shape. */
    public static void check(OnnxModel model, Map<String, OnnxTensor> sample) {
        List<OnnxValue> inputs = model.graph().requiredInputs();
        List<String> names = inputs.stream().map(OnnxValue::name).toList();
        for (String name : sample.keySet()) {
            if (!names.contains(name)) {
                throw wrong("there are elements for '" + name + "', but the model's inputs are " + names);
            }
        }
        for (OnnxValue input : inputs) {
            OnnxTensor tensor = sample.get(input.name());
            if (tensor == null) {
                throw wrong("there are none for input '" + input.name() + "'");
            }
            if (input.type() instanceof ValueType.Dense dense) {
                check(input.name(), dense, tensor);
            }
        }
    }

    private static void check(String name, ValueType.Dense wanted, OnnxTensor tensor) {
        if (tensor.type() != wanted.element()) {
            throw wrong("those for input '" + name + "' are " + tensor.type() + ", but it takes " + wanted.element());
        }
        if (wanted.shape().isPresent() && !fits(wanted.shape().get(), tensor.shape())) {
            throw wrong("those for input '" + name + "' have shape " + tensor.shape() + ", but it takes "
                    + wanted.shape().get());
        }
    }

    private static boolean fits(List<Dimension> wanted, List<Integer> shape) {
        boolean fits = wanted.size() == shape.size();
        for (int axis = 0; fits && axis < shape.size(); axis++) {
            fits = !(wanted.get(axis) instanceof Dimension.Fixed fixed) || fixed.length() == shape.get(axis);
        }
        return fits;
    }

    static SlipwayException wrong(String why) {
        return SlipwayException.invalid("edge.sample", "The samples don't fit the model: " + why + ".");
    }
}
