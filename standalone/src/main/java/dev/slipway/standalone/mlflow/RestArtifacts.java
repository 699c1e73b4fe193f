package dev.slipway.standalone.mlflow;

import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The artifacts of runs and logged models of a server. */
final class RestArtifacts {
    private final Rest rest;
    private final RestPages pages;

    RestArtifacts(Rest rest) {
        this.rest = rest;
        this.pages = new RestPages(rest);
    }

    List<SourceFile> files(Owner owner, String folder) {
        Map<String, String> question = new HashMap<>();
        String path;
        if (owner.isRun()) {
            path = "artifacts/list";
            question.put("run_id", owner.id());
            if (!folder.isEmpty()) {
                question.put("path", folder);
            }
        } else {
            path = "logged-models/" + owner.id() + "/artifacts/directories";
            if (!folder.isEmpty()) {
                question.put("artifact_directory_path", folder);
            }
        }
        Map<String, SourceFile> files = new LinkedHashMap<>();
        pages.read(token -> rest.get(path, RestPages.query(question, token)), answer -> {
            int before = files.size();
            for (Json file : answer.objects("files")) {
                String name = ArtifactPaths.child(folder, file.required("path"));
                files.put(name, new SourceFile(name, file.flag("is_dir"), file.number("file_size", 0)));
            }
            pages.bound(files.size());
            return files.size() - before;
        });
        return List.copyOf(files.values());
    }

    InputStream open(Owner owner, String path) {
        return owner.isRun()
                ? rest.open("/get-artifact", Map.of("run_id", owner.id(), "run_uuid", owner.id(), "path", path))
                : rest.open(
                        "/ajax-api/2.0/mlflow/logged-models/" + owner.id() + "/artifacts/files",
                        Map.of("artifact_file_path", path));
    }
}
