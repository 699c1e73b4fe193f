package dev.slipway.standalone.cli;

import dev.slipway.standalone.backup.BackupFolder;
import dev.slipway.standalone.backup.Restore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Fill an empty data folder with a backup, and verify it.",
        footer = {
            "",
            "Run it as the user that the server runs as, with the server stopped. Broken off,",
            "it goes on when it is run again; until it has ended no server opens the folder."
        })
final class AdminRestoreCommand implements Runnable {
    @Parameters(paramLabel = "DIR", description = "The folder of backups.")
    private Path folder;

    @Option(names = "--backup", paramLabel = "NAME", description = "Which one (default: the newest).")
    private Optional<String> backup = Optional.empty();

    @Mixin
    private AdminStores stores;

    @Mixin
    private Output output;

    @Override
    public void run() {
        AdminProgress progress = AdminProgress.onStandardError();
        try {
            Restore.Restored restored = new Restore(
                            new BackupFolder(folder), stores.embedded(), InstantSource.system(), progress)
                    .run(backup);
            progress.end();
            output.print(
                    Map.of(
                            "restored",
                            BackupText.json(restored.name(), restored.manifest()),
                            "data",
                            stores.data().toAbsolutePath().toString()),
                    "Restored " + restored.name() + " into " + stores.data() + ": "
                            + BackupText.line(restored.manifest()) + ".");
        } finally {
            progress.end();
        }
    }
}
