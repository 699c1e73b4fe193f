package dev.slipway.monitoring;

import dev.slipway.api.monitoring.LoggedPrediction;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads and writes the artifacts of a batch: its predictions as JSON Lines, its true labels as a JSON object. */
@Singleton
final class PredictionFiles {
    private static final Argument<Map<String, String>> LABELS = Argument.mapOf(String.class, String.class);
    private static final int MAX_LABELS_SIZE = 4 << 20;

    private final ArtifactStore artifacts;
    private final ObjectMapper json;

    PredictionFiles(ArtifactStore artifacts, ObjectMapper json) {
        this.artifacts = artifacts;
        this.json = json;
    }

    /** Equal predictions always give equal bytes, so the digest tells whether a batch is sent again. */
    Digest write(List<LoggedPrediction> predictions) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        predictions.forEach(prediction -> lines.writeBytes(line(Argument.of(LoggedPrediction.class), prediction)));
        return artifacts.put(lines.toByteArray()).digest();
    }

    private <T> byte[] line(Argument<T> type, T value) {
        try {
            return (json.writeValueAsString(type, value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw SlipwayException.internal("monitoring.unwritable", "A " + type + " has no JSON form.", e);
        }
    }

    /** Gives each prediction in the order of logging, holding one at a time. */
    void read(Digest predictions, Consumer<LoggedPrediction> reader) {
        try (InputStream bytes = artifacts.open(predictions, 0, OptionalLong.empty());
                BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.accept(json.readValue(line, LoggedPrediction.class));
            }
        } catch (IOException e) {
            throw unreadable(predictions, e);
        }
    }

    Digest writeLabels(Map<String, String> labels) {
        return artifacts.put(line(LABELS, new TreeMap<>(labels))).digest();
    }

    /** True labels by prediction key; none when there is no such artifact yet. */
    Map<String, String> readLabels(@Nullable Digest labels) {
        if (labels == null) {
            return Map.of();
        }
        try {
            return json.readValue(artifacts.read(labels, MAX_LABELS_SIZE), LABELS);
        } catch (IOException e) {
            throw unreadable(labels, e);
        }
    }

    private static SlipwayException unreadable(Digest artifact, IOException cause) {
        return SlipwayException.unavailable(
                "monitoring.unreadable",
                "The logged predictions in artifact " + artifact + " can't be read: " + cause.getMessage(),
                cause);
    }
}
