package dev.slipway.benchmarks.mlflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests of an MLflow client, over one connection. */
record MlflowClient(Connection connection) {
    private static final String API = "/api/2.0/mlflow/";
    private static final Pattern RUN = Pattern.compile("\"run_id\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern EXPERIMENT = Pattern.compile("\"experiment_id\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"next_page_token\"\\s*:\\s*\"([^\"]+)\"");

    String createExperiment(String name) throws IOException {
        return first(EXPERIMENT, connection.post(API + "experiments/create", "{\"name\":\"" + name + "\"}"));
    }

    /** A run as MLflow's own client makes it, with the tags that it always sends. */
    String createRun(String experiment, int number) throws IOException {
        return first(RUN, connection.post(API + "runs/create", """
                        {"experiment_id":"%s","user_id":"bench","start_time":%d,"run_name":"run-%d","tags":[\
                        {"key":"mlflow.user","value":"bench"},{"key":"mlflow.source.name","value":"train.py"},\
                        {"key":"mlflow.source.type","value":"LOCAL"}]}""".formatted(experiment, now(), number)));
    }

    void logMetric(String run, String key, double value, long step) throws IOException {
        connection.post(API + "runs/log-metric", """
                {"run_id":"%s","key":"%s","value":%s,"timestamp":%d,"step":%d}\
                """.formatted(run, key, value, now(), step));
    }

    /** So many points of ten metrics in one request. */
    void logPoints(String run, int points, long firstStep) throws IOException {
        StringBuilder metrics = new StringBuilder();
        for (int i = 0; i < points; i++) {
            long step = firstStep + i / 10;
            metrics.append(i == 0 ? "" : ",").append(metric("m" + i % 10, step * 0.5, step));
        }
        logBatch(run, metrics, "", "");
    }

    /** Points of one metric. */
    void logSeries(String run, String key, int points, long firstStep) throws IOException {
        StringBuilder metrics = new StringBuilder();
        for (int i = 0; i < points; i++) {
            long step = firstStep + i;
            metrics.append(i == 0 ? "" : ",").append(metric(key, Math.sin(step * 0.001), step));
        }
        logBatch(run, metrics, "", "");
    }

    /** What a training logs once: ten params, ten metrics and some tags; some metrics are missing, NaN or infinite. */
    void logSummary(String run, int number) throws IOException {
        Random random = new Random(number);
        StringBuilder params = new StringBuilder();
        StringBuilder metrics = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            String value = i == 0 ? "b" + random.nextInt(4) : Integer.toString(random.nextInt(1000));
            params.append(i == 0 ? "" : ",").append(text("p" + i, value));
            metrics.append(i == 0 ? "" : ",").append(metric("m" + i, random.nextGaussian(), 1));
        }
        int odd = number % 100;
        if (odd < 90) {
            String value = odd == 0 ? "\"NaN\"" : odd == 1 ? "\"Infinity\"" : Integer.toString(random.nextInt(4));
            metrics.append(",{\"key\":\"odd\",\"value\":" + value + ",\"timestamp\":" + now() + ",\"step\":1}");
        }
        logBatch(
                run,
                metrics,
                params.toString(),
                text("team", "t" + random.nextInt(20)) + "," + text("note", "n" + number));
    }

    void getRun(String run) throws IOException {
        connection.get(API + "runs/get?run_id=" + run);
    }

    /** A page; returns the token of the next one, null after the last. */
    String search(String experiment, String filter, String orders, int most, String token) throws IOException {
        byte[] answer = connection.post(
                API + "runs/search",
                "{\"experiment_ids\":[\"" + experiment + "\"],\"max_results\":" + most
                        + (filter.isEmpty() ? "" : ",\"filter\":\"" + filter + "\"")
                        + (orders.isEmpty() ? "" : ",\"order_by\":[" + orders + "]")
                        + (token == null ? "" : ",\"page_token\":\"" + token + "\"") + "}");
        return firstOrNull(TOKEN, answer);
    }

    /** Reads a whole history; returns how many bytes it was. */
    long history(String run, String key) throws IOException {
        long size = 0;
        String token = null;
        do {
            byte[] page = connection.get(API + "metrics/get-history?run_id=" + run + "&metric_key=" + key
                    + "&max_results=25000" + (token == null ? "" : "&page_token=" + token));
            size += page.length;
            token = firstOrNull(TOKEN, page);
        } while (token != null);
        return size;
    }

    private void logBatch(String run, CharSequence metrics, String params, String tags) throws IOException {
        connection.post(
                API + "runs/log-batch",
                "{\"run_id\":\"" + run + "\",\"metrics\":[" + metrics + "],\"params\":[" + params + "],\"tags\":["
                        + tags + "]}");
    }

    private static String metric(String key, double value, long step) {
        return String.format(
                Locale.ROOT, "{\"key\":\"%s\",\"value\":%s,\"timestamp\":%d,\"step\":%d}", key, value, now(), step);
    }

    private static String text(String key, String value) {
        return "{\"key\":\"" + key + "\",\"value\":\"" + value + "\"}";
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static String first(Pattern pattern, byte[] answer) throws IOException {
        String found = firstOrNull(pattern, answer);
        if (found == null) {
            throw new IOException("an answer without " + pattern + ": " + new String(answer, StandardCharsets.UTF_8));
        }
        return found;
    }

    private static String firstOrNull(Pattern pattern, byte[] answer) {
        Matcher matcher = pattern.matcher(new String(answer, StandardCharsets.UTF_8));
        return matcher.find() ? matcher.group(1) : null;
    }
}
