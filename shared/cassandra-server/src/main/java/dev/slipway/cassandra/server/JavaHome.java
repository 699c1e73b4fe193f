package dev.slipway.cassandra.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds a JDK 17, the newest that Cassandra 5.0 runs on. */
final class JavaHome {
    private static final String VARIABLE = "SLIPWAY_TEST_JAVA17_HOME";
    private static final List<String> USUAL_FOLDERS = List.of("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines");

    private JavaHome() {}

    /** The running one if it will do, else the one that the environment names, else one where they usually lie. */
    static Optional<Path> find() {
        List<Path> candidates = new ArrayList<>();
        candidates.add(Path.of(System.getProperty("java.home")));
        Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of).ifPresent(candidates::add);
        for (String folder : USUAL_FOLDERS) {
            candidates.addAll(homesIn(Path.of(folder)));
        }
        return candidates.stream().filter(JavaHome::isJava17).findFirst();
    }

    private static List<Path> homesIn(Path folder) {
        List<Path> homes = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*17*")) {
                for (Path home : found) {
                    homes.add(home);
                    homes.add(home.resolve("Contents/Home"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("can't list " + folder, e);
            }
        }
        return homes;
    }

    private static boolean isJava17(Path home) {
        Path release = home.resolve("release");
        try {
            return Files.isExecutable(home.resolve("bin/java"))
                    && Files.isRegularFile(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"17");
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + release, e);
        }
    }
}
