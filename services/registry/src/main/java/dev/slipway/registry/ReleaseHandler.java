package dev.slipway.registry;

import dev.slipway.api.registry.GateReport;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.registry.gates.Judge;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.JobHandler;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges a version with its files and, when all gates hold, releases it. */
@Singleton
final class ReleaseHandler implements JobHandler<ReleaseInput> {
    private final Entities entities;
    private final Judge judge;
    private final ReleaseBatch batch;
    private final Versions versions;

    ReleaseHandler(Entities entities, Judge judge, ReleaseBatch batch, Versions versions) {
        this.entities = entities;
        this.judge = judge;
        this.batch = batch;
        this.versions = versions;
    }

    @Override
    public Service service() {
        return Service.REGISTRY;
    }

    @Override
    public String kind() {
        return "release";
    }

    @Override
    public Class<ReleaseInput> input() {
        return ReleaseInput.class;
    }

    @Override
    public void run(JobContext job, ReleaseInput input) {
        if (entities.claim(RegistryClaims.releaseOf(job.id())).isPresent()) {
            // A worker that died after its last write did everything already.
            return;
        }
        GateReport report = Retries.onConflict(() -> judgeAndRelease(job, input));
        if (!report.passed()) {
            throw SlipwayException.conflict("registry.gates", refusal(report));
        }
    }

    /** Judged anew whenever model, version or channel have changed in between, because the verdict rests on them. */
    private GateReport judgeAndRelease(JobContext job, ReleaseInput input) {
        Entity<ModelVersionId, ModelVersion> version = versions.live(input.version());
        Entity<ModelId, Model> model =
                entities.get(RegistryKinds.MODEL, version.body().model());
        job.progress(
                0.1,
                "Judging version " + version.body().number() + " of "
                        + model.body().name());
        GateReport report =
                judge.judge(model.body(), version.body(), input.channel(), production(model.body(), input.channel()));
        report.gates()
                .forEach(gate -> job.log((gate.passed() ? "passed " : "FAILED ") + gate.name() + ": " + gate.detail()));
        job.progress(0.9, report.passed() ? "Releasing" : "Keeping the report");
        if (report.passed()) {
            batch.release(job, model, version, report, input.channel());
        } else {
            batch.refuse(job, version, report);
        }
        return report;
    }

    private Optional<ModelVersion> production(Model model, String alias) {
        return Optional.ofNullable(model.aliases().get(alias))
                .map(id -> entities.get(RegistryKinds.VERSION, id).body());
    }

    private static String refusal(GateReport report) {
        return "The version was not released, nothing was changed. "
                + report.gates().stream()
                        .filter(gate -> !gate.passed())
                        .map(gate -> gate.name() + ": " + gate.detail())
                        .collect(Collectors.joining(" "));
    }
}
