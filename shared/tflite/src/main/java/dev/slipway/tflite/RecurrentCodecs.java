package dev.slipway.tflite;

import static dev.slipway.tflite.Tables.activation;
import static dev.slipway.tflite.Tables.code;

import dev.slipway.tflite.OperatorOptions.BidirectionalSequenceLstm;
import dev.slipway.tflite.OperatorOptions.Other;
import dev.slipway.tflite.OperatorOptions.SequenceLstm;
import dev.slipway.tflite.OperatorOptions.SequenceRnn;
import dev.slipway.tflite.OperatorOptions.Svdf;
import java.util.List;
import org.tensorflow.lite.schema.BidirectionalSequenceLSTMOptions;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.SVDFOptions;
import org.tensorflow.lite.schema.SequenceRNNOptions;
import org.tensorflow.lite.schema.UnidirectionalSequenceLSTMOptions;

/** Options of operators with a state. */
final class RecurrentCodecs {
    private static final boolean DIAGONAL_RECURRENT_TENSORS = false;

    private RecurrentCodecs() {}

    static List<OptionsCodec<?>> all() {
        return List.of(
                OptionsCodec.of(
                        BuiltinOptions.UnidirectionalSequenceLSTMOptions,
                        SequenceLstm.class,
                        (to, from) -> UnidirectionalSequenceLSTMOptions.createUnidirectionalSequenceLSTMOptions(
                                to,
                                code(from.activation()),
                                from.cellClip(),
                                from.projectionClip(),
                                from.timeMajor(),
                                from.asymmetricQuantizeInputs(),
                                DIAGONAL_RECURRENT_TENSORS),
                        UnidirectionalSequenceLSTMOptions::new,
                        from -> from.diagonalRecurrentTensors()
                                ? new Other(BuiltinOptions.UnidirectionalSequenceLSTMOptions)
                                : new SequenceLstm(
                                        activation(from.fusedActivationFunction()),
                                        from.cellClip(),
                                        from.projClip(),
                                        from.timeMajor(),
                                        from.asymmetricQuantizeInputs())),
                OptionsCodec.of(
                        BuiltinOptions.BidirectionalSequenceLSTMOptions,
                        BidirectionalSequenceLstm.class,
                        (to, from) -> BidirectionalSequenceLSTMOptions.createBidirectionalSequenceLSTMOptions(
                                to,
                                code(from.activation()),
                                from.cellClip(),
                                from.projectionClip(),
                                from.mergeOutputs(),
                                from.timeMajor(),
                                from.asymmetricQuantizeInputs()),
                        BidirectionalSequenceLSTMOptions::new,
                        from -> new BidirectionalSequenceLstm(
                                activation(from.fusedActivationFunction()),
                                from.cellClip(),
                                from.projClip(),
                                from.mergeOutputs(),
                                from.timeMajor(),
                                from.asymmetricQuantizeInputs())),
                OptionsCodec.of(
                        BuiltinOptions.SequenceRNNOptions,
                        SequenceRnn.class,
                        (to, from) -> SequenceRNNOptions.createSequenceRNNOptions(
                                to, from.timeMajor(), code(from.activation()), from.asymmetricQuantizeInputs()),
                        SequenceRNNOptions::new,
                        from -> new SequenceRnn(
                                from.timeMajor(),
                                activation(from.fusedActivationFunction()),
                                from.asymmetricQuantizeInputs())),
                OptionsCodec.of(
                        BuiltinOptions.SVDFOptions,
                        Svdf.class,
                        (to, from) -> SVDFOptions.createSVDFOptions(
                                to, from.rank(), code(from.activation()), from.asymmetricQuantizeInputs()),
                        SVDFOptions::new,
                        from -> new Svdf(
                                from.rank(),
                                from.asymmetricQuantizeInputs(),
                                activation(from.fusedActivationFunction()))));
    }
}
