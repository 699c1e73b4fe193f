package dev.slipway.edge.fuse;

import dev.slipway.onnx.OnnxNode;
import java.util.Optional;

/** A pattern of operators that one operator stands for. */
@FunctionalInterface
interface Fusion {

    /** The node that makes what {@code last}, the last node of the pattern, makes; empty if the pattern is not there. */
    Optional<OnnxNode> fuse(OnnxNode last, Makers makers);
}
