package dev.slipway.edge;

import static java.util.stream.Collectors.joining;

import dev.slipway.edge.OnnxOperators.Definitions;
import dev.slipway.edge.lower.OperatorEntry;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The documentation's page about operators. */
final class OperatorsPage {
    private static final String HEAD = """
            # Operators

            What becomes of each operator of ONNX 1.23 in a TFLite file. This page is written by a test from the converter's own
            registry (`shared/edge`, `OperatorsPageTest`), which fails while they differ; to write it anew:

            ```sh
            ./mvnw -q test -pl shared/edge -am -Dtest=OperatorsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dslipway.docs.write=true
            ```

            - **Opsets** are those in which ONNX defined the operator anew; each row holds for all models up to its next row.
              Models of opsets below 7 are brought to 7 first, those of 27 and 28 to 26, since ONNX Runtime knows no newer ones.
            - A node that depends on no input is computed at conversion, whatever its operator, so it needs no row here.
            - Functions that the file defines are inlined first.
            - float16, bfloat16 and float64 are computed as float32, narrow integers as int32. Strings and sequences are refused as
              inputs and outputs, since TFLite's kernels compute nothing with them.
            - Axes may have open lengths unless a limit says otherwise. What is refused is refused at conversion, with the node's
              name, its operator, the opset and a reason; nothing is ever converted to what no runtime has.
            - Every row is tested, and every conversion is compared with ONNX Runtime before its file is given out.
            - Files in ONNX Runtime's own format (`.ort`) take every operator that ONNX Runtime has.
            """;

    private static final String COLUMNS = "| operator | opsets | becomes | limits |\n|---|---|---|---|\n";

    /** What the model says otherwise before it is converted; operators of ONNX's own domain without an entry. */
    private static final Map<String, String> REWORDED = new TreeMap<>(Map.of(
            "CausalConvWithState", "Concat or Pad, Conv, Sigmoid, Mul, Slice; the shape of its weights must be known",
            "ConcatFromSequence", "Concat, of a sequence whose parts are known",
            "OptionalGetElement", "Identity, where there is a value",
            "OptionalHasElement", "a constant, where there is a value",
            "SequenceAt", "the part itself, of a sequence whose parts are known",
            "SequenceLength", "a constant, of a sequence whose parts are known",
            "SplitToSequence", "Split, where the number of parts is known",
            "SwiGLU", "Sigmoid, Mul"));

    /** The same of ONNX Runtime's. */
    private static final Map<String, String> REWORDED_CONTRIBUTED = new TreeMap<>(Map.of(
            "DynamicQuantizeLSTM", "LSTM, of the numbers that its weights stand for; nothing else is rounded",
            "QAttention", "Attention of `com.microsoft`, of the numbers that inputs and weights stand for"));

    private static final String REFUSED = "refused: ";

    private final OnnxOperators operators;
    private final List<OperatorEntry> entries;

    OperatorsPage(OnnxOperators operators, List<OperatorEntry> entries) {
        this.operators = operators;
        this.entries = List.copyOf(entries);
    }

    String write() {
        List<Definitions> own =
                operators.all().stream().filter(one -> one.domain().isEmpty()).toList();
        List<Definitions> converted = own.stream().filter(this::isConverted).toList();
        StringBuilder page = new StringBuilder(HEAD);
        page.append("\n## ONNX's own\n\n" + converted.size() + " of " + own.size() + " are converted.\n\n")
                .append(COLUMNS);
        converted.forEach(one -> rows(page, one));
        page.append("\n## ONNX Runtime's (`com.microsoft`, and what it adds to ONNX's own domain)\n\n")
                .append(COLUMNS);
        entries.stream()
                .filter(entry -> !operators.has(entry.domain(), entry.operator()))
                .forEach(entry -> row(page, entry, Long.toString(entry.since())));
        page.append("\n## Said by others first\n\n| operator | opsets | becomes |\n|---|---|---|\n");
        own.stream()
                .filter(one -> REWORDED.containsKey(one.operator()))
                .forEach(one -> page.append("| " + one.operator() + " | " + numbers(one.opsets()) + " | "
                        + REWORDED.get(one.operator()) + " |\n"));
        REWORDED_CONTRIBUTED.forEach(
                (operator, words) -> page.append("| com.microsoft." + operator + " | 1 | " + words + " |\n"));
        page.append("\n## Not converted\n\n| operator | opsets | why |\n|---|---|---|\n");
        operators.all().stream()
                .filter(one -> !isConverted(one) && !isReworded(one))
                .forEach(one ->
                        page.append("| " + name(one) + " | " + numbers(one.opsets()) + " | " + reason(one) + " |\n"));
        return page.toString();
    }

    private List<OperatorEntry> entries(Definitions one) {
        return entries.stream()
                .filter(entry ->
                        entry.domain().equals(one.domain()) && entry.operator().equals(one.operator()))
                .toList();
    }

    private static boolean isReworded(Definitions one) {
        return one.domain().isEmpty() && REWORDED.containsKey(one.operator());
    }

    /** Some have an entry only to tell why they are refused. */
    private boolean isConverted(Definitions one) {
        return entries(one).stream().anyMatch(entry -> !entry.limits().startsWith(REFUSED));
    }

    private String reason(Definitions one) {
        return entries(one).stream()
                .map(entry -> cell(entry.limits().substring(REFUSED.length())))
                .distinct()
                .collect(joining("; "));
    }

    /** A definition belongs to the entry that holds when it comes into force, and to any that takes over while it holds. */
    private void rows(StringBuilder page, Definitions one) {
        List<OperatorEntry> own = entries(one);
        for (int i = 0; i < own.size(); i++) {
            long from = own.get(i).since();
            long before = i + 1 < own.size() ? own.get(i + 1).since() : Long.MAX_VALUE;
            SortedSet<Long> upTo = one.opsets().headSet(from + 1);
            SortedSet<Long> here = new TreeSet<>(one.opsets().tailSet(from).headSet(before));
            if (!upTo.isEmpty()) {
                here.add(upTo.last());
            }
            row(page, own.get(i), numbers(here));
        }
    }

    private static void row(StringBuilder page, OperatorEntry entry, String opsets) {
        page.append("| " + entry.operator() + " | " + opsets + " | " + cell(entry.becomes()) + " | "
                + cell(entry.limits()) + " |\n");
    }

    private static String name(Definitions one) {
        String name = one.domain().isEmpty() ? one.operator() : one.domain() + "." + one.operator();
        return one.deprecated() ? name + " (deprecated)" : name;
    }

    private static String numbers(SortedSet<Long> opsets) {
        return opsets.stream().map(String::valueOf).collect(joining(", "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
