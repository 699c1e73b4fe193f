package dev.slipway.registry.onnx;

import dev.slipway.kernel.SlipwayException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The file {@code MLmodel} that MLflow writes beside each model.
 *
 * @param onnxFile the path of the ONNX model, from the file's own folder on; empty for a model without that flavour
 * @param classes what its metadata says under {@code classes}; empty if nothing
 */
record MlModel(Optional<String> onnxFile, List<String> classes) {
    static final int MAX_SIZE = 1 << 20;

    private static final int MAX_DEPTH = 30;

    static MlModel read(byte[] yaml) {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setCodePointLimit(MAX_SIZE);
        bounds.setMaxAliasesForCollections(10);
        bounds.setNestingDepthLimit(MAX_DEPTH);
        try {
            Object tree = new Yaml(new SafeConstructor(bounds)).load(new String(yaml, StandardCharsets.UTF_8));
            return new MlModel(
                    at(tree, "flavors", "onnx", "data").map(Object::toString),
                    at(tree, "metadata", "classes").map(MlModel::texts).orElse(List.of()));
        } catch (YAMLException | StackOverflowError e) {
            throw SlipwayException.invalid("onnx.mlmodel", "The file MLmodel is no YAML that can be read.", e);
        }
    }

    private static Optional<Object> at(Object tree, String... keys) {
        Object found = tree;
        for (String key : keys) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return Optional.ofNullable(found);
    }

    private static List<String> texts(Object list) {
        return list instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }
}
