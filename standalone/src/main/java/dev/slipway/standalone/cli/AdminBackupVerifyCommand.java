package dev.slipway.standalone.cli;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.standalone.backup.BackupCheck;
import dev.slipway.standalone.backup.BackupFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = "Read a whole backup and tell what is not as it was written.",
        footer = {"", "The exit code is 0 when all is well, and 5 when something is missing or damaged."})
final class AdminBackupVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder of backups.")
    private Path folder;

    @Option(names = "--backup", paramLabel = "NAME", description = "Which one (default: the newest).")
    private Optional<String> backup = Optional.empty();

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        AdminProgress progress = AdminProgress.onStandardError();
        try {
            BackupCheck.Report report = new BackupCheck(new BackupFolder(folder), progress).run(backup);
            progress.end();
            output.print(
                    Map.of(
                            "clean",
                            report.problems() == 0,
                            "problems",
                            report.problems(),
                            "told",
                            report.told(),
                            "backup",
                            BackupText.json(report.name(), report.manifest())),
                    text(report));
            return report.problems() == 0 ? 0 : FailureReporter.exitCode(ErrorKind.CONFLICT);
        } finally {
            progress.end();
        }
    }

    private static String text(BackupCheck.Report report) {
        String what = report.name() + ": " + BackupText.line(report.manifest());
        if (report.problems() == 0) {
            return "All is well in " + what + ".";
        }
        return String.join(System.lineSeparator(), report.told()) + System.lineSeparator() + report.problems()
                + " problems in " + what + ". Remove damaged artifacts: the next backup copies them again.";
    }
}
