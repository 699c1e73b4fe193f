package dev.slipway.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.tests.SmallDisk;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder on a disk that can't be written is refused with what to do, and is as it was afterwards. */
class ReadOnlyDiskTest {
    @TempDir
    Path folder;

    @Test
    void aNewFolderIsRefused() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, 8)) {
            disk.makeReadOnly();
            assertRefused(disk.path().resolve("data"));
        }
    }

    @Test
    void aFolderWithDataIsRefused() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, 8)) {
            Path data = disk.path().resolve("data");
            try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
                stores.graph().commit(CrashBatch.graph(0));
            }
            disk.makeReadOnly();
            assertRefused(data);
        }
    }

    private static void assertRefused(Path data) {
        assertThatThrownBy(
                        () -> EmbeddedStores.open(data, InstantSource.system()).close())
                .isInstanceOfSatisfying(SlipwayException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("store.unwritable");
                    assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
                    assertThat(refusal).hasMessageContaining("Name a folder that this user may write");
                });
    }
}
