package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ParityReport;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.jobs.Failure;
import dev.slipway.conversion.child.ChildListener;
import dev.slipway.conversion.child.ChildOutcome;
import dev.slipway.conversion.child.ChildPool;
import dev.slipway.conversion.child.ChildRequest;
import dev.slipway.conversion.child.JobFolder;
import dev.slipway.conversion.tvm.TvmWork;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.JobHandler;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Converts one model version to one target in a process of its own, verifies the file on the test split and only then
 * publishes it. What was made before of the same model, options and converter is given out again.
 */
@Singleton
final class ConvertHandler implements JobHandler<ConvertInput> {
    private final ConversionSource source;
    private final ConversionRecord records;
    private final FilePublication publication;
    private final ConversionSettings settings;
    private final ChildPool children;
    private final TvmWork tvm;

    ConvertHandler(
            ConversionSource source,
            ConversionRecord records,
            FilePublication publication,
            ConversionSettings settings,
            ChildPool children,
            TvmWork tvm) {
        this.source = source;
        this.records = records;
        this.publication = publication;
        this.settings = settings;
        this.children = children;
        this.tvm = tvm;
    }

    @Override
    public Service service() {
        return Service.CONVERSION;
    }

    @Override
    public String kind() {
        return "convert";
    }

    @Override
    public Class<ConvertInput> input() {
        return ConvertInput.class;
    }

    @Override
    public void run(JobContext job, ConvertInput input) throws InterruptedException {
        Entity<ConversionId, Conversion> conversion = records.get(input.conversion());
        if (conversion.body().state().isFinal()) {
            // A worker that died after its last write did everything already.
            return;
        }
        conversion = records.started(job, conversion);
        job.progress(0.05, "Looking for the model and its samples");
        ConversionRecipe recipe = source.recipe(conversion.body());
        Optional<Entity<ConversionId, Conversion>> earlier =
                records.madeBefore(recipe.digest()).filter(made -> publication.hasAll(made.body()));
        if (earlier.isPresent()) {
            repeat(job, conversion, earlier.get(), recipe);
        } else {
            convert(job, conversion, recipe);
        }
    }

    @Override
    public void failed(JobContext job, ConvertInput input, Failure failure) {
        records.failed(job, input.conversion(), failure);
    }

    private void repeat(
            JobContext job,
            Entity<ConversionId, Conversion> conversion,
            Entity<ConversionId, Conversion> earlier,
            ConversionRecipe recipe) {
        job.log("Conversion " + earlier.id() + " has made this file already, of the same model, samples and options"
                + " with the same converter; it is given out again.");
        job.progress(0.9, "Publishing the file of an equal conversion");
        publication.publishAgain(job, records.repeated(job, conversion, earlier), earlier.body(), recipe);
    }

    private void convert(JobContext job, Entity<ConversionId, Conversion> conversion, ConversionRecipe recipe)
            throws InterruptedException {
        Conversion asked = conversion.body();
        try (JobFolder folder = JobFolder.create()) {
            source.fetch(recipe, folder);
            ParityReport report = asked.target() == Target.TVM
                    ? tvm.carryOut(folder, settings.tolerance(), new JobListener(job))
                    : convertInChild(job, conversion, recipe, folder);
            job.log("Compared on " + report.samples() + " samples: greatest error " + report.maxAbsoluteError()
                    + ", cosine " + report.cosine() + ", accuracy " + report.accuracy() + " (ONNX "
                    + report.sourceAccuracy() + ").");
            Entity<ConversionId, Conversion> measured =
                    records.measured(job, conversion, report, publication.reports(folder));
            checkParity(asked, report);
            job.progress(0.95, "Publishing the file");
            publication.publish(job, measured, folder.converted(), recipe);
        }
    }

    private ParityReport convertInChild(
            JobContext job, Entity<ConversionId, Conversion> conversion, ConversionRecipe recipe, JobFolder folder)
            throws InterruptedException {
        ChildOutcome outcome = children.carryOut(folder, request(conversion.body(), recipe), new JobListener(job));
        if (outcome.failure() != null) {
            ConversionRecord.Reports reports = publication.reports(folder);
            if (reports.json() != null) {
                records.measured(job, conversion, null, reports);
            }
            throw refusal(outcome.failure());
        }
        return outcome.report();
    }

    private ChildRequest request(Conversion asked, ConversionRecipe recipe) {
        return new ChildRequest(
                asked.target(),
                asked.precision(),
                asked.layout(),
                recipe.calibrationSamples().isPresent(),
                recipe.test().isPresent() ? null : recipe.sampleShape(),
                settings.tolerance(),
                "model version " + asked.modelVersion(),
                recipe.converter().toString());
    }

    private static SlipwayException refusal(Failure failure) {
        String code = failure.code().equals("edge.parity") ? "conversion.parity" : failure.code();
        return new SlipwayException(failure.kind(), code, failure.message(), null);
    }

    private static void checkParity(Conversion asked, ParityReport report) {
        if (report.passed()) {
            return;
        }
        String found = report.minimumCosine() == null
                ? "differs from the ONNX model by up to " + report.maxAbsoluteError() + " on the test split of "
                        + report.samples() + " samples, more than the " + report.tolerance()
                        + " allowed, so it was not published. See the conversion's report; raise"
                        + " slipway.conversion.tolerance only if the model is that sensitive to rounding."
                : "and the ONNX model have the cosine " + report.cosine() + " on the test split of " + report.samples()
                        + " samples, but " + report.minimumCosine()
                        + " is wanted, so it was not published. Calibrate with typical samples or keep more precision.";
        throw SlipwayException.invalid(
                "conversion.parity", "The " + asked.target() + " " + asked.precision() + " file " + found);
    }

    /** Lets a job tell what its child does, and a cancelled job end it. */
    private record JobListener(JobContext job) implements ChildListener {
        @Override
        public void progress(double fraction, String message) {
            job.progress(fraction, message);
        }

        @Override
        public void log(String line) {
            job.log(line);
        }
    }
}
