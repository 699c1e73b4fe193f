package dev.slipway.tflite.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import java.util.ArrayList;
import java.util.List;

/** An operator whose shapes must be looked at before it runs. */
record DelicateUse(int subgraph, TfliteOperator operator) {

    /** All of a model. */
    static List<DelicateUse> of(TfliteModel model) {
        List<DelicateUse> uses = new ArrayList<>();
        for (int i = 0; i < model.subgraphs().size(); i++) {
            for (TfliteOperator operator : model.subgraphs().get(i).operators()) {
                if (ShapeRules.apply(operator.operator())) {
                    uses.add(new DelicateUse(i, operator));
                }
            }
        }
        return List.copyOf(uses);
    }

    /** Fails with {@code tflite.unusable} if its shapes would end the process. */
    void check(NativeInterpreter natives) {
        ShapeRules.violation(operator, tensor -> natives.shape(subgraph, tensor))
                .ifPresent(why -> {
                    throw SlipwayException.invalid(
                            "tflite.unusable",
                            "The TFLite runtime can't run this model: of its " + operator.operator() + ", " + why
                                    + ".");
                });
    }
}
