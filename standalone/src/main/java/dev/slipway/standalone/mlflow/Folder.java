package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A folder that somebody else has filled. No link in it leads out of it, and no file is read beyond what it can sensibly hold. */
final class Folder {
    private static final int MAX_TEXT = 8 << 20;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_YAML_DEPTH = 50;

    private final Path root;

    /** Fails with {@code import.source-folder} for what is no folder that can be read. */
    Folder(Path root) {
        try {
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    Path root() {
        return root;
    }

    /** The same path, unless a link in it leads out of the folder: {@code import.source-path}. */
    Path inside(Path path) {
        try {
            if (!path.toRealPath().startsWith(root)) {
                throw SlipwayException.invalid(
                        "import.source-path",
                        path + " leads out of " + root
                                + ", where nothing is read; put the files there instead of a link.");
            }
            return path;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** What lies in a folder, by name; nothing if it does not exist. */
    List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(inside(folder))) {
            for (Path entry : stream) {
                entries.add(entry);
                if (entries.size() > Source.MOST) {
                    throw SlipwayException.tooLarge(
                            "import.source-size", folder + " holds more than " + Source.MOST + " files.");
                }
            }
        } catch (DirectoryIteratorException e) {
            throw unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        Collections.sort(entries);
        return entries;
    }

    /** The files below a folder, by their paths from there on with slashes between. */
    Map<String, Path> tree(Path folder) {
        Map<String, Path> files = new LinkedHashMap<>();
        collect(folder, "", 0, files);
        return files;
    }

    private void collect(Path folder, String prefix, int depth, Map<String, Path> files) {
        if (depth > MAX_DEPTH) {
            throw SlipwayException.invalid(
                    "import.source-path", folder + " has more than " + MAX_DEPTH + " folders in one another.");
        }
        for (Path entry : list(folder)) {
            String name = prefix + entry.getFileName();
            if (Files.isDirectory(entry)) {
                collect(entry, name + "/", depth + 1, files);
            } else {
                files.put(name, entry);
            }
        }
    }

    /** The texts in the files below a folder, by their paths. */
    Map<String, String> texts(Path folder) {
        Map<String, String> texts = new LinkedHashMap<>();
        tree(folder).forEach((key, file) -> texts.put(key, text(file)));
        return texts;
    }

    String text(Path file) {
        try (InputStream bytes = open(file)) {
            byte[] text = bytes.readNBytes(MAX_TEXT + 1);
            if (text.length > MAX_TEXT) {
                throw SlipwayException.tooLarge(
                        "import.source-size", file + " has more than " + (MAX_TEXT >> 20) + " MiB.");
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** A file of YAML; {@code import.source-form} for anything else. */
    Json yaml(Path file) {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setCodePointLimit(MAX_TEXT);
        bounds.setMaxAliasesForCollections(10);
        bounds.setNestingDepthLimit(MAX_YAML_DEPTH);
        String text = text(file);
        try {
            Object tree = new Yaml(new SafeConstructor(bounds)).load(text);
            if (tree instanceof Map<?, ?> map) {
                return new Json(map);
            }
            throw malformed(file, null);
        } catch (YAMLException | StackOverflowError e) {
            throw malformed(file, e);
        }
    }

    InputStream open(Path file) throws IOException {
        return Files.newInputStream(inside(file));
    }

    private static SlipwayException malformed(Path file, Throwable cause) {
        return SlipwayException.invalid("import.source-form", file + " is not what MLflow writes there.", cause);
    }

    static SlipwayException unreadable(Path path, IOException e) {
        return SlipwayException.unavailable(
                "import.source-folder",
                "Can't read " + path + " (" + e + "): check that it is there and may be read.",
                e);
    }
}
