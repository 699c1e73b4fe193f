package dev.slipway.lineage.openlineage;

import dev.slipway.api.jobs.JobsApi;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.JobId;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Slipway's own jobs among the runs that receivers are told of. */
@Singleton
final class OwnJobs {
    private static final int HEXADECIMAL = 16;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final JobsApi jobs;

    OwnJobs(JobsApi jobs) {
        this.jobs = jobs;
    }

    /** The UUID whose digits are the job's id. */
    static UUID run(Id job) {
        BigInteger digits = new BigInteger(job.value(), HEXADECIMAL);
        return new UUID(digits.shiftRight(Long.SIZE).longValue(), digits.longValue());
    }

    /** Whether the run is a job of the caller's workspace, which the graph has already. */
    boolean has(String runId) {
        String digits = runId.replace("-", "").toLowerCase(Locale.ROOT);
        return ID.matcher(digits).matches() && jobs.job(new JobId(digits)) != null;
    }
}
