package dev.slipway.lineage;

import dev.slipway.api.lineage.AuditEntry;
import dev.slipway.api.lineage.Lineage;
import dev.slipway.api.lineage.LineageApi;
import dev.slipway.api.lineage.LineageQuery;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The contract's implementation: passes each call to its use case. */
@Controller(LineageApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class LineageController implements LineageApi {
    private final GraphWalk graph;
    private final AuditLog log;

    LineageController(GraphWalk graph, AuditLog log) {
        this.graph = graph;
        this.log = log;
    }

    @Override
    public Lineage traverse(LineageQuery query) {
        return graph.walk(query);
    }

    @Override
    public List<AuditEntry> events(long after, int limit) {
        return log.after(after, limit);
    }
}
