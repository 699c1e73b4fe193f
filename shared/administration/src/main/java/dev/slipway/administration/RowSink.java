package dev.slipway.administration;

import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Restores rows of the graph, as many at once as fit in memory and in one transaction of any store. */
final class RowSink implements LineSink {
    private static final int ROWS = 500;
    private static final int BYTES = 4 * 1024 * 1024;

    private final GraphStore graph;
    private final GraphRow.Kind kind;
    private final List<GraphRow> rows = new ArrayList<>();
    private int bytes;

    RowSink(GraphStore graph, GraphRow.Kind kind) {
        this.graph = graph;
        this.kind = kind;
    }

    @Override
    public void write(byte[] line) throws IOException {
        rows.add(RowJson.read(kind, line));
        bytes += line.length;
        if (rows.size() >= ROWS || bytes >= BYTES) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (!rows.isEmpty()) {
            graph.restore(List.copyOf(rows));
            rows.clear();
            bytes = 0;
        }
    }
}
