package dev.slipway.labeling;

import dev.slipway.api.SampleFile;
import dev.slipway.api.labeling.ImportSummary;
import dev.slipway.api.labeling.Project;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.runtime.samples.SampleFiles;
import jakarta.inject.Singleton;

/** Imports tasks: reads the file once to check all of it, then again to write it. */
@Singleton
final class TaskImport {
    private final SampleFiles files;
    private final SampleShapes shapes;
    private final ImportChunks chunks;

    TaskImport(SampleFiles files, SampleShapes shapes, ImportChunks chunks) {
        this.files = files;
        this.shapes = shapes;
        this.chunks = chunks;
    }

    ImportSummary run(Entity<ProjectId, Project> project, SampleFile file) {
        ImportCheck check = new ImportCheck(project.body(), shapes.find(project.id()));
        files.read(file.artifact(), Service.LABELING, check::line);
        check.shape().ifPresent(shape -> shapes.settle(project.id(), shape));

        ImportWriter writer = new ImportWriter(chunk -> chunks.write(project.id(), file.artifact(), chunk));
        files.read(file.artifact(), Service.LABELING, (number, line) -> writer.add(line));
        return writer.finish();
    }
}
