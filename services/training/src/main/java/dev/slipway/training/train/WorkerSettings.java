package dev.slipway.training.train;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which run a worker carries out, and for whom, as its environment says. The names are those that MLflow's clients know, so
 * that they too find the run from within the worker's container.
 *
 * @param server an http or https address
 * @param token empty where none is asked for
 */
public record WorkerSettings(URI server, Optional<String> token, RunId run, String workspace) {
    public static final String SERVER = "MLFLOW_TRACKING_URI";
    public static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
    public static final String RUN = "MLFLOW_RUN_ID";
    public static final String WORKSPACE = "SLIPWAY_WORKSPACE";

    private static final Pattern RUN_ID = Pattern.compile("[0-9a-f]{32}");

    /** Fails with {@code worker.environment} when something is missing or can't be meant. */
    public static WorkerSettings of(Map<String, String> environment) {
        String server = environment.getOrDefault(SERVER, "");
        String run = environment.getOrDefault(RUN, "");
        if (!isAddress(server)) {
            throw wrong(SERVER, "the address of the server, as http://slipway-training:8080", server);
        }
        if (!RUN_ID.matcher(run).matches()) {
            throw wrong(RUN, "the id of the run to carry out", run);
        }
        return new WorkerSettings(
                URI.create(server),
                Optional.ofNullable(environment.get(TOKEN)).filter(token -> !token.isBlank()),
                new RunId(run),
                environment.getOrDefault(WORKSPACE, "default"));
    }

    /** Whether it is the address of a server, without credentials. */
    public static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static SlipwayException wrong(String name, String meaning, String value) {
        return SlipwayException.invalid(
                "worker.environment",
                "The variable " + name + " is '" + value + "'; it has to be " + meaning
                        + ". A training server sets it when it starts a worker.");
    }
}
