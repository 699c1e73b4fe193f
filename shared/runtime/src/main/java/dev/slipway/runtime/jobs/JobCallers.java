package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Workspace;

/** In whose name jobs are carried out. */
final class JobCallers {
    private static final String PREFIX = "service:";
    private static final int MAX_NAME = 190;

    private JobCallers() {}

    /** The workers, seeing to the jobs of a workspace. */
    static Caller workers(Workspace workspace) {
        return Caller.service("jobs", workspace);
    }

    /** A handler at work: a service caller named after whoever asked for the job. */
    static Caller of(Job job, Workspace workspace) {
        String asking = job.caller().startsWith(PREFIX) ? job.caller().substring(PREFIX.length()) : job.caller();
        return Caller.service(asking.substring(0, Math.min(asking.length(), MAX_NAME)), workspace);
    }
}
