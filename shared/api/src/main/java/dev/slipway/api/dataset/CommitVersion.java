package dev.slipway.api.dataset;

import dev.slipway.api.Required;
import dev.slipway.api.SampleFile;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.ProjectId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Asks for a version cut from labelled samples.
 *
 * @param project whose labels they are
 * @param samples an export of that project
 * @param classes the project's labels, in order
 * @param seed of the assignment to splits; the parent's is used when there is one
 */
@Serdeable
public record CommitVersion(
        DatasetId dataset,
        ProjectId project,
        SampleFile samples,
        List<String> classes,
        SplitFractions fractions,
        long seed) {
    public CommitVersion {
        Required.part("dataset", dataset);
        Required.part("project", project);
        Required.part("samples", samples);
    }
}
