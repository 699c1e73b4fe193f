package dev.slipway.edge.lower.movement;

import static dev.slipway.edge.lower.movement.Example.floats;
import static dev.slipway.edge.lower.movement.Example.scalar;
import static dev.slipway.onnx.AttributeValue.integer;
import static dev.slipway.onnx.AttributeValue.integers;
import static dev.slipway.onnx.ElementType.FLOAT32;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.edge.ConversionResult;
import org.junit.jupiter.api.Test;

/** Shapes that models compute from those of their inputs, as PyTorch exports them. */
class ShapeComputationTest {

    @Test
    void aVisionTransformerTakesAnyBatch() {
        ConversionResult result = Example.named("class token and heads")
                .input("x", FLOAT32, "N", 8, 3, 3)
                .constant(floats("token", 1, 1, 8))
                .constant(floats("position", 1, 10, 8))
                .constant(scalar("zero", 0))
                .constant(scalar("one", 1))
                .constant("first", 0)
                .constant("second", 2)
                .constant("rest", -1)
                .constant("channels", 8)
                .constant("heads", 2)
                .constant("depth", 4)
                // The patches as a sequence: x.flatten(2).transpose(1, 2).
                .node("Shape", "x", "shape")
                .node("Slice", "shape first second", "front")
                .node("Concat", "front rest", "flat", "axis", integer(0))
                .node("Reshape", "x flat", "patches")
                .node("Transpose", "patches", "sequence", "perm", integers(0, 2, 1))
                // token.expand(batch, -1, -1)
                .node("Gather", "shape zero", "batch")
                .node("Unsqueeze", "batch first", "n")
                .constant("ones", 1)
                .node("Concat", "n ones channels", "wide", "axis", integer(0))
                .node("Expand", "token wide", "tokens")
                .node("Concat", "tokens sequence", "all", "axis", integer(1))
                .node("Add", "all position", "placed")
                // x.reshape(batch, length, heads, depth).permute(0, 2, 1, 3)
                .node("Shape", "placed", "placedShape")
                .node("Gather", "placedShape one", "length")
                .node("Unsqueeze", "length first", "l")
                .node("Concat", "n l heads depth", "byHead", "axis", integer(0))
                .node("Reshape", "placed byHead", "split")
                .node("Transpose", "split", "y", "perm", integers(0, 2, 1, 3))
                .convert();
        assertThat(result.parity().passed()).isTrue();
        // Only the batch is open, so every reshape has a constant shape; only the token needs a computed one.
        assertThat(result.operators()).doesNotContainKeys("SELECT_V2", "PACK").containsEntry("SHAPE", 1);
    }

    @Test
    void aSequenceTakesAnyBatchAndLength() {
        ConversionResult result = Example.named("heads of a sequence")
                .input("x", FLOAT32, "N", "L", 8)
                .constant(scalar("zero", 0))
                .constant(scalar("one", 1))
                .constant("first", 0)
                .constant("heads", 2)
                .constant("depth", 4)
                .node("Shape", "x", "shape")
                .node("Gather", "shape zero", "batch")
                .node("Gather", "shape one", "length")
                .node("Unsqueeze", "batch first", "n")
                .node("Unsqueeze", "length first", "l")
                .node("Concat", "n l heads depth", "byHead", "axis", integer(0))
                .node("Reshape", "x byHead", "split")
                .node("Transpose", "split", "y", "perm", integers(0, 2, 1, 3))
                // positions: arange(length).unsqueeze(0).expand(batch, length)
                .node("Range", "zero length one", "positions")
                .node("Concat", "n l", "nl", "axis", integer(0))
                .node("Expand", "positions nl", "z")
                // a causal mask
                .node("Concat", "l l", "ll", "axis", integer(0))
                .node("ConstantOfShape", "ll", "square")
                .node("Trilu", "square one", "mask")
                .run(floats("x", 1, 5, 8))
                .run(floats("x", 3, 1, 8))
                .run(floats("x", 2, 7, 8))
                .convert();
        assertThat(result.parity().passed()).isTrue();
    }

    @Test
    void aDetectorTakesAnyBatchHeightAndWidth() {
        ConversionResult result = Example.named("heads and grids of a detector")
                .input("x", FLOAT32, "N", 12, "H", "W")
                .constant(scalar("zero", 0))
                .constant(scalar("one", 1))
                .constant(scalar("two", 2))
                .constant(scalar("three", 3))
                .constant("first", 0)
                .constant("anchors", 2)
                .constant("outputs", 6)
                .constant("rest", -1)
                .constant("corner", 2)
                .constant("last", 4)
                .constant("size", 6)
                .node("Shape", "x", "shape")
                .node("Gather", "shape zero", "batch")
                .node("Gather", "shape two", "height")
                .node("Gather", "shape three", "width")
                .node("Unsqueeze", "batch first", "n")
                .node("Unsqueeze", "height first", "h")
                .node("Unsqueeze", "width first", "w")
                // x.view(n, anchors, outputs, h, w).permute(0, 1, 3, 4, 2)
                .node("Concat", "n anchors outputs h w", "view", "axis", integer(0))
                .node("Reshape", "x view", "viewed")
                .node("Transpose", "viewed", "boxes", "perm", integers(0, 1, 3, 4, 2))
                // the grid of cells
                .node("Range", "zero height one", "rows")
                .node("Range", "zero width one", "columns")
                .node("Unsqueeze", "rows last0", "rowColumn")
                .node("Concat", "h w", "hw", "axis", integer(0))
                .node("Expand", "rowColumn hw", "rowGrid")
                .node("Expand", "columns hw", "columnGrid")
                .constant("last0", 1)
                .node("Unsqueeze", "rowGrid corner", "rowCell")
                .node("Unsqueeze", "columnGrid corner", "columnCell")
                .node("Concat", "columnCell rowCell", "grid", "axis", integer(2))
                // the size of boxes and their flat list
                .constant("depth", 4)
                .node("Slice", "boxes corner size depth", "classes")
                .node("Concat", "n rest outputs", "list", "axis", integer(0))
                .node("Reshape", "boxes list", "y")
                .run(floats("x", 1, 12, 4, 5))
                .run(floats("x", 3, 12, 2, 7))
                .run(floats("x", 2, 12, 1, 1))
                .convert();
        assertThat(result.parity().passed()).isTrue();
    }
}
