package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.mlflow.ArtifactPath;

/** Paths of artifacts that a source tells. */
final class ArtifactPaths {
    private ArtifactPaths() {}

    /** The path of a thing that lies just in the folder, or {@code import.source-path} for what leads anywhere else. */
    static String child(String folder, String path) {
        String name = folder.isEmpty() || !path.startsWith(folder + "/") ? path : path.substring(folder.length() + 1);
        if ((!folder.isEmpty() && name.length() == path.length()) || name.indexOf('/') >= 0 || !isName(name)) {
            throw SlipwayException.invalid(
                    "import.source-path",
                    "The source says that '" + path + "' lies in the folder '" + folder + "', where it can't.");
        }
        return path;
    }

    private static boolean isName(String name) {
        try {
            return ArtifactPath.of(name).names().size() == 1;
        } catch (SlipwayException e) {
            return false;
        }
    }
}
