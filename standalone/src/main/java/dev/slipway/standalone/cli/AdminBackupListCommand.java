package dev.slipway.standalone.cli;

import dev.slipway.standalone.backup.BackupFolder;
import dev.slipway.standalone.backup.BackupManifest;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "Tell which backups there are, the oldest first.")
final class AdminBackupListCommand implements Runnable {
    @Parameters(paramLabel = "DIR", description = "The folder of backups.")
    private Path folder;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Map<String, BackupManifest> backups = new BackupFolder(folder).all();
        output.print(
                Map.of(
                        "backups",
                        backups.entrySet().stream()
                                .map(each -> BackupText.json(each.getKey(), each.getValue()))
                                .toList()),
                backups.entrySet().stream()
                        .map(each -> each.getKey() + "  version "
                                + each.getValue().version() + ": " + BackupText.line(each.getValue()))
                        .collect(Collectors.joining(System.lineSeparator())));
    }
}
