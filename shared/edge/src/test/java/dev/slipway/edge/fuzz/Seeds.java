package dev.slipway.edge.fuzz;

import dev.slipway.edge.BatchConversion;
import dev.slipway.edge.lower.algebra.AlgebraModels;
import dev.slipway.edge.lower.control.ControlModels;
import dev.slipway.edge.lower.elementwise.ElementwiseModels;
import dev.slipway.edge.lower.movement.MovementModels;
import dev.slipway.edge.lower.quantised.QuantisedModels;
import dev.slipway.edge.lower.window.WindowModels;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Good models, of every operator that is converted, which damage is done to. */
final class Seeds {
    private Seeds() {}

    /** The models of the families' tests. */
    static List<OnnxModel> ofTests() {
        return Stream.of(
                        AlgebraModels.all(),
                        ControlModels.all(),
                        ElementwiseModels.all(),
                        MovementModels.all(),
                        QuantisedModels.all(),
                        WindowModels.all())
                .flatMap(models -> models)
                .toList();
    }

    /** Those of the tests, and all of a folder that can be read, each in {@code NAME/model.onnx}. */
    static List<OnnxModel> with(Path folder) {
        List<OnnxModel> models = new ArrayList<>(ofTests());
        for (Path one : BatchConversion.cases(folder)) {
            try {
                models.add(OnnxReader.read(one.resolve("model.onnx")));
            } catch (SlipwayException e) {
                System.out.println("Not a seed: " + one + ": " + e.getMessage());
            }
        }
        return List.copyOf(models);
    }
}
