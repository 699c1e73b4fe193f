package dev.slipway.edge.lower.window;

import static dev.slipway.edge.lower.OperatorEntry.onnx;

import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import dev.slipway.tflite.BuiltinOperator;
import java.util.List;

/** Convolutions, pooling and what else slides over space. */
public final class WindowOperators implements OperatorFamily {
    @Override
    public List<OperatorEntry> entries() {
        return List.of(
                onnx("Conv", 1, new ConvolutionLowering(), "CONV_2D or DEPTHWISE_CONV_2D"),
                onnx("MaxPool", 1, new MaxPoolLowering(), "MAX_POOL_2D"),
                onnx("AveragePool", 7, new AveragePoolLowering(), "AVERAGE_POOL_2D"),
                onnx("GlobalAveragePool", 1, new GlobalPoolLowering(BuiltinOperator.MEAN), "MEAN"),
                onnx("GlobalMaxPool", 1, new GlobalPoolLowering(BuiltinOperator.REDUCE_MAX), "REDUCE_MAX"));
    }
}
