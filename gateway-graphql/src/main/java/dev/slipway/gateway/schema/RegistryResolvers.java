package dev.slipway.gateway.schema;

import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.lineage.LineageApi;
import dev.slipway.api.registry.Channel;
import dev.slipway.api.registry.CreateModel;
import dev.slipway.api.registry.Gate;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.GateReport;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.registry.Release;
import dev.slipway.api.registry.ReleaseVersion;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Registered models, their versions, and what is released of them. */
@Singleton
final class RegistryResolvers implements Resolvers {
    private record Alias(String name, ModelVersionId version) {}

    private final RegistryApi registry;
    private final ConversionApi conversions;
    private final LineageApi lineage;

    RegistryResolvers(RegistryApi registry, ConversionApi conversions, LineageApi lineage) {
        this.registry = registry;
        this.conversions = conversions;
        this.lineage = lineage;
    }

    @Override
    public void wire(Wiring wiring) {
        wireRoots(wiring);
        wireModel(wiring);
        wireVersion(wiring);
        wireGates(wiring);
        wiring.entity(Kinds.RELEASE)
                .reference("model", Kinds.MODEL, Release::model)
                .field("number", Release::number)
                .reference("version", Kinds.MODEL_VERSION, Release::version)
                .field("versionNumber", Release::versionNumber)
                .field("files", Release::files);
        wiring.entity(Kinds.CHANNEL)
                .field("name", Channel::name)
                .reference("release", Kinds.RELEASE, Channel::release)
                .field("manifestNumber", Channel::manifestNumber)
                .field("manifest", Channel::manifest);
    }

    private void wireRoots(Wiring wiring) {
        wiring.root("Query")
                .fetch(
                        "model",
                        (none, request) -> registry.model(request.arguments().id("id", Kinds.MODEL)))
                .fetch(
                        "modelNamed",
                        (none, request) ->
                                registry.modelNamed(request.arguments().text("name")))
                .page("models", (none, request, limit, cursor) -> registry.listModels(limit, cursor))
                .fetch(
                        "modelVersion",
                        (none, request) -> registry.version(request.arguments().id("id", Kinds.MODEL_VERSION)))
                .fetch("release", (none, request) -> release(request));
        wiring.root("Mutation")
                .fetch(
                        "createModel",
                        (none, request) -> registry.createModel(
                                new CreateModel(request.arguments().text("name"), null, null)))
                .fetch(
                        "releaseVersion",
                        (none, request) -> releaseVersion(request.arguments().input("input")));
    }

    private void wireModel(Wiring wiring) {
        wiring.entity(Kinds.MODEL)
                .field("name", Model::name)
                .field("description", Model::description)
                .field("deleted", Model::deleted)
                .field("versionCount", Model::versions)
                .reference("pinnedTestSet", Kinds.DATASET_VERSION, Model::pinnedTestSet)
                .field("policy", Model::policy)
                .field("aliases", model -> byName(model.aliases()))
                .page("versions", (model, request, limit, cursor) -> registry.listVersions(model.id(), limit, cursor))
                .page("releases", (model, request, limit, cursor) -> registry.listReleases(model.id(), limit, cursor))
                .fetch("channels", (model, request) -> registry.channels(model.id()));
        wiring.type("Alias", Alias.class)
                .field("name", Alias::name)
                .reference("version", Kinds.MODEL_VERSION, Alias::version);
    }

    private void wireVersion(Wiring wiring) {
        wiring.entity(Kinds.MODEL_VERSION)
                .reference("model", Kinds.MODEL, ModelVersion::model)
                .field("number", ModelVersion::number)
                .reference("run", Kinds.RUN, ModelVersion::run)
                .reference("datasetVersion", Kinds.DATASET_VERSION, ModelVersion::datasetVersion)
                .field("onnx", ModelVersion::onnx)
                .field("classes", ModelVersion::classes)
                .field("inputShape", ModelVersion::inputShape)
                .field("files", ModelVersion::files)
                .field("gates", ModelVersion::gates)
                .field("description", version -> version.details().description())
                .field("stage", version -> version.details().stage())
                .field("source", version -> version.details().source())
                .field("runId", version -> version.details().runId())
                .field("runLink", version -> version.details().runLink())
                .field("user", version -> version.details().user())
                .field("statusMessage", version -> version.details().statusMessage())
                .field("deleted", version -> version.details().deleted())
                .fetch("card", (version, request) -> lineage.card(version.id()).markdown())
                .page(
                        "conversions",
                        (version, request, limit, cursor) -> conversions.listConversions(version.id(), limit, cursor));
        wiring.type("ModelFile", ModelFile.class)
                .reference("conversion", Kinds.CONVERSION, ModelFile::conversion)
                .field("target", ModelFile::target)
                .field("precision", ModelFile::precision)
                .field("layout", ModelFile::layout)
                .field("artifact", ModelFile::artifact)
                .field("size", ModelFile::size)
                .field("maxAbsoluteError", ModelFile::maxAbsoluteError);
    }

    private static void wireGates(Wiring wiring) {
        wiring.type("GatePolicy", GatePolicy.class)
                .field("minimumAccuracy", GatePolicy::minimumAccuracy)
                .field("maximumParityError", GatePolicy::maximumParityError)
                .field("maximumFileSize", GatePolicy::maximumFileSize)
                .field("maximumAccuracyLoss", GatePolicy::maximumAccuracyLoss)
                .field("targets", policy -> policy.targets().stream().sorted().toList());
        wiring.type("GateReport", GateReport.class)
                .field("passed", GateReport::passed)
                .field("gates", GateReport::gates)
                .field("accuracy", GateReport::accuracy)
                .field("productionAccuracy", GateReport::productionAccuracy)
                .reference("testSet", Kinds.DATASET_VERSION, GateReport::testSet)
                .field("judged", GateReport::judged);
        wiring.type("Gate", Gate.class)
                .field("name", Gate::name)
                .field("passed", Gate::passed)
                .field("detail", Gate::detail);
    }

    private static List<Alias> byName(Map<String, ModelVersionId> aliases) {
        return aliases.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Alias(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Object release(Request request) {
        ReleaseId id = request.arguments().id("id", Kinds.RELEASE);
        return request.load(Kinds.RELEASE, id);
    }

    private Object releaseVersion(Arguments input) {
        return registry.release(
                input.id("modelVersion", Kinds.MODEL_VERSION),
                new ReleaseVersion(input.text("channel"), input.optionalText("idempotencyKey")));
    }
}
