package dev.slipway.edge;

import dev.slipway.edge.quantise.QuantisationReport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A converted and verified model. */
public final class ConversionResult {
    private final ByteBuffer file;
    private final ConversionFigures figures;

    ConversionResult(
            Target target,
            Precision precision,
            ByteBuffer file,
            ParityReport parity,
            Map<String, Integer> operators,
            Optional<QuantisationReport> quantisation) {
        this.file = file;
        this.figures = new ConversionFigures(
                target, precision, file.remaining(), parity, new TreeMap<>(operators), quantisation, List.of());
    }

    public Target target() {
        return figures.target();
    }

    public Precision precision() {
        return figures.precision();
    }

    /** The file's bytes, read-only and not a copy: a TFLite file lies outside the heap, where its runtime can use it. */
    public ByteBuffer bytes() {
        return file.asReadOnlyBuffer();
    }

    /** A copy of the file's bytes. */
    public byte[] file() {
        return copy(file);
    }

    /** In bytes. */
    public int size() {
        return file.remaining();
    }

    static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
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
