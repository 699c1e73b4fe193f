package dev.slipway.administration;

import dev.slipway.kernel.Page;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphStore;
import java.util.Iterator;
import java.util.Optional;

/** The rows of one kind. A place is a page's cursor. */
final class GraphLines implements LineSource {
    private static final int PAGE = 500;

    private final GraphStore graph;
    private final GraphRow.Kind kind;
    private Iterator<GraphRow> page;
    private Optional<String> next;

    GraphLines(GraphStore graph, GraphRow.Kind kind, Optional<String> from) {
        this.graph = graph;
        this.kind = kind;
        read(from);
    }

    private void read(Optional<String> cursor) {
        Page<GraphRow> read = graph.rows(kind, PAGE, cursor);
        page = read.items().iterator();
        next = read.next();
    }

    @Override
    public Optional<Line> next() {
        while (!page.hasNext() && next.isPresent()) {
            read(next);
        }
        if (!page.hasNext()) {
            return Optional.empty();
        }
        GraphRow row = page.next();
        return ImportMark.isMark(row)
                ? next()
                : Optional.of(new Line(RowJson.write(row), page.hasNext() ? Optional.empty() : next));
    }
}
