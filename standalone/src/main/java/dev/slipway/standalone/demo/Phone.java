package dev.slipway.standalone.demo;

import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.standalone.fetch.DeliveryClient;
import dev.slipway.standalone.fetch.FetchedFile;
import dev.slipway.standalone.fetch.Manifest;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A device: fetches the release of its channel over HTTP, verifies it, and runs the TFLite file. */
final class Phone implements AutoCloseable {
    private final Manifest manifest;
    private final List<FetchedFile> files;
    private final TfliteInterpreter interpreter;

    private Phone(Manifest manifest, List<FetchedFile> files, TfliteInterpreter interpreter) {
        this.manifest = manifest;
        this.files = files;
        this.interpreter = interpreter;
    }

    static Phone fetch(URI server, String model, String channel, Path folder) {
        DeliveryClient client = new DeliveryClient(server, null);
        Manifest manifest = client.manifest(model, channel);
        List<FetchedFile> files = client.fetch(manifest, folder);
        Path tflite = files.stream()
                .filter(file -> file.entry().target().equals("TFLITE"))
                .findFirst()
                .orElseThrow()
                .path();
        try {
            return new Phone(manifest, files, TfliteInterpreter.open(Files.readAllBytes(tflite)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the model says of an image. */
    record Answer(String label, double probability) {}

    List<Answer> look(Tensor images) {
        Tensor probabilities = interpreter.run(images);
        List<Answer> answers = new ArrayList<>();
        for (int row = 0; row < probabilities.rows(); row++) {
            int best = probabilities.greatest(row);
            answers.add(new Answer(
                    manifest.classes().get(best), probabilities.row(row).values()[best]));
        }
        return answers;
    }

    /** The share of images whose digit the model names rightly, 0 to 1. */
    double accuracy(LabelledImages set) {
        List<Answer> answers = look(set.images());
        int right = 0;
        for (int i = 0; i < answers.size(); i++) {
            right += answers.get(i).label().equals(set.labels().get(i)) ? 1 : 0;
        }
        return (double) right / answers.size();
    }

    Manifest manifest() {
        return manifest;
    }

    List<FetchedFile> files() {
        return files;
    }

    @Override
    public void close() {
        interpreter.close();
    }
}
