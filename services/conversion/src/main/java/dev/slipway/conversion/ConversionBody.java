package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ParityReport;
import dev.slipway.api.jobs.Failure;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.ConversionId;
import io.micronaut.core.annotation.Nullable;

/** Changes some of a conversion's fields. A file and a failure are given anew each time or there is none. */
final class ConversionBody {
    private final Conversion before;
    private JobState state;
    private @Nullable Digest file;
    private @Nullable Long size;
    private @Nullable ParityReport report;
    private @Nullable Digest reportJson;
    private @Nullable Digest reportPage;
    private @Nullable ConversionId sameAs;
    private @Nullable Failure failure;

    ConversionBody(Conversion before) {
        this.before = before;
        this.state = before.state();
        this.report = before.report();
        this.reportJson = before.reportJson();
        this.reportPage = before.reportPage();
        this.sameAs = before.sameAs();
    }

    ConversionBody state(JobState value) {
        state = value;
        return this;
    }

    ConversionBody made(@Nullable Digest artifact, @Nullable Long bytes) {
        file = artifact;
        size = bytes;
        return this;
    }

    ConversionBody measured(@Nullable ParityReport parity, @Nullable Digest json, @Nullable Digest page) {
        report = parity;
        reportJson = json;
        reportPage = page;
        return this;
    }

    ConversionBody sameAs(ConversionId earlier) {
        sameAs = earlier;
        return this;
    }

    ConversionBody failed(Failure why) {
        failure = why;
        return this;
    }

    Conversion build() {
        return new Conversion(
                before.modelVersion(),
                before.target(),
                before.precision(),
                before.layout(),
                before.calibration(),
                before.job(),
                state,
                file,
                size,
                report,
                reportJson,
                reportPage,
                sameAs,
                failure);
    }
}
