package dev.slipway.standalone.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is brought over, whatever keeps it. It may be hostile: each implementation bounds what it reads and takes no path that
 * leads out of the source. Safe for use by many threads.
 *
 * <p>All methods fail with {@code import.source…}: {@code UNAVAILABLE} when the source can't be read now, {@code INVALID} for what
 * can't be understood.
 */
interface Source extends AutoCloseable {
    /** More of a kind than that is no MLflow's. */
    int MOST = 10_000_000;

    /** What it is called in messages and in the journal; without secrets. */
    String name();

    /** All of them, the deleted ones too. */
    List<SourceExperiment> experiments();

    /** All runs of an experiment in pages, the deleted ones too; each run once. */
    void runs(SourceExperiment experiment, Consumer<List<SourceRun>> page);

    /** All values of a metric of a run, in pages. */
    void history(SourceRun run, String key, Consumer<List<SourcePoint>> page);

    /** All logged models of an experiment. */
    void loggedModels(SourceExperiment experiment, Consumer<SourceLoggedModel> model);

    /** All registered models. */
    void models(Consumer<SourceModel> model);

    /**
     * What lies in a folder of the owner's artifacts.
     *
     * @param folder empty for the owner's own
     */
    List<SourceFile> files(Owner owner, String folder);

    /** The bytes of one artifact, which the caller closes. */
    InputStream open(Owner owner, String path) throws IOException;

    @Override
    void close();
}
