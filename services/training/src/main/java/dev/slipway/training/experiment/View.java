package dev.slipway.training.experiment;

import dev.slipway.api.training.Lifecycle;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.training.commit.RunChanges;
import java.util.List;

/** Whether a search finds what is deleted; the names are MLflow's. */
public enum View {
    ACTIVE_ONLY,
    DELETED_ONLY,
    ALL;

    /** The view of a caller's choice. */
    public static View of(Lifecycle lifecycle) {
        return switch (lifecycle) {
            case ACTIVE -> ACTIVE_ONLY;
            case DELETED -> DELETED_ONLY;
            case ALL -> ALL;
        };
    }

    /** What it demands of what is found. */
    public List<Condition> conditions() {
        return switch (this) {
            case ACTIVE_ONLY -> List.of(of(false));
            case DELETED_ONLY -> List.of(of(true));
            case ALL -> List.of();
        };
    }

    static Condition of(boolean deleted) {
        return new Condition.Exists(FacetKind.ATTRIBUTE, List.of(RunChanges.DELETED), !deleted);
    }
}
