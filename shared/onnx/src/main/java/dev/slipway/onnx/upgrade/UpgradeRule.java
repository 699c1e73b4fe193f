package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** What one change of an operator's definition means for nodes written before it. */
interface UpgradeRule {

    /** The version of ONNX's operators that brought the change: nodes of older models are rewritten. */
    long since();

    /** Whether this rule is about such an operator of ONNX's own domain. */
    boolean concerns(String operator);

    /** The node as it is written now, behind whatever it needs; the same node alone if the change does not touch it. */
    List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context);
}
