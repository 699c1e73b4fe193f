package dev.slipway.gateway.schema;

import dev.slipway.api.training.RunCondition;
import dev.slipway.api.training.RunCondition.Operator;
import dev.slipway.api.training.RunOrder;
import dev.slipway.api.training.RunSource;
import dev.slipway.kernel.SlipwayException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what runs have to satisfy, and what they stand in the order of. */
final class RunConditionReader {
    private static final Map<String, Operator> NUMBERS = inOrder(
            "equals",
            Operator.EQUAL,
            "notEquals",
            Operator.NOT_EQUAL,
            "less",
            Operator.LESS,
            "atMost",
            Operator.LESS_OR_EQUAL,
            "greater",
            Operator.GREATER,
            "atLeast",
            Operator.GREATER_OR_EQUAL);
    private static final Map<String, Operator> TEXTS = inOrder(
            "equals",
            Operator.EQUAL,
            "notEquals",
            Operator.NOT_EQUAL,
            "like",
            Operator.LIKE,
            "ilike",
            Operator.LIKE_IGNORING_CASE);
    private static final Map<String, Operator> LISTS = inOrder("in", Operator.IN, "notIn", Operator.NOT_IN);

    private final List<RunCondition> conditions = new ArrayList<>();

    private RunConditionReader() {}

    private static Map<String, Operator> inOrder(Object... pairs) {
        Map<String, Operator> operators = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            operators.put((String) pairs[i], (Operator) pairs[i + 1]);
        }
        return operators;
    }

    /** The conditions of a RunFilter. */
    static List<RunCondition> conditions(Arguments filter) {
        RunConditionReader reader = new RunConditionReader();
        filter.inputs("metrics").forEach(metric -> reader.number(RunSource.METRIC, metric.text("key"), metric));
        filter.inputs("params").forEach(param -> reader.text(RunSource.PARAM, param.text("key"), param));
        filter.inputs("tags").forEach(tag -> reader.text(RunSource.TAG, tag.text("key"), tag));
        reader.optionalText(filter, "name", RunSource.ATTRIBUTE, "run_name");
        reader.optionalText(filter, "state", RunSource.ATTRIBUTE, "status");
        reader.optionalText(filter, "user", RunSource.ATTRIBUTE, "user_id");
        reader.time(filter, "started", "start_time");
        reader.time(filter, "finished", "end_time");
        filter.inputs("datasets").forEach(dataset -> {
            reader.optionalText(dataset, "name", RunSource.DATASET, "name");
            reader.optionalText(dataset, "digest", RunSource.DATASET, "digest");
            reader.optionalText(dataset, "context", RunSource.DATASET, "context");
        });
        return reader.conditions;
    }

    private void number(RunSource source, String key, Arguments filter) {
        NUMBERS.forEach((name, operator) -> {
            if (filter.has(name)) {
                conditions.add(RunCondition.number(source, key, operator, filter.real(name)));
            }
        });
        exists(source, key, filter);
    }

    private void time(Arguments filter, String name, String key) {
        if (!filter.has(name)) {
            return;
        }
        Arguments time = filter.input(name);
        NUMBERS.forEach((comparison, operator) -> {
            if (time.has(comparison)) {
                conditions.add(
                        RunCondition.number(RunSource.ATTRIBUTE, key, operator, (double) time.number(comparison)));
            }
        });
        exists(RunSource.ATTRIBUTE, key, time);
    }

    private void optionalText(Arguments filter, String name, RunSource source, String key) {
        if (filter.has(name)) {
            text(source, key, filter.input(name));
        }
    }

    private void text(RunSource source, String key, Arguments filter) {
        TEXTS.forEach((name, operator) -> {
            if (filter.has(name)) {
                conditions.add(RunCondition.text(source, key, operator, List.of(filter.text(name))));
            }
        });
        LISTS.forEach((name, operator) -> {
            if (filter.has(name)) {
                conditions.add(RunCondition.text(source, key, operator, filter.texts(name)));
            }
        });
        exists(source, key, filter);
    }

    private void exists(RunSource source, String key, Arguments filter) {
        if (filter.has("exists")) {
            conditions.add(RunCondition.exists(source, key, filter.flag("exists")));
        }
    }

    /** A RunOrder. */
    static RunOrder order(Arguments order) {
        List<RunOrder> named = new ArrayList<>();
        boolean descending = order.text("direction").equals("DESCENDING");
        Map.of("metric", RunSource.METRIC, "param", RunSource.PARAM, "tag", RunSource.TAG)
                .forEach((name, source) -> {
                    if (order.has(name)) {
                        named.add(new RunOrder(source, order.text(name), descending));
                    }
                });
        if (order.has("field")) {
            named.add(new RunOrder(RunSource.ATTRIBUTE, attribute(order.text("field")), descending));
        }
        if (named.size() != 1) {
            throw SlipwayException.invalid(
                    "graphql.argument",
                    "An order names exactly one of metric, param, tag and field, not " + named.size() + ".");
        }
        return named.get(0);
    }

    private static String attribute(String field) {
        return switch (field) {
            case "NAME" -> "run_name";
            case "STATE" -> "status";
            case "USER" -> "user_id";
            case "STARTED" -> "start_time";
            case "FINISHED" -> "end_time";
            default -> "run_id";
        };
    }
}
