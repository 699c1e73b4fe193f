package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ParityReport;
import dev.slipway.api.jobs.Failure;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.JobHandler;
import jakarta.inject.Singleton;

/** Converts one model version to one target, verifies the file on the test split and only then publishes it. */
@Singleton
final class ConvertHandler implements JobHandler<ConvertInput> {
    private final ConversionSource source;
    private final ConversionRecord records;
    private final FilePublication publication;
    private final ConversionSettings settings;
    private final Converter converter = new Converter();

    ConvertHandler(
            ConversionSource source,
            ConversionRecord records,
            FilePublication publication,
            ConversionSettings settings) {
        this.source = source;
        this.records = records;
        this.publication = publication;
        this.settings = settings;
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
    public void run(JobContext job, ConvertInput input) {
        Entity<ConversionId, Conversion> conversion = records.get(input.conversion());
        if (conversion.body().state().isFinal()) {
            // A worker that died after its last write did everything already.
            return;
        }
        conversion = records.started(job, conversion);
        Conversion asked = conversion.body();
        ModelVersion version = source.version(asked.modelVersion());
        job.progress(0.05, "Reading the model and the test split");
        byte[] onnx = source.onnx(version);
        TestSplit split = source.testSplit(version.datasetVersion());
        job.progress(0.1, "Converting to " + asked.target());
        byte[] file = convert(onnx, asked).file();
        job.log("Converted to " + asked.target() + " " + asked.precision() + ": " + file.length + " bytes.");
        ParityReport report = SplitParity.measure(
                onnx,
                EdgeNames.target(asked.target()),
                file,
                split,
                settings.tolerance(),
                done -> job.progress(0.4 + 0.5 * done, "Comparing with ONNX Runtime on the test split"));
        job.log("Compared on " + report.samples() + " samples: greatest error " + report.maxAbsoluteError()
                + ", accuracy " + report.accuracy() + " (ONNX " + report.sourceAccuracy() + ").");
        conversion = records.measured(job, conversion, report);
        checkParity(asked, report);
        job.progress(0.95, "Publishing the file");
        publication.publish(job, conversion, file, report);
    }

    @Override
    public void failed(JobContext job, ConvertInput input, Failure failure) {
        records.failed(job, input.conversion(), failure);
    }

    private ConversionResult convert(byte[] onnx, Conversion asked) {
        try {
            return converter.convert(onnx, EdgeNames.options(asked.target(), asked.precision()));
        } catch (SlipwayException e) {
            if (e.code().equals("edge.parity")) {
                throw SlipwayException.invalid("conversion.parity", e.getMessage(), e);
            }
            throw e;
        }
    }

    private static void checkParity(Conversion asked, ParityReport report) {
        if (!report.passed()) {
            throw SlipwayException.invalid(
                    "conversion.parity",
                    "The " + asked.target() + " file differs from the ONNX model by up to " + report.maxAbsoluteError()
                            + " on the test split of " + report.samples() + " samples, more than the "
                            + report.tolerance()
                            + " allowed, so it was not published. See the conversion's report; raise"
                            + " slipway.conversion.tolerance only if the model is that sensitive to rounding.");
        }
    }
}
