package dev.slipway.standalone.cli;

import dev.slipway.edge.Precision;
import dev.slipway.edge.Target;
import dev.slipway.kernel.SlipwayException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where converted files go.
 *
 * @param file with the target's ending
 * @param numbered whether the precision's name is put before the ending
 */
record Destination(Target target, Path file, boolean numbered) {
    /**
     * Reads what was given for {@code --output}: a file whose ending names the target, or a folder, in which the file is
     * named after the model.
     */
    static Destination of(String output, Optional<Target> wanted, Path model, List<Precision> precisions) {
        Path path = Path.of(output);
        boolean several = precisions.size() > 1;
        if (output.endsWith("/") || output.endsWith(File.separator) || Files.isDirectory(path)) {
            Target target = wanted.orElse(Target.TFLITE);
            return new Destination(target, path.resolve(stem(model) + target.extension()), several);
        }
        String name = path.getFileName().toString();
        for (Target target : Target.values()) {
            if (name.toLowerCase(Locale.ROOT).endsWith(target.extension())) {
                if (wanted.isPresent() && wanted.get() != target) {
                    throw SlipwayException.invalid(
                            "convert.output",
                            "The ending of '" + name + "' is not "
                                    + wanted.get().extension() + ", that of the target " + wanted.get()
                                    + ": change one of them.");
                }
                return new Destination(target, path, several);
            }
        }
        if (wanted.isPresent() && name.indexOf('.') < 0) {
            return new Destination(
                    wanted.get(), path.resolveSibling(name + wanted.get().extension()), several);
        }
        throw SlipwayException.invalid(
                "convert.output",
                "The ending of '" + name + "' names no target: give a file that ends in " + endings()
                        + ", or a folder that is there.");
    }

    /** The file for a precision. */
    Path file(Precision precision) {
        if (!numbered) {
            return file;
        }
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.length() - target.extension().length());
        return file.resolveSibling(stem + "-" + precision.name().toLowerCase(Locale.ROOT) + target.extension());
    }

    /** Makes sure that nothing written is the model; a model may have any ending. */
    void keep(Path model, List<Path> files) {
        for (Path written : files) {
            try {
                if (Files.exists(written) && Files.isSameFile(model, written)) {
                    throw SlipwayException.invalid(
                            "convert.output",
                            written + " is the model itself, which is not changed: name another file.");
                }
            } catch (IOException e) {
                throw SlipwayException.invalid("convert.output", "Can't read " + written + ": " + e + ".", e);
            }
        }
    }

    private static String endings() {
        StringBuilder endings = new StringBuilder();
        for (Target target : Target.values()) {
            endings.append(endings.length() == 0 ? "" : " or ").append(target.extension());
        }
        return endings.toString();
    }

    private static String stem(Path model) {
        String name = model.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
