package dev.slipway.edge.fuzz;

import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.util.List;
import java.util.Optional;

/** Declares an input or output as something else. */
final class ValueDamage {
    private ValueDamage() {}

    static OnnxValue apply(OnnxValue value, Chance chance) {
        if (!(value.type() instanceof ValueType.Dense dense)) {
            return chance.one(2)
                    ? OnnxValue.dense(value.name(), chance.type(), dimension(chance))
                    : OnnxValue.undeclared(value.name());
        }
        if (chance.one(4)) {
            return new OnnxValue(value.name(), new ValueType.Dense(chance.type(), dense.shape()));
        }
        if (chance.one(12)) {
            return chance.one(2)
                    ? OnnxValue.undeclared(value.name())
                    : new OnnxValue(value.name(), new ValueType.Dense(dense.element(), Optional.empty()));
        }
        List<Dimension> shape = dense.shape().orElse(List.of());
        List<Dimension> other = chance.one(3)
                ? chance.rearranged(shape, dimension(chance))
                : chance.changed(shape, length -> dimension(chance));
        return new OnnxValue(value.name(), new ValueType.Dense(dense.element(), Optional.of(other)));
    }

    static Dimension dimension(Chance chance) {
        return switch (chance.below(6)) {
            case 0 -> Dimension.symbolic("N");
            case 1 -> Dimension.symbolic(chance.name());
            case 2 -> new Dimension.Unknown();
            case 3 -> Dimension.fixed(chance.length());
            default -> Dimension.fixed(chance.below(7));
        };
    }
}
