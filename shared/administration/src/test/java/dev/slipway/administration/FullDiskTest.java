package dev.slipway.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.tests.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full stops an export or import plainly; with room again it goes on. */
class FullDiskTest {
    @TempDir
    private Path folder;

    private SmallDisk mounted;
    private Path disk;
    private Path filler;
    private Folder source;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        mounted = SmallDisk.mount(folder, 12);
        disk = mounted.path();
        filler = Files.write(disk.resolve("filler"), new byte[11_000_000]);
        source = new Folder(folder.resolve("source"));
        source.use(installation -> {
            Sample.fill(installation, 300);
            byte[] bytes = new byte[1_500_000];
            new Random(1).nextBytes(bytes);
            installation.artifacts().put(bytes);
        });
    }

    @AfterEach
    void unmount() {
        if (mounted != null) {
            mounted.close();
        }
    }

    @Test
    void anExportGoesOnWhenThereIsRoom() throws IOException {
        Path export = disk.resolve("export");
        SlipwayException full = catchThrowableOfType(SlipwayException.class, () -> source.exportTo(export));
        assertThat(full.code()).isEqualTo("export.unwritable");
        assertThat(export.resolve("manifest.json")).doesNotExist();
        Files.delete(filler);
        source.exportTo(export);
        Folder target = new Folder(folder.resolve("target"));
        target.importFrom(export);
        assertThat(target.contents()).isEqualTo(source.contents());
    }

    @Test
    void anImportGoesOnWhenThereIsRoom() throws IOException {
        Path export = folder.resolve("export");
        source.exportTo(export);
        Folder target = new Folder(disk.resolve("target"));
        SlipwayException full = catchThrowableOfType(SlipwayException.class, () -> target.importFrom(export));
        assertThat(full.code()).isEqualTo("store.full");
        Files.delete(filler);
        target.importFrom(export);
        assertThat(target.contents()).isEqualTo(source.contents());
    }
}
