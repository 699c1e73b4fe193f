package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.io.InputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The artifacts of the server that gets everything. */
final class TargetArtifacts {
    private static final String SERVED = "mlflow-artifacts:/";
    private static final Pattern SLASH = Pattern.compile("/");

    private final Rest rest;

    TargetArtifacts(Rest rest) {
        this.rest = rest;
    }

    /** @param root the address of its owner's artifacts */
    void upload(String root, String path, InputStream bytes) {
        if (!root.startsWith(SERVED)) {
            throw SlipwayException.unsupported(
                    "import.artifacts-elsewhere",
                    "The experiment keeps its artifacts at " + root + ", where this import can't put any.");
        }
        String place = root.substring(SERVED.length()) + "/" + path;
        rest.put(
                "/api/2.0/mlflow-artifacts/artifacts/"
                        + SLASH.splitAsStream(place)
                                .filter(name -> !name.isEmpty())
                                .map(Rest::encoded)
                                .collect(Collectors.joining("/")),
                bytes);
    }
}
