package dev.slipway.runtime.jobs;

import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.entity.Change;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a handler is given to clean up after a job that came to a bad end. Its log is closed; lines go to the process's. */
record EndedJob(JobId id, int attempt) implements JobContext {
    private static final Logger LOG = LoggerFactory.getLogger(EndedJob.class);

    @Override
    public void progress(double fraction, String message) {
        LOG.debug("job {}: {}", id, message);
    }

    @Override
    public void log(String line) {
        LOG.info("job {}: {}", id, line);
    }

    @Override
    public Change fence(Change change) {
        return change.claim(Fence.whileEnded(id, attempt));
    }
}
