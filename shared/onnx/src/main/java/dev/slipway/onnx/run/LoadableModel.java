package dev.slipway.onnx.run;

import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.upgrade.OpsetUpgrade;

/** Models as ONNX Runtime may be given them. */
final class LoadableModel {
    private LoadableModel() {}

    /**
     * The model in words that ONNX Runtime knows. Fails with {@code onnx.malformed} or {@code onnx.unusable} where it would end
     * the process, or would not tell what is wrong.
     */
    static OnnxModel of(OnnxModel model) {
        OnnxModel upgraded = OpsetUpgrade.apply(model);
        Divisors.check(upgraded.graph());
        UncheckedUses.check(upgraded.graph());
        Domains.check(upgraded);
        return upgraded;
    }
}
