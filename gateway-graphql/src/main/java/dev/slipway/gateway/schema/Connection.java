package dev.slipway.gateway.schema;

import dev.slipway.kernel.Page;
import io.micronaut.core.annotation.Nullable;
import java.util.ArrayList;
import java.util.List;

/** A page of a list as the Relay specification wants it. */
record Connection<T>(List<Edge<T>> edges, boolean hasNextPage) {
    record Edge<T>(String cursor, T node) {}

    static <T> Connection<T> of(Page<T> page, PageRequest request) {
        List<Edge<T>> edges = new ArrayList<>();
        for (int i = request.skip(); i < page.items().size(); i++) {
            boolean last = i == page.items().size() - 1;
            String cursor = last && page.next().isPresent()
                    ? PageRequest.encode(page.next().get(), 0)
                    : request.after(i + 1);
            edges.add(new Edge<>(cursor, page.items().get(i)));
        }
        return new Connection<>(List.copyOf(edges), page.next().isPresent());
    }

    List<T> nodes() {
        return edges.stream().map(Edge::node).toList();
    }

    @Nullable
    String startCursor() {
        return edges.isEmpty() ? null : edges.get(0).cursor();
    }

    @Nullable
    String endCursor() {
        return edges.isEmpty() ? null : edges.get(edges.size() - 1).cursor();
    }
}
