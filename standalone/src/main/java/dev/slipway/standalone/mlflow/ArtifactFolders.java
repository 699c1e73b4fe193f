package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Artifacts in folders, as MLflow lays them out: EXPERIMENT/RUN/artifacts or EXPERIMENT/models/MODEL/artifacts.
 *
 * @param roots where experiments' folders may lie, the likeliest first
 */
record ArtifactFolders(List<Folder> roots) {
    /** What lies in a folder of the owner's; nothing when none of it is here. */
    List<SourceFile> files(Owner owner, String folder) {
        Optional<Place> place = place(owner);
        if (place.isEmpty()) {
            return List.of();
        }
        List<SourceFile> files = new ArrayList<>();
        for (Path entry : place.get().root().list(place.get().at(folder))) {
            String name = entry.getFileName().toString();
            String path = ArtifactPaths.child(folder, folder.isEmpty() ? name : folder + "/" + name);
            boolean isFolder = Files.isDirectory(place.get().root().inside(entry));
            try {
                files.add(new SourceFile(path, isFolder, isFolder ? 0 : Files.size(entry)));
            } catch (IOException e) {
                throw Folder.unreadable(entry, e);
            }
        }
        return files;
    }

    InputStream open(Owner owner, String path) throws IOException {
        Place place = place(owner)
                .orElseThrow(() -> SlipwayException.notFound(
                        "import.source-file", "The artifact " + path + " of " + owner.id() + " is gone."));
        return place.root().open(place.at(path));
    }

    private Optional<Place> place(Owner owner) {
        for (Folder root : roots) {
            Path folder = root.root().resolve(owner.experiment()).resolve(owner.folder());
            if (Files.isDirectory(folder)) {
                return Optional.of(new Place(root, folder));
            }
        }
        return Optional.empty();
    }

    private record Place(Folder root, Path folder) {
        Path at(String path) {
            return path.isEmpty() ? folder : folder.resolve(path);
        }
    }
}
