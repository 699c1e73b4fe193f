package dev.slipway.conversion.child;

import dev.slipway.api.conversion.ParityReport;
import dev.slipway.api.jobs.Failure;
import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionOutcome;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.report.ConversionReport;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries out jobs within the child: converts, then compares on the whole test split. */
final class ChildWork {
    private final ChildJson json = new ChildJson(ObjectMapper.getDefault());
    private final Consumer<ChildLine> say;
    private final Converter converter;

    ChildWork(Consumer<ChildLine> say) {
        this.say = say;
        this.converter = new Converter(new ConversionProgress(say));
    }

    void carryOut(JobFolder job) {
        say.accept(new ChildLine.Begun());
        ChildOutcome outcome;
        try {
            outcome = new ChildOutcome(convert(job, json.read(job.request(), ChildRequest.class)), null);
        } catch (SlipwayException e) {
            outcome = new ChildOutcome(null, new Failure(e.kind(), e.code(), String.valueOf(e.getMessage())));
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            e.printStackTrace();
            outcome = new ChildOutcome(
                    null,
                    new Failure(
                            ErrorKind.INTERNAL,
                            "conversion.defect",
                            "The conversion failed because of a defect ("
                                    + e.getClass().getSimpleName() + "); the job's log has the stack trace."));
        }
        json.write(job.outcome(), outcome);
        say.accept(new ChildLine.Done());
    }

    private ParityReport convert(JobFolder job, ChildRequest request) throws IOException {
        progress(0.1, "Converting to " + request.target());
        TestSplit split = request.sampleShape() == null
                ? new TestSplit(tensor(job.samples()), Optional.of(tensor(job.labels())))
                : TestSplit.random(request.sampleShape());
        OnnxModel model = OnnxReader.read(job.model());
        ConversionOptions options = EdgeOptions.of(request, model, job.calibration());
        long began = System.nanoTime();
        ConversionOutcome outcome = converter
                .convertAll(model, options, List.of(options.precision()))
                .get(0);
        Duration taken = Duration.ofNanos(System.nanoTime() - began);
        if (outcome instanceof ConversionOutcome.Refused refused
                && refused.figures().isPresent()) {
            write(job, Reports.of(request, refused, taken));
        }
        ConversionResult result = outcome.orElseThrow();
        Files.write(job.converted(), result.file());
        say.accept(new ChildLine.Log(
                "Converted to " + request.target() + " " + request.precision() + ": " + result.size() + " bytes."));
        ParityReport parity = SplitParity.measure(
                Files.readAllBytes(job.model()),
                result,
                options,
                split,
                request.tolerance(),
                (done, count) -> progress(
                        ConversionProgress.END + 0.5 * done / count,
                        "Comparing with ONNX Runtime on the test split, " + done + " of " + count + " samples"));
        write(job, Reports.of(request, result, parity, taken));
        return parity;
    }

    private static void write(JobFolder job, ConversionReport report) throws IOException {
        Files.writeString(job.reportJson(), report.toJson());
        Files.writeString(job.reportPage(), report.toHtml());
    }

    private void progress(double fraction, String message) {
        say.accept(new ChildLine.Progress(fraction, message));
    }

    private static Tensor tensor(Path npy) throws IOException {
        return Npy.read(Files.readAllBytes(npy));
    }
}
