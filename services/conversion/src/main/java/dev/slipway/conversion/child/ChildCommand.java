package dev.slipway.conversion.child;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a child is started: this JVM and class path, nothing of this environment, its memory limited. */
final class ChildCommand {
    private static final Path LIMITER = Path.of("/usr/bin/prlimit");
    private static final long RESERVED = 1L << 30;
    private static final List<String> KEPT = List.of("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL");

    private ChildCommand() {}

    static ProcessBuilder of(ChildSettings settings, Path folder) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.heap(),
                "-XX:+UseSerialGC",
                "-XX:MaxHeapFreeRatio=30",
                "-XX:MinHeapFreeRatio=10",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-Djava.io.tmpdir=" + folder));
        if (Runtime.version().feature() > 17) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                ConversionChild.class.getName(),
                folder.toString(),
                Long.toString(Math.max(1, settings.idle().toSeconds()))));
        ProcessBuilder builder = limited(command, settings, folder);
        builder.environment().put("CLASSPATH", absolute(System.getProperty("java.class.path")));
        return builder;
    }

    /** Any command that works in a folder, with nothing of this environment and its memory limited. */
    static ProcessBuilder limited(List<String> wanted, ChildSettings settings, Path folder) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(LIMITER)) {
            // Between two looks of the watch a process can take much; beyond this the system refuses it memory. A JVM
            // reserves some that it never touches, so the bound must lie above what may be in use.
            command.addAll(List.of(LIMITER.toString(), "--core=0", "--data=" + (settings.memory() + RESERVED), "--"));
        }
        command.addAll(wanted);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(KEPT);
        environment.put("TMPDIR", folder.toString());
        return builder;
    }

    /** The child works in a folder of its own, from which relative paths would lead elsewhere. */
    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            boolean wildcard = entry.endsWith("/*");
            entries.add(
                    wildcard
                            ? Path.of(entry.substring(0, entry.length() - 2)).toAbsolutePath() + "/*"
                            : Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
