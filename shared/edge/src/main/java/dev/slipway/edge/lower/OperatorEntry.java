package dev.slipway.edge.lower;

/**
 * How an operator is converted; the documentation's table is made of these.
 *
 * @param domain whose operator it is; empty for ONNX's own
 * @param since the operator set from which on this entry holds, until the operator's next entry
 * @param becomes the TFLite operators that it becomes, such as {@code CONV_2D or DEPTHWISE_CONV_2D}
 * @param limits what of the operator is refused, empty if nothing
 */
public record OperatorEntry(
        String domain, String operator, long since, Lowering lowering, String becomes, String limits) {
    private static final String CONTRIBUTED = "com.microsoft";

    /** An entry for one of ONNX's own operators. */
    public static OperatorEntry onnx(String operator, long since, Lowering lowering, String becomes) {
        return new OperatorEntry("", operator, since, lowering, becomes, "");
    }

    /** An entry for an operator that ONNX Runtime adds to ONNX's. */
    public static OperatorEntry contributed(String operator, Lowering lowering, String becomes) {
        return new OperatorEntry(CONTRIBUTED, operator, 1, lowering, becomes, "");
    }

    public OperatorEntry limits(String text) {
        return new OperatorEntry(domain, operator, since, lowering, becomes, text);
    }
}
