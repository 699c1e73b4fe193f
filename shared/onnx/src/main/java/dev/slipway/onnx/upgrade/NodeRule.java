package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** How nodes of some operators are written in another way that means the same. */
interface NodeRule {

    /** Whether this rule is about such an operator. */
    boolean concerns(String operator);

    /** Whether this rule is about operators of a domain; ONNX's own if not said otherwise. */
    default boolean knows(String domain) {
        return domain.isEmpty();
    }

    /** The node as it is written now, behind whatever it needs; the same node alone if the rule does not touch it. */
    List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context);
}
