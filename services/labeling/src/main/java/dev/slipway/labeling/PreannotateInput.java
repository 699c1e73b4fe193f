package dev.slipway.labeling;

import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ProjectId;
import io.micronaut.serde.annotation.Serdeable;

/** What the job needs to know: whose tasks, and by which model. */
@Serdeable
record PreannotateInput(ProjectId project, ModelVersionId modelVersion) {}
