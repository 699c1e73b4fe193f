package dev.slipway.standalone.cli;

import dev.slipway.standalone.backup.Backup;
import dev.slipway.standalone.backup.BackupFolder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "backup",
        description = "Back up the data folder as it is now, whether a server writes to it or not.",
        customSynopsis = {
            "slipway admin backup [--json] [--data=DIR] [--keep=N] DIR",
            "slipway admin backup (list | verify) …"
        },
        subcommands = {AdminBackupListCommand.class, AdminBackupVerifyCommand.class},
        footer = {
            "",
            "Run it on the server's machine, as the server's user. What an earlier backup in",
            "the folder has of artifacts is not copied again. A backup holds private keys:",
            "whoever reads it can sign manifests."
        })
final class AdminBackupCommand implements Runnable {
    /** What names the folders of keys when they are not in the data folder. */
    private static final List<String> KEYS =
            List.of("SLIPWAY_DELIVERY_KEYS", "SLIPWAY_WEBHOOKS_KEYS", "SLIPWAY_WEBHOOKS_SECRET_KEY");

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The folder of backups; new, empty, or with earlier ones.")
    private Path folder;

    @Option(names = "--keep", paramLabel = "N", description = "Keep the newest N backups, and remove the older ones.")
    private Optional<Integer> keep = Optional.empty();

    @Mixin
    private AdminStores stores;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (folder == null) {
            throw new ParameterException(spec.commandLine(), "Name the folder of backups, or say list or verify.");
        }
        if (keep.isPresent() && keep.get() < 1) {
            throw new ParameterException(spec.commandLine(), "--keep has to be 1 or more: a backup keeps itself.");
        }
        AdminProgress progress = AdminProgress.onStandardError();
        try {
            Backup backup = new Backup(
                    stores.embedded(),
                    new BackupFolder(folder),
                    keysElsewhere(),
                    VersionProvider.number(),
                    InstantSource.system(),
                    progress);
            Backup.Made made = backup.run(keep);
            progress.end();
            output.print(json(made), text(made));
        } finally {
            progress.end();
        }
    }

    private static List<String> keysElsewhere() {
        return KEYS.stream().filter(System.getenv()::containsKey).toList();
    }

    private Map<String, Object> json(Backup.Made made) {
        return Map.of(
                "backup",
                BackupText.json(made.name(), made.manifest()),
                "folder",
                folder.toAbsolutePath().toString(),
                "copiedArtifactBytes",
                made.copiedBytes(),
                "removed",
                made.removed());
    }

    private String text(Backup.Made made) {
        Stream<String> lines = Stream.of("Backed up to %s: %s, %d bytes of them new."
                .formatted(folder.resolve(made.name()), BackupText.line(made.manifest()), made.copiedBytes()));
        Stream<String> removed = made.removed().stream().map(name -> "Removed " + name + ".");
        Stream<String> missing = made.manifest().notCovered().stream()
                .map(name -> "Not in it are the keys that " + name + " names; back them up yourself.");
        return String.join(
                System.lineSeparator(),
                Stream.of(lines, removed, missing).flatMap(each -> each).toList());
    }
}
