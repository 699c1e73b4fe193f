package dev.slipway.standalone.mlflow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The experiments and runs of a server. */
final class RestRuns {
    private static final int RUNS = 500;
    private static final int POINTS = 25_000;
    private static final int PAGE = 1000;

    private final Rest rest;
    private final RestPages pages;

    RestRuns(Rest rest) {
        this.rest = rest;
        this.pages = new RestPages(rest);
    }

    List<SourceExperiment> experiments() {
        List<SourceExperiment> all = new ArrayList<>();
        pages.read(
                token -> rest.post(
                        "experiments/search", RestPages.body(Map.of("max_results", PAGE, "view_type", "ALL"), token)),
                answer -> {
                    List<Json> page = answer.objects("experiments");
                    page.forEach(experiment -> all.add(new SourceExperiment(
                            experiment.required("experiment_id"),
                            experiment.required("name"),
                            deleted(experiment),
                            experiment.texts("tags"),
                            new SourceTimes(
                                    experiment.number("creation_time"), experiment.number("last_update_time")))));
                    pages.bound(all.size());
                    return page.size();
                });
        return all;
    }

    void runs(SourceExperiment experiment, Consumer<List<SourceRun>> page) {
        Set<String> seen = new HashSet<>();
        Map<String, Object> search = Map.of(
                "experiment_ids",
                List.of(experiment.id()),
                "max_results",
                RUNS,
                "run_view_type",
                "ALL",
                "order_by",
                // New runs come last, so that none moves to a page that was read.
                List.of("attributes.start_time ASC"));
        pages.read(token -> rest.post("runs/search", RestPages.body(search, token)), answer -> {
            List<SourceRun> fresh = answer.objects("runs").stream()
                    .map(RestRuns::run)
                    .filter(run -> seen.add(run.id()))
                    .toList();
            pages.bound(seen.size());
            if (!fresh.isEmpty()) {
                page.accept(fresh);
            }
            return fresh.size();
        });
    }

    private static SourceRun run(Json run) {
        Json info = run.object("info");
        Json data = run.object("data");
        String id = info.text("run_id");
        Map<String, Long> outputs = new LinkedHashMap<>();
        run.object("outputs")
                .objects("model_outputs")
                .forEach(output -> outputs.put(output.required("model_id"), output.number("step", 0)));
        return new SourceRun(
                id == null ? info.required("run_uuid") : id,
                info.required("experiment_id"),
                info.text("run_name", ""),
                info.text("user_id", ""),
                info.required("status"),
                info.number("start_time"),
                info.number("end_time"),
                deleted(info),
                data.texts("params"),
                data.texts("tags"),
                data.objects("metrics").stream()
                        .map(metric -> metric.required("key"))
                        .toList(),
                run.object("inputs").objects("dataset_inputs").stream()
                        .map(input -> SourceRun.Dataset.of(input.object("dataset"), input.texts("tags")))
                        .toList(),
                run.object("inputs").objects("model_inputs").stream()
                        .map(input -> input.required("model_id"))
                        .toList(),
                outputs);
    }

    void history(SourceRun run, String key, Consumer<List<SourcePoint>> page) {
        Map<String, String> question =
                Map.of("run_id", run.id(), "metric_key", key, "max_results", Integer.toString(POINTS));
        long[] count = new long[1];
        pages.read(token -> rest.get("metrics/get-history", RestPages.query(question, token)), answer -> {
            List<SourcePoint> points = answer.objects("metrics").stream()
                    .map(metric -> point(run.id(), metric))
                    .toList();
            count[0] += points.size();
            pages.bound(count[0] / 100);
            if (!points.isEmpty()) {
                page.accept(points);
            }
            return points.size();
        });
    }

    static SourcePoint point(String run, Json metric) {
        String name = metric.text("dataset_name");
        String digest = metric.text("dataset_digest");
        boolean measuredOn = name != null && digest != null;
        return new SourcePoint(
                run,
                metric.required("key"),
                // Protobuf may leave out what is zero.
                metric.text("value") == null ? 0 : metric.real("value"),
                metric.number("timestamp", 0),
                metric.number("step", 0),
                measuredOn ? name : null,
                measuredOn ? digest : null);
    }

    private static boolean deleted(Json thing) {
        return "deleted".equalsIgnoreCase(thing.text("lifecycle_stage"));
    }
}
