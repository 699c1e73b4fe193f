package dev.slipway.edge;

import java.util.List;

/** Makes files of one model for one target. */
sealed interface TargetConversion permits TfliteConversion, OnnxConversion {

    /** The file and how close it is, which may not be close enough. */
    ConversionResult to(Precision precision);

    /** Files of this conversion tensor by tensor, in the order of computation; empty if the target's can't be compared so. */
    List<List<TensorParity>> tensors(List<ConversionResult> results);
}
