package dev.slipway.administration;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** An export or import in a process of its own, that tells of its progress line by line and can be killed. */
final class AdministrationProcess {
    private AdministrationProcess() {}

    public static void main(String[] arguments) {
        Progress told = (work, done) -> System.out.println(work + " " + done);
        Path folder = Path.of(arguments[2]);
        new Folder(Path.of(arguments[1])).use(installation -> {
            if (arguments[0].equals("export")) {
                new Export(installation, folder, "test", InstantSource.system(), told, 20_000).run();
            } else {
                new Import(installation, folder, told).run();
            }
        });
        System.out.println("finished");
    }

    /** Starts one and kills it, like {@code kill -9}, when it tells of some work for the so manieth time. */
    static void killWhile(String operation, Folder data, Path folder, String work, int times)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AdministrationProcess.class.getName(),
                        operation,
                        data.data().toString(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int seen = 0;
            for (String line = out.readLine(); seen < times; line = out.readLine()) {
                if (line == null || line.equals("finished")) {
                    throw new IllegalStateException("the " + operation + " ended before it could be killed");
                }
                seen += line.startsWith(work) ? 1 : 0;
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
