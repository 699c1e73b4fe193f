package dev.slipway.onnx.run;

import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import java.util.List;

/** An input or output of a loaded model as ONNX Runtime sees it. */
public record SessionValue(String name, ElementType type, List<Dimension> shape) {
    public SessionValue {
        shape = List.copyOf(shape);
    }
}
