package dev.slipway.edge;

import dev.slipway.edge.quantise.QuantisationReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A converted and verified model. */
public final class ConversionResult {
    private final byte[] file;
    private final ConversionFigures figures;

    ConversionResult(
            Target target,
            Precision precision,
            byte[] file,
            ParityReport parity,
            Map<String, Integer> operators,
            Optional<QuantisationReport> quantisation) {
        this.file = file;
        this.figures = new ConversionFigures(
                target, precision, file.length, parity, new TreeMap<>(operators), quantisation, List.of());
    }

    public Target target() {
        return figures.target();
    }

    public Precision precision() {
        return figures.precision();
    }

    /** The file's bytes; not a copy. */
    public byte[] file() {
        return file;
    }

    /** All that was measured of the file. */
    public ConversionFigures figures() {
        return figures;
    }

    /** How close the file's outputs are to ONNX Runtime's. */
    public ParityReport parity() {
        return figures.parity();
    }

    /** What was quantised; present for precisions that take calibration. */
    public Optional<QuantisationReport> quantisation() {
        return figures.quantisation();
    }

    /** How often the file uses each operator; empty for a target whose file is not looked into. */
    public SortedMap<String, Integer> operators() {
        return figures.operators();
    }
}
