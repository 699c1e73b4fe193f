package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.StartConversion;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.ModelVersionId;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class ConversionContract extends Contract {
    private final ConversionApi conversions = bean(ConversionApi.class);

    ConversionContract(Binding binding) {
        super(binding);
    }

    @Test
    void whatIsUnknownIsNull() {
        ConversionId unknown = new ConversionId(NOBODY);

        assertThat(conversions.conversion(unknown)).isNull();
        assertThat(conversions.conversions(List.of(unknown))).isEmpty();
        assertThat(conversions
                        .listConversions(new ModelVersionId(NOBODY), 10, null)
                        .items())
                .isEmpty();
    }

    @Test
    void aMissingVersionCannotBeConverted() {
        assertThat(refused(
                        ErrorKind.NOT_FOUND,
                        "model-version.unknown",
                        () -> conversions.convert(to(Target.TFLITE, new ModelVersionId(NOBODY), null))))
                .hasMessage("There is no model version " + NOBODY + " to convert; register it first.");
    }

    @Test
    void aQueuedConversionHasNothingYet() {
        ModelVersionId version = given().modelVersion().id();

        Entity<ConversionId, Conversion> made = conversions.convert(to(Target.ORT, version, "once"));

        Conversion conversion = made.body();
        assertThat(conversion).isEqualTo(Conversion.queued(to(Target.ORT, version, "once"), conversion.job()));
        assertThat(conversions.conversion(made.id())).isEqualTo(made);
        assertThat(conversions.conversions(List.of(new ConversionId(NOBODY), made.id())))
                .containsExactly(made);
        assertThat(conversions.convert(to(Target.ORT, version, "once"))).isEqualTo(made);
        refused(
                ErrorKind.CONFLICT,
                "conversion.idempotency-key",
                () -> conversions.convert(to(Target.TFLITE, version, "once")));
    }

    @Test
    void aBrokenModelFailsItsConversion() {
        Entity<ConversionId, Conversion> made = whereJobsRun(() ->
                conversions.convert(to(Target.TFLITE, given().modelVersion().id(), null)));

        Job job = Eventually.see(
                () -> whereJobsRun(() -> bean(JobsApi.class).job(made.body().job()))
                        .body(),
                look -> look.state().isFinal());

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure().kind()).isEqualTo(ErrorKind.INVALID);
        assertThat(job.failure().code()).startsWith("onnx.");
        // The end of the job comes first, and what follows from it after.
        Conversion conversion = Eventually.see(
                () -> whereJobsRun(() -> conversions.conversion(made.id())).body(),
                look -> look.state() == JobState.FAILED);
        assertThat(conversion.failure()).isEqualTo(job.failure());
        assertThat(conversion.file()).isNull();
    }

    @Test
    void conversionsComeInPagesNewestFirst() {
        ModelVersionId version = given().modelVersion().id();
        ConversionId first =
                conversions.convert(to(Target.TFLITE, version, null)).id();
        ConversionId second = conversions.convert(to(Target.ORT, version, null)).id();
        ConversionId third =
                conversions.convert(to(Target.TFLITE, version, null)).id();

        Pages.inTwos(
                List.of(third, second, first), (limit, cursor) -> conversions.listConversions(version, limit, cursor));
    }

    @Test
    void whatLacksAPartIsInvalid() {
        ModelVersionId version = given().modelVersion().id();

        incomplete(() -> conversions.convert(new StartConversion(null, Target.ORT, Precision.FP32, null)));
        incomplete(() -> conversions.convert(new StartConversion(version, null, Precision.FP32, null)));
        incomplete(() -> conversions.convert(new StartConversion(version, Target.ORT, null, null)));
    }

    @Test
    void aViewerOnlyReads() {
        ModelVersionId version = new ModelVersionId(NOBODY);

        needs(Role.ENGINEER, "convert", () -> conversions.convert(to(Target.ORT, version, null)));
        assertThat(as(Role.VIEWER, () -> conversions.conversion(new ConversionId(NOBODY))))
                .isNull();
    }

    private static StartConversion to(Target target, ModelVersionId version, String key) {
        return new StartConversion(version, target, Precision.FP32, key);
    }
}
