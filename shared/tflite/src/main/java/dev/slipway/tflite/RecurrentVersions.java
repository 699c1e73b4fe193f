package dev.slipway.tflite;

import static dev.slipway.tflite.TensorType.FLOAT32;
import static dev.slipway.tflite.TensorType.INT16;
import static dev.slipway.tflite.TensorType.INT8;

/** Versions of operators with a state. */
final class RecurrentVersions {
    // The second of a step's weights; the first is left out where input and forget gate are coupled.
    private static final int WEIGHTS_OF_LSTM = 2;

    private RecurrentVersions() {}

    static int of(BuiltinOperator operator, OperatorUse use) {
        boolean asymmetric = isAsymmetric(use.options());
        return switch (operator) {
            case SVDF -> use.input(0, INT8) ? 3 : hybrid(use, 1, asymmetric ? 4 : 2);
            case LSTM -> use.isIntegers(INT16, WEIGHTS_OF_LSTM, INT8) ? 5 : hybrid(use, WEIGHTS_OF_LSTM, 3);
            case UNIDIRECTIONAL_SEQUENCE_LSTM ->
                use.isIntegers(INT16, WEIGHTS_OF_LSTM, INT8) ? 5 : hybrid(use, WEIGHTS_OF_LSTM, asymmetric ? 3 : 2);
            // RNN, and both kinds of operators in two directions.
            default -> use.input(1, INT8) && use.output(0, FLOAT32) ? (asymmetric ? 3 : 2) : 1;
        };
    }

    private static int hybrid(OperatorUse use, int weights, int version) {
        return use.isHybrid(weights) ? version : 1;
    }

    private static boolean isAsymmetric(OperatorOptions options) {
        return (options instanceof OperatorOptions.Svdf svdf && svdf.asymmetricQuantizeInputs())
                || (options instanceof OperatorOptions.SequenceRnn rnn && rnn.asymmetricQuantizeInputs())
                || (options instanceof OperatorOptions.SequenceLstm lstm && lstm.asymmetricQuantizeInputs())
                || (options instanceof OperatorOptions.BidirectionalSequenceLstm both
                        && both.asymmetricQuantizeInputs());
    }
}
