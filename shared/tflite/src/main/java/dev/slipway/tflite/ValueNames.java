package dev.slipway.tflite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The names by which a caller knows the inputs or outputs of a model's entry. */
final class ValueNames {
    private ValueNames() {}

    /**
     * A name for each of the indexes, none twice: by the signature or, where that has none, the tensor's own.
     *
     * @param indexes the tensors, of which one may come several times
     * @param signature the names that the signature gives to tensors
     */
    static List<String> of(List<Integer> indexes, Map<String, Integer> signature, List<TfliteTensor> tensors) {
        List<String> names = new ArrayList<>();
        for (int index : indexes) {
            String name = signature.entrySet().stream()
                    .filter(entry -> entry.getValue() == index && !names.contains(entry.getKey()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(tensors.get(index).name());
            names.add(names.contains(name) ? name + "#" + names.size() : name);
        }
        return List.copyOf(names);
    }
}
