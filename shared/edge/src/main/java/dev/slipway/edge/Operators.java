package dev.slipway.edge;

import dev.slipway.edge.lower.LoweringRegistry;
import dev.slipway.edge.lower.algebra.AlgebraOperators;
import dev.slipway.edge.lower.control.ControlOperators;
import dev.slipway.edge.lower.elementwise.ElementwiseOperators;
import dev.slipway.edge.lower.movement.MovementOperators;
import dev.slipway.edge.lower.quantised.QuantisedOperators;
import dev.slipway.edge.lower.window.WindowOperators;
import java.util.List;

/** The operators that can be converted. */
public final class Operators {
    private Operators() {}

    /** All of them. */
    public static LoweringRegistry standard() {
        return with(QuantisedOperators.standard());
    }

    /** All of them, QuantizeLinear followed by DequantizeLinear becoming TFLite's own pair, which knows its scale. */
    public static LoweringRegistry keepingScales() {
        return with(QuantisedOperators.keepingScales());
    }

    private static LoweringRegistry with(QuantisedOperators quantised) {
        return new LoweringRegistry(List.of(
                new ElementwiseOperators(),
                new MovementOperators(),
                new WindowOperators(),
                new AlgebraOperators(),
                new ControlOperators(),
                quantised));
    }
}
