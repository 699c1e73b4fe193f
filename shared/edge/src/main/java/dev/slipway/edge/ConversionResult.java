package dev.slipway.edge;

import dev.slipway.edge.quantise.QuantisationReport;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A converted and verified model. */
public final class ConversionResult {
    private final Target target;
    private final Precision precision;
    private final byte[] file;
    private final ParityReport parity;
    private final SortedMap<String, Integer> operators;
    private final Optional<QuantisationReport> quantisation;

    ConversionResult(
            Target target,
            Precision precision,
            byte[] file,
            ParityReport parity,
            Map<String, Integer> operators,
            Optional<QuantisationReport> quantisation) {
        this.target = target;
        this.precision = precision;
        this.file = file;
        this.parity = parity;
        this.operators = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(operators));
        this.quantisation = quantisation;
    }

    public Target target() {
        return target;
    }

    public Precision precision() {
        return precision;
    }

    /** The file's bytes; not a copy. */
    public byte[] file() {
        return file;
    }

    /** How close the file's outputs are to ONNX Runtime's. */
    public ParityReport parity() {
        return parity;
    }

    /** What was quantised; present for precisions that take calibration. */
    public Optional<QuantisationReport> quantisation() {
        return quantisation;
    }

    /** How often the file uses each operator; empty for a target whose file is not looked into. */
    public SortedMap<String, Integer> operators() {
        return operators;
    }
}
