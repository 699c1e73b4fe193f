package dev.slipway.monitoring;

import dev.slipway.api.monitoring.Alert;
import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.monitoring.Monitor;
import dev.slipway.api.monitoring.Trigger;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PredictionBatchId;
import dev.slipway.kernel.id.TriggerId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.runtime.entity.EntityKind.Entry;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The entities that this service owns. */
public final class MonitoringKinds {
    /** All of a type, by the time of their making. */
    static final String ALL = "all";

    /** Those of a monitor, by the time of their making. */
    static final String BY_MONITOR = "monitor";

    /** The batches of a monitor that no drift report has judged yet, by the time of their making. */
    static final String UNJUDGED = "unjudged";

    static final EntityKind<MonitorId, Monitor> MONITOR = EntityKind.of(
                    EntityType.MONITOR, MonitorId::new, Monitor.class)
            .index(entry -> List.of(IndexEntry.of(ALL, IndexValue.of(entry.created()))));

    static final EntityKind<PredictionBatchId, StoredBatch> BATCH = EntityKind.of(
                    EntityType.PREDICTION_BATCH, PredictionBatchId::new, StoredBatch.class)
            .index(byMonitor(stored -> stored.batch().monitor()))
            .index(entry -> entry.body().report() != null
                    ? List.of()
                    : List.of(IndexEntry.of(
                            UNJUDGED, IndexValue.of(entry.body().batch().monitor()), IndexValue.of(entry.created()))));

    static final EntityKind<DriftReportId, DriftReport> REPORT = EntityKind.of(
                    EntityType.DRIFT_REPORT, DriftReportId::new, DriftReport.class)
            .index(byMonitor(DriftReport::monitor));

    static final EntityKind<AlertId, Alert> ALERT =
            EntityKind.of(EntityType.ALERT, AlertId::new, Alert.class).index(byMonitor(Alert::monitor));

    /** Triggers of old could not be deleted. */
    private static final UnaryOperator<Map<String, Object>> NEVER_DELETED = UnaryOperator.identity();

    static final EntityKind<TriggerId, Trigger> TRIGGER = EntityKind.of(
                    EntityType.TRIGGER, TriggerId::new, Trigger.class)
            .upcast(NEVER_DELETED)
            .index(entry -> entry.body().deleted() == null
                    ? MonitoringKinds.<TriggerId, Trigger>byMonitor(Trigger::monitor)
                            .apply(entry)
                    : List.of());

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(MONITOR, BATCH, REPORT, ALERT, TRIGGER);

    private MonitoringKinds() {}

    private static <I extends Id, B> Function<Entry<I, B>, List<IndexEntry>> byMonitor(Function<B, MonitorId> monitor) {
        return entry -> List.of(
                IndexEntry.of(BY_MONITOR, IndexValue.of(monitor.apply(entry.body())), IndexValue.of(entry.created())));
    }
}
