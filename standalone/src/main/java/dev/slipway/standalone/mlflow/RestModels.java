package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The logged models and registered models of a server. */
final class RestModels {
    private static final int MODELS = 50;
    private static final int PAGE = 1000;

    private final Rest rest;
    private final RestPages pages;

    RestModels(Rest rest) {
        this.rest = rest;
        this.pages = new RestPages(rest);
    }

    void loggedModels(SourceExperiment experiment, Consumer<SourceLoggedModel> model) {
        Map<String, Object> search = Map.of("experiment_ids", List.of(experiment.id()), "max_results", MODELS);
        Set<String> seen = new HashSet<>();
        pages.read(
                token -> {
                    try {
                        return rest.post("logged-models/search", RestPages.body(search, token));
                    } catch (SlipwayException e) {
                        if (e.kind() == ErrorKind.NOT_FOUND) {
                            // Servers before version 3 have none.
                            return new Json(Map.of());
                        }
                        throw e;
                    }
                },
                answer -> {
                    List<SourceLoggedModel> fresh = answer.objects("models").stream()
                            .map(RestModels::loggedModel)
                            .filter(found -> seen.add(found.id()))
                            .toList();
                    pages.bound(seen.size());
                    fresh.forEach(model);
                    return fresh.size();
                });
    }

    private static SourceLoggedModel loggedModel(Json model) {
        Json info = model.object("info");
        String run = info.text("source_run_id");
        return new SourceLoggedModel(
                info.required("model_id"),
                info.required("experiment_id"),
                info.text("name", ""),
                info.text("model_type"),
                Optional.ofNullable(info.text("status")).orElse("LOGGED_MODEL_PENDING"),
                run,
                model.object("data").texts("params"),
                info.texts("tags"),
                model.object("data").objects("metrics").stream()
                        .map(metric -> RestRuns.point(metric.text("run_id", run == null ? "" : run), metric))
                        .toList());
    }

    void models(Consumer<SourceModel> model) {
        Set<String> seen = new HashSet<>();
        pages.read(
                token -> rest.get("registered-models/search", RestPages.query(Map.of("max_results", "100"), token)),
                answer -> {
                    List<Json> fresh = answer.objects("registered_models").stream()
                            .filter(found -> seen.add(found.required("name")))
                            .toList();
                    pages.bound(seen.size());
                    fresh.forEach(found -> model.accept(model(found)));
                    return fresh.size();
                });
    }

    private SourceModel model(Json model) {
        String name = model.required("name");
        Map<String, Integer> aliases = new LinkedHashMap<>();
        model.objects("aliases")
                .forEach(alias -> aliases.put(alias.required("alias"), (int) alias.number("version", 0)));
        return new SourceModel(
                name, model.text("description"), model.texts("tags"), times(model), aliases, versions(name));
    }

    private List<SourceModel.Version> versions(String model) {
        Map<Integer, SourceModel.Version> versions = new HashMap<>();
        // A text in either quotes; a name with both can't be searched for.
        String quote = model.contains("'") ? "\"" : "'";
        Map<String, String> question =
                Map.of("filter", "name = " + quote + model + quote, "max_results", Integer.toString(PAGE));
        pages.read(token -> rest.get("model-versions/search", RestPages.query(question, token)), answer -> {
            int before = versions.size();
            for (Json version : answer.objects("model_versions")) {
                int number = (int) version.number("version", 0);
                versions.put(
                        number,
                        new SourceModel.Version(
                                number,
                                version.text("description"),
                                Optional.ofNullable(version.text("current_stage"))
                                        .orElse("None"),
                                version.text("source", ""),
                                version.text("run_id"),
                                version.text("run_link"),
                                version.text("model_id"),
                                version.texts("tags"),
                                times(version)));
            }
            pages.bound(versions.size());
            return versions.size() - before;
        });
        return versions.values().stream()
                .sorted(Comparator.comparing(SourceModel.Version::number))
                .toList();
    }

    private static SourceTimes times(Json thing) {
        return new SourceTimes(thing.number("creation_timestamp"), thing.number("last_updated_timestamp"));
    }
}
