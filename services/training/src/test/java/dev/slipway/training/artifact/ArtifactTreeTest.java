package dev.slipway.training.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.training.TestProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArtifactTreeTest {
    private TestProcess process;
    private ArtifactTree tree;

    @BeforeEach
    void start(@TempDir Path data) {
        process = new TestProcess(data);
        tree = process.bean(ArtifactTree.class);
    }

    @AfterEach
    void stop() {
        process.close();
    }

    private Artifact bytes(String text) {
        return process.bean(ArtifactStore.class).put(text.getBytes(StandardCharsets.UTF_8));
    }

    private ArtifactInfo put(String path, String text) {
        Artifact artifact = bytes(text);
        return process.call(() -> tree.put(ArtifactPath.of(path), artifact));
    }

    private boolean delete(String path) {
        return process.call(() -> tree.delete(ArtifactPath.of(path)));
    }

    private Optional<ArtifactInfo> find(String path) {
        return process.call(() -> tree.find(ArtifactPath.of(path)));
    }

    private List<String> list(String path) {
        return process.call(() -> tree.list(ArtifactPath.of(path), 1000, null)).items().stream()
                .map(ArtifactInfo::path)
                .toList();
    }

    private void assertRefused(String code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(SlipwayException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void aFileLiesInTheFoldersOfItsPath() {
        ArtifactInfo file = put("0/run/artifacts/model/MLmodel", "flavors");

        assertThat(find("0/run/artifacts/model/MLmodel")).contains(file);
        assertThat(file.size()).isEqualTo(7);
        assertThat(find("0/run/artifacts/model")).contains(new ArtifactInfo("0/run/artifacts/model", null, null));
        assertThat(list("")).containsExactly("0");
        assertThat(list("0/run/artifacts/model")).containsExactly("0/run/artifacts/model/MLmodel");
        assertThat(list("0/run/artifacts/model/MLmodel")).isEmpty();
        assertThat(list("0/run/other")).isEmpty();
        assertThat(find("0/run/other")).isEmpty();
    }

    @Test
    void aFolderIsListedInTheOrderOfNamesPageByPage() {
        List<String> names =
                IntStream.range(0, 25).mapToObj(i -> String.format("f/%02d", i)).toList();
        names.stream().sorted((a, b) -> b.compareTo(a)).forEach(name -> put(name, name));

        List<String> listed = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            String cursor = next.orElse(null);
            Page<ArtifactInfo> page = process.call(() -> tree.list(ArtifactPath.of("f"), 10, cursor));
            page.items().forEach(item -> listed.add(item.path()));
            next = page.next();
        } while (next.isPresent());

        assertThat(listed).isEqualTo(names);
    }

    @Test
    void filesAreNoFoldersAndFoldersNoFiles() {
        put("a/file", "x");

        assertRefused("artifact.file", () -> put("a/file/below", "y"));
        assertRefused("artifact.folder", () -> put("a", "y"));
        assertRefused("artifact.path", () -> put("", "y"));
        assertRefused("artifact.path", () -> delete(""));
        assertThat(list("a")).containsExactly("a/file");
    }

    @Test
    void nothingIsLeftOfWhatIsDeleted() {
        Artifact kept = bytes("kept");
        for (int i = 0; i < 450; i++) {
            put("run/model/" + i % 3 + "/" + i, "file " + i);
        }
        put("run/other", "kept");

        assertThat(delete("run/model")).isTrue();

        assertThat(list("run")).containsExactly("run/other");
        assertThat(find("run/model/0/0")).isEmpty();
        assertThat(list("run/model/0")).isEmpty();
        assertThat(digests()).containsExactly(kept.digest().hex());
        assertThat(delete("run/model")).isFalse();
        assertThat(put("run/model/0/0", "again").size()).isEqualTo(5);
        assertThat(list("run/model")).containsExactly("run/model/0");
        assertThat(list("run/model/0")).containsExactly("run/model/0/0");
    }

    /** What the entries of the tree, deleted ones included, keep. */
    private List<String> digests() {
        List<String> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<GraphRow> page = process.bean(GraphStore.class).rows(GraphRow.Kind.ENTITY, 1000, cursor);
            for (GraphRow row : page.items()) {
                String body = ((GraphRow.EntityRow) row).entity().body();
                int start = body.indexOf("\"artifact\":\"");
                if (start >= 0) {
                    found.add(body.substring(start + 12, start + 76));
                }
            }
            cursor = page.next();
        } while (cursor.isPresent());
        return found;
    }

    @Test
    void putsAndDeletesAtOneTimeLeaveWhatTheLastOfThemSays() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                String name = "text of " + thread;
                boolean deletes = thread == 0;
                done.add(pool.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        if (deletes) {
                            delete("shared/folder");
                        } else {
                            put("shared/folder/file", name);
                            put("shared/folder/" + name, name);
                        }
                    }
                }));
            }
            for (Future<?> future : done) {
                future.get(100, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        put("shared/folder/file", "last");

        assertThat(find("shared/folder/file")).hasValueSatisfying(file -> assertThat(file.artifact())
                .isEqualTo(bytes("last").digest()));
        assertThat(list("shared/folder"))
                .allSatisfy(path -> assertThat(find(path)).isPresent());
        delete("shared");
        assertThat(digests()).isEmpty();
    }

    @Test
    void aWorkspaceSeesItsOwnTreeOnly() {
        put("a/file", "x");

        assertThat(process.callIn(new Workspace("other"), () -> tree.find(ArtifactPath.of("a/file"))))
                .isEmpty();
        assertThat(process.callIn(new Workspace("other"), () -> tree.list(ArtifactPath.ROOT, 10, null)
                        .items()))
                .isEmpty();
    }
}
