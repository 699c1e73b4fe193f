package dev.slipway.onnx.upgrade;

/** What one change of an operator's definition means for nodes written before it. */
interface UpgradeRule extends NodeRule {

    /** The version of ONNX's operators that brought the change: nodes of older models are rewritten. */
    long since();
}
