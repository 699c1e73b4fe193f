package dev.slipway.onnx.precision;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.upgrade.OpsetUpgrade;

/**
 * Models whose weights and computations have 16-bit floating-point numbers, half the size of the original.
 *
 * <p>Inputs and outputs stay 32-bit. So do operators that ONNX defines for 32-bit numbers only, control flow and
 * operators of other domains; casts stand between. Where a runtime has no 16-bit kernel it computes with 32 bits, as ONNX
 * Runtime does on most processors.
 */
public final class Float16Model {
    /** From here on initializers need not be inputs as well. */
    private static final long IR_WITH_CONSTANTS = 4;

    private Float16Model() {}

    /**
     * The model with 16-bit numbers. Nodes with a constant too large for 16 bits keep 32 bits, unless it is so large
     * that it stands for infinity (as in masks), which becomes the largest 16-bit number. Values in between that become
     * too large are found by running the model only. Fails with {@code onnx.unusable} if ONNX Runtime can't load the model.
     */
    public static OnnxModel of(OnnxModel model) {
        OnnxModel current = OpsetUpgrade.apply(model);
        OnnxModel upgraded = current.withGraph(
                current.graph().withHoistedConstants(constant -> constant.type() == ElementType.FLOAT32));
        HalfPolicy policy =
                new HalfPolicy(ValueTypes.of(upgraded), upgraded.graph().constants());
        return upgraded.withGraph(new HalfGraph(upgraded.graph(), policy).rewritten())
                .withIrVersion(IR_WITH_CONSTANTS);
    }
}
