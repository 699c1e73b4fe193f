package dev.slipway.labeling;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.labeling.ImportSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Gathers lines into chunks of different keys and sums up what became of them. Not safe for use by several threads. */
final class ImportWriter {
    /** A line changes three entities at most. */
    private static final int CHUNK = 150;

    private final Function<List<LabelledSample>, ImportSummary> writeChunk;
    private final Map<String, LabelledSample> chunk = new LinkedHashMap<>();
    private ImportSummary sum = new ImportSummary(0, 0, 0);

    ImportWriter(Function<List<LabelledSample>, ImportSummary> writeChunk) {
        this.writeChunk = writeChunk;
    }

    void add(LabelledSample line) {
        // A key that comes again is known by then, as in an import of its own.
        if (chunk.size() == CHUNK || chunk.containsKey(line.key())) {
            flush();
        }
        chunk.put(line.key(), line);
    }

    ImportSummary finish() {
        flush();
        return sum;
    }

    private void flush() {
        if (chunk.isEmpty()) {
            return;
        }
        ImportSummary part = writeChunk.apply(List.copyOf(chunk.values()));
        sum = new ImportSummary(
                sum.added() + part.added(), sum.known() + part.known(), sum.labelled() + part.labelled());
        chunk.clear();
    }
}
