package dev.slipway.onnx.run;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.TensorInfo;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An input or output of a loaded model as ONNX Runtime sees it. */
public record SessionValue(String name, ElementType type, List<Dimension> shape) {
    public SessionValue {
        shape = List.copyOf(shape);
    }

    /** Those that are dense tensors, in order. */
    static List<SessionValue> of(Map<String, NodeInfo> infos) {
        List<SessionValue> values = new ArrayList<>();
        for (NodeInfo info : infos.values()) {
            if (info.getInfo() instanceof TensorInfo tensor) {
                NativeTensors.elementType(tensor)
                        .ifPresent(type -> values.add(new SessionValue(info.getName(), type, dimensions(tensor))));
            }
        }
        return List.copyOf(values);
    }

    private static List<Dimension> dimensions(TensorInfo info) {
        List<Dimension> dimensions = new ArrayList<>();
        for (int axis = 0; axis < info.getShape().length; axis++) {
            long length = info.getShape()[axis];
            String name = info.getDimensionNames()[axis];
            if (length >= 0) {
                dimensions.add(Dimension.fixed(length));
            } else {
                dimensions.add(name.isEmpty() ? new Dimension.Unknown() : Dimension.symbolic(name));
            }
        }
        return dimensions;
    }
}
