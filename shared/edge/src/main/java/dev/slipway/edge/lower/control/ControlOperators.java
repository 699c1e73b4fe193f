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
                onnx("LSTM", 7, new RecurrentLowering(RecurrentLowering.Kind.LSTM), STEPS),
                onnx("GRU", 7, new RecurrentLowering(RecurrentLowering.Kind.GRU), STEPS),
                onnx("RNN", 7, new RecurrentLowering(RecurrentLowering.Kind.RNN), STEPS));
    }
}
