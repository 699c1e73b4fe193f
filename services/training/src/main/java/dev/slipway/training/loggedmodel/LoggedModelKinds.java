package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.LoggedModel;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.runtime.entity.EntityKind;
import java.util.List;

/** The type of logged models. They stand in no index: they are found by their facets. */
public final class LoggedModelKinds {
    public static final EntityKind<LoggedModelId, LoggedModel> MODEL =
            EntityKind.of(EntityType.LOGGED_MODEL, LoggedModelId::new, LoggedModel.class);

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(MODEL);

    private LoggedModelKinds() {}
}
