package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.registry.CreateModel;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegisterVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.registry.ReleaseVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.kernel.id.RunId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class RegistryContract extends Contract {
    private static final ModelId UNKNOWN = new ModelId(NOBODY);
    private static final ModelVersionId UNKNOWN_VERSION = new ModelVersionId(NOBODY);

    private final RegistryApi registry = bean(RegistryApi.class);

    RegistryContract(Binding binding) {
        super(binding);
    }

    @Test
    void whatIsUnknownIsNull() {
        assertThat(registry.model(UNKNOWN)).isNull();
        assertThat(registry.modelNamed("nobody")).isNull();
        assertThat(registry.version(UNKNOWN_VERSION)).isNull();
        assertThat(registry.models(List.of(UNKNOWN))).isEmpty();
        assertThat(registry.versions(List.of(UNKNOWN_VERSION))).isEmpty();
        assertThat(registry.releases(List.of(new ReleaseId(NOBODY)))).isEmpty();
    }

    @Test
    void aModelIsReadAsItWasMade() {
        GatePolicy policy = new GatePolicy(0.1 + 0.2, Double.MIN_VALUE, Long.MAX_VALUE, 0, Set.of(Target.ORT));

        Entity<ModelId, Model> made = registry.createModel(new CreateModel("cats", policy, null));

        assertThat(made.body()).isEqualTo(new Model("cats", 0, null, policy, Map.of(), null, null));
        assertThat(registry.model(made.id())).isEqualTo(made);
        assertThat(registry.modelNamed("cats")).isEqualTo(made);
        assertThat(registry.models(List.of(UNKNOWN, made.id()))).containsExactly(made);
        assertThat(registry.createModel(new CreateModel("cats", null, null))).isEqualTo(made);
        assertThat(elsewhere(() -> registry.modelNamed("cats"))).isNull();
    }

    @Test
    void whatIsLeftOutIsTheDefault() {
        assertThat(registry.createModel(new CreateModel("cats", null, null))
                        .body()
                        .policy())
                .isEqualTo(GatePolicy.DEFAULT);
    }

    @Test
    void whatCannotBeAModelIsRefused() {
        refused(ErrorKind.INVALID, "model.name", () -> registry.createModel(new CreateModel("cats/dogs", null, null)));
        refused(
                ErrorKind.INVALID,
                "model.policy",
                () -> registry.createModel(new CreateModel(
                        "cats", new GatePolicy(Double.NaN, 1e-4, 1, 0.01, Set.of(Target.TFLITE)), null)));
    }

    /** The registry asks the dataset service, which may be in another process. */
    @Test
    void aPinnedTestSetIsOneThatExists() {
        DatasetVersionId testSet = given().datasetVersion().id();

        assertThat(refused(
                        ErrorKind.NOT_FOUND,
                        "dataset-version.unknown",
                        () -> registry.createModel(new CreateModel("cats", null, new DatasetVersionId(NOBODY)))))
                .hasMessageContaining(NOBODY);
        assertThat(registry.createModel(new CreateModel("cats", null, testSet))
                        .body()
                        .pinnedTestSet())
                .isEqualTo(testSet);
    }

    @Test
    void aVersionIsReadAsItWasRegistered() {
        Entity<ModelVersionId, ModelVersion> made = given().modelVersion();

        assertThat(registry.version(made.id())).isEqualTo(made);
        assertThat(registry.versions(List.of(made.id(), UNKNOWN_VERSION))).containsExactly(made);
        ModelVersion version = made.body();
        assertThat(version.number()).isEqualTo(1);
        assertThat(version.classes()).isEqualTo(Given.LABELS);
        assertThat(version.inputShape()).isEqualTo(Given.SHAPE);
        assertThat(version.files()).isEmpty();
        assertThat(version.gates()).isNull();
        Model model = registry.model(version.model()).body();
        assertThat(model.versions()).isEqualTo(1);
        assertThat(model.pinnedTestSet()).isEqualTo(version.datasetVersion());
    }

    @Test
    void aKeyRegistersOneVersion() {
        RegisterVersion request = new RegisterVersion(
                given().model(),
                given().run(),
                given().datasetVersion().id(),
                given().artifact("model"),
                Given.LABELS,
                Given.SHAPE,
                "once");
        Entity<ModelVersionId, ModelVersion> made = registry.register(request);

        assertThat(registry.register(request)).isEqualTo(made);
        refused(
                ErrorKind.CONFLICT,
                "registry.idempotency-key",
                () -> registry.register(new RegisterVersion(
                        request.model(),
                        request.run(),
                        request.datasetVersion(),
                        given().artifact("another"),
                        Given.LABELS,
                        Given.SHAPE,
                        "once")));
    }

    @Test
    void aVersionHasNoLooseEnds() {
        ModelId model = given().model();
        RunId run = given().run();
        DatasetVersionId dataset = given().datasetVersion().id();
        var onnx = given().artifact("model");

        refused(
                ErrorKind.NOT_FOUND,
                "model.unknown",
                () -> registry.register(
                        new RegisterVersion(UNKNOWN, run, dataset, onnx, Given.LABELS, Given.SHAPE, null)));
        refused(
                ErrorKind.NOT_FOUND,
                "run.unknown",
                () -> registry.register(
                        new RegisterVersion(model, new RunId(NOBODY), dataset, onnx, Given.LABELS, Given.SHAPE, null)));
        refused(
                ErrorKind.NOT_FOUND,
                "dataset-version.unknown",
                () -> registry.register(new RegisterVersion(
                        model, run, new DatasetVersionId(NOBODY), onnx, Given.LABELS, Given.SHAPE, null)));
        refused(
                ErrorKind.INVALID,
                "model-version.input-shape",
                () -> registry.register(new RegisterVersion(model, run, dataset, onnx, Given.LABELS, List.of(), null)));
    }

    @Test
    void onlyServicesAttachFiles() {
        ModelVersionId version = given().modelVersion().id();
        String content = "a file";
        ModelFile file = new ModelFile(
                new ConversionId(NOBODY),
                Target.TFLITE,
                Precision.FP32,
                Layout.NHWC,
                given().artifact(content),
                content.length(),
                1e-300);

        refused(ErrorKind.FORBIDDEN, "caller.role", () -> registry.attachFile(version, file));
        assertThat(as(Role.SERVICE, () -> registry.attachFile(version, file))
                        .body()
                        .files())
                .containsExactly(file);
        assertThat(registry.version(version).body().files()).containsExactly(file);
    }

    @Test
    void nothingIsReleasedAtFirst() {
        ModelId model = given().model();

        assertThat(registry.channels(model)).isEmpty();
        assertThat(registry.listReleases(model, 10, null)).isEqualTo(Page.last(List.of()));
        refused(
                ErrorKind.NOT_FOUND,
                "model-version.unknown",
                () -> registry.release(UNKNOWN_VERSION, new ReleaseVersion("production", null)));
        refused(
                ErrorKind.INVALID,
                "channel.name",
                () -> registry.release(UNKNOWN_VERSION, new ReleaseVersion("Production!", null)));
    }

    @Test
    void modelsAndVersionsComeInPagesNewestFirst() {
        ModelId first = given().model();
        ModelId second = given().model();
        ModelId third = given().model();
        ModelVersionId firstVersion = given().modelVersionOf(first).id();
        ModelVersionId secondVersion = given().modelVersionOf(first).id();
        ModelVersionId thirdVersion = given().modelVersionOf(first).id();

        Pages.inTwos(List.of(third, second, first), registry::listModels);
        Pages.inTwos(
                List.of(thirdVersion, secondVersion, firstVersion),
                (limit, cursor) -> registry.listVersions(first, limit, cursor));
    }

    @Test
    void whatLacksAPartIsInvalid() {
        ModelVersion version = given().modelVersion().body();

        incomplete(() -> registry.createModel(new CreateModel(null, null, null)));
        incomplete(() -> registry.createModel(new CreateModel("cats", new GatePolicy(0, 0, 1, 0, null), null)));
        incomplete(() -> registry.register(new RegisterVersion(
                null, version.run(), version.datasetVersion(), version.onnx(), Given.LABELS, Given.SHAPE, null)));
        incomplete(() -> registry.register(new RegisterVersion(
                version.model(), null, version.datasetVersion(), version.onnx(), Given.LABELS, Given.SHAPE, null)));
        incomplete(() -> registry.register(new RegisterVersion(
                version.model(), version.run(), null, version.onnx(), Given.LABELS, Given.SHAPE, null)));
        incomplete(() -> registry.register(new RegisterVersion(
                version.model(), version.run(), version.datasetVersion(), null, Given.LABELS, Given.SHAPE, null)));
        incomplete(() -> registry.register(new RegisterVersion(
                version.model(), version.run(), version.datasetVersion(), version.onnx(), null, null, null)));
        incomplete(() -> registry.release(new ModelVersionId(NOBODY), new ReleaseVersion(null, null)));
    }

    @Test
    void aViewerOnlyReads() {
        ModelVersionId version = given().modelVersion().id();

        needs(Role.ENGINEER, "createModel", () -> registry.createModel(new CreateModel("cats", null, null)));
        needs(Role.ENGINEER, "release", () -> registry.release(version, new ReleaseVersion("production", null)));
        assertThat(as(Role.VIEWER, () -> registry.version(version))).isNotNull();
    }
}
