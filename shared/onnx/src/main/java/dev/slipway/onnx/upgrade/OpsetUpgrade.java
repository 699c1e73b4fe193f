package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxModel;
import java.util.List;

/**
 * Lifts models of operator sets 1 to 6 to version 7, the first that runtimes know in full. Up to then operators had
 * attributes for what shapes say today; the result says the same without them. Operators of newer sets that they lack
 * kernels for are said by others.
 */
public final class OpsetUpgrade {
    private static final long TARGET = 7;
    private static final long FIRST_IR_WITH_OPSETS = 3;

    private static final List<UpgradeRule> RULES = List.of(
            new DropConsumedInputs(),
            new PadAmounts(),
            new SplitLengths(),
            new NormOrder(),
            new ConcatenationAxis(),
            new ReshapeShape(),
            new CastType(),
            new TileRepeats(),
            new SeluDefaults(),
            new ExplicitBroadcast(),
            new ChannelSlope(),
            new GemmBroadcast(),
            new InferenceOnly(),
            new UpsampleScales(),
            new RecurrentOutputs());

    private OpsetUpgrade() {}

    /**
     * The model in version 7 of ONNX's operators or newer, with what ONNX Runtime has no kernel for said by what it has;
     * the same model if there is nothing to change. Fails with {@code onnx.unsupported} where a node can't be said in
     * version 7.
     */
    public static OnnxModel apply(OnnxModel model) {
        return RunnableModel.of(lifted(model));
    }

    private static OnnxModel lifted(OnnxModel model) {
        long version = model.opset();
        if (version < 1 || version >= TARGET) {
            return model;
        }
        List<UpgradeRule> rules =
                RULES.stream().filter(rule -> version < rule.since()).toList();
        return model.withGraph(new GraphUpgrade(rules, model.graph()).upgraded().orElse(model.graph()))
                .withOpset("", TARGET)
                .withIrVersion(FIRST_IR_WITH_OPSETS);
    }
}
