package dev.slipway.conversion.child;

import io.micronaut.serde.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A program that lets a child work on a model until it is killed itself. */
final class ChildHolder {
    private ChildHolder() {}

    /** Arguments: model, samples, labels. */
    public static void main(String[] arguments) throws Exception {
        ChildSettings settings =
                new ChildSettings(256L << 20, 2L << 30, Duration.ofMinutes(5), Duration.ofMinutes(5), 50, 1);
        try (JobFolder folder = JobFolder.create();
                ChildPool pool = new ChildPool(settings, ObjectMapper.getDefault())) {
            Files.copy(Path.of(arguments[0]), folder.model());
            Files.copy(Path.of(arguments[1]), folder.samples());
            Files.copy(Path.of(arguments[2]), folder.labels());
            pool.carryOut(folder, ChildJvmTest.REQUEST, new ChildListener() {
                @Override
                public void progress(double fraction, String message) {
                    if (message.startsWith("Converting")) {
                        System.out.println("working " + folder.path());
                    }
                }

                @Override
                public void log(String line) {
                    System.out.println(line);
                }
            });
        }
    }
}
