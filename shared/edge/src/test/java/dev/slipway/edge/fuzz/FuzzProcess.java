package dev.slipway.edge.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Has models converted in a process of its own, and in another when that has died or would not end. */
final class FuzzProcess implements AutoCloseable {
    /** How long a conversion takes at most, even on a busy machine. */
    static final long PATIENCE_SECONDS = 120;

    private static final String END = "";
    private static final Path LIMITER = Path.of("/usr/bin/prlimit");
    private static final String HEAP = "-Xmx512m";
    /** Of native memory and the heap together. */
    private static final long MOST_BYTES = 3L << 30;

    private record Child(Process process, BlockingQueue<String> lines) {}

    private final Path folder;
    private final boolean compares;
    private Optional<Child> current = Optional.empty();

    /**
     * No process is started yet.
     *
     * @param folder for what processes write about their ends
     * @param compares whether results are compared on further inputs
     */
    FuzzProcess(Path folder, boolean compares) {
        this.folder = folder;
        this.compares = compares;
    }

    /** Converts with the options of a seed, for so many seconds at most. */
    Verdict convert(Path file, long options, long seconds) throws InterruptedException {
        try {
            Child child = current.filter(old -> old.process().isAlive()).orElseGet(this::start);
            current = Optional.of(child);
            Writer to = child.process().outputWriter(StandardCharsets.UTF_8);
            to.write(options + " " + file.toAbsolutePath() + "\n");
            to.flush();
            return answer(child, seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Verdict answer(Child child, long seconds) throws InterruptedException, IOException {
        while (true) {
            String line = child.lines().poll(seconds, TimeUnit.SECONDS);
            if (line == null) {
                String threads = stacks(child.process());
                close();
                return new Verdict(Verdict.Kind.HUNG, "no answer in " + seconds + " s " + threads);
            }
            if (line.equals(END)) {
                int status = child.process().waitFor();
                String said = Files.readString(errors(), StandardCharsets.ISO_8859_1);
                return new Verdict(
                        Verdict.Kind.CRASHED,
                        "exit " + status + " " + said.substring(Math.max(0, said.length() - 1500)) + " " + frames());
            }
            if (Verdict.isLine(line)) {
                return Verdict.of(line);
            }
        }
    }

    /** What native code was doing, by the JVM's own report. */
    private String frames() throws IOException {
        Path report = folder.resolve("crash.log");
        if (!Files.exists(report)) {
            return "";
        }
        List<String> lines = Files.readAllLines(report, StandardCharsets.ISO_8859_1);
        Files.delete(report);
        int start = lines.indexOf("# Problematic frame:");
        StringBuilder text = new StringBuilder(start < 0 ? "" : lines.get(start + 1));
        lines.stream()
                .filter(line -> line.startsWith("C  ") || line.startsWith("j  dev.slipway"))
                .limit(12)
                .forEach(line -> text.append(" | ").append(line));
        return text.toString();
    }

    private String stacks(Process process) throws IOException, InterruptedException {
        Process jstack = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jstack")
                                .toString(),
                        Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start();
        String all = new String(jstack.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jstack.waitFor();
        int main = all.indexOf("\"main\"");
        return main < 0 ? "" : all.substring(main, Math.min(all.length(), main + 2500));
    }

    private Path errors() {
        return folder.resolve("stderr.txt");
    }

    private Child start() {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(LIMITER)) {
            command.addAll(List.of(LIMITER.toString(), "--core=0", "--data=" + MOST_BYTES, "--"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:-OmitStackTraceInFastThrow",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log").toAbsolutePath()));
        if (Runtime.version().feature() > 17) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(FuzzChild.class.getName(), Boolean.toString(compares)));
        // A long command line ends ONNX Runtime, so the class path is not on it.
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.to(errors().toFile()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            Process process = builder.start();
            BlockingQueue<String> lines = new LinkedBlockingQueue<>();
            Thread reader = new Thread(() -> read(process, lines), "fuzz-child");
            reader.setDaemon(true);
            reader.start();
            return new Child(process, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Process process, BlockingQueue<String> lines) {
        try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add(e.toString());
        } finally {
            lines.add(END);
        }
    }

    @Override
    public void close() {
        current.ifPresent(child -> child.process().destroyForcibly().onExit().join());
        current = Optional.empty();
    }
}
