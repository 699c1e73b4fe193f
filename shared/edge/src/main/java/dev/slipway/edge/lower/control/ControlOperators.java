package dev.slipway.edge.lower.control;

import static dev.slipway.edge.lower.OperatorEntry.onnx;

import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import java.util.List;

/** If, Loop, Scan and recurrent layers. */
public final class ControlOperators implements OperatorFamily {
    private static final String STEPS =
            "FULLY_CONNECTED and elementwise operators for each of up to 16 steps, else in WHILE";

    @Override
    public List<OperatorEntry> entries() {
        return List.of(
                onnx("If", 1, new IfLowering(), "the branch itself where the condition is constant, else IF")
                        .limits("both branches give the same types and ranks"),
                onnx("Loop", 1, new LoopLowering(), "the body for each of up to 16 certain steps, else WHILE")
                        .limits("in WHILE, outputs that are collected have fixed shapes in each step"),
                onnx("Scan", 8, new ScanLowering(true), "as Loop")
                        .limits("no sequence lengths; the batch is fixed, up to 16"),
                onnx("Scan", 9, new ScanLowering(false), "as Loop").limits("as Loop"),
                onnx("LSTM", 7, new RecurrentLowering(RecurrentLowering.Kind.LSTM), STEPS),
                onnx("GRU", 7, new RecurrentLowering(RecurrentLowering.Kind.GRU), STEPS),
                onnx("RNN", 7, new RecurrentLowering(RecurrentLowering.Kind.RNN), STEPS));
    }
}
