package dev.slipway.edge;

import dev.slipway.edge.quantise.QuantisationReport;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured of a converted file, whether it is good enough to be given out or not.
 *
 * @param parity how close its outputs are to ONNX Runtime's
 * @param operators how often it uses each operator; empty for a target whose file is not looked into
 * @param quantisation what was quantised; present for precisions that take calibration
 * @param tensors in the order of computation, float against ONNX Runtime or another precision against float; empty unless
 *     compared
 */
public record ConversionFigures(
        Target target,
        Precision precision,
        long fileBytes,
        ParityReport parity,
        SortedMap<String, Integer> operators,
        Optional<QuantisationReport> quantisation,
        List<TensorParity> tensors) {
    public ConversionFigures {
        operators = Collections.unmodifiableSortedMap(new TreeMap<>(operators));
        tensors = List.copyOf(tensors);
    }

    public ConversionFigures withTensors(List<TensorParity> other) {
        return new ConversionFigures(target, precision, fileBytes, parity, operators, quantisation, other);
    }
}
