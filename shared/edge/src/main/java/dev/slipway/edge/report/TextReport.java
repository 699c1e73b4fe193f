package dev.slipway.edge.report;

import dev.slipway.edge.OutputParity;
import dev.slipway.edge.TensorParity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A report for a terminal. */
final class TextReport {
    private final ConversionReport report;
    private final int mostTensors;
    private final StringBuilder text = new StringBuilder();

    /** @param mostTensors to show of each precision, at least 1 */
    TextReport(ConversionReport report, int mostTensors) {
        this.report = report;
        this.mostTensors = mostTensors;
    }

    String write() {
        line(shown(report.model()) + "  (slipway " + report.converterVersion() + ")");
        report.options().forEach((name, value) -> line("  " + shown(name) + ": " + shown(value)));
        report.results().forEach(this::write);
        return text.toString();
    }

    private void write(PrecisionReport result) {
        line("");
        String verdict = shown(result.precision()) + ": " + (result.passed() ? "passed" : "FAILED");
        if (result.outputs().isEmpty()) {
            line(verdict);
        } else {
            line(verdict + ", " + result.criterion() + ", " + Figures.bytes(result.fileBytes()));
        }
        result.failure().ifPresent(why -> line("  " + shown(why)));
        if (!result.outputs().isEmpty()) {
            measured(result);
        }
    }

    private void measured(PrecisionReport result) {
        List<List<String>> rows = new ArrayList<>();
        for (OutputParity output : result.outputs()) {
            rows.add(row(shown(output.name()), output));
        }
        table("output", rows);
        if (!result.tensors().isEmpty()) {
            line("");
            List<TensorParity> near = near(result);
            table(
                    "tensor",
                    near.stream()
                            .map(tensor -> row(
                                    shown(tensor.parity().name()) + " (" + tensor.operator() + ")", tensor.parity()))
                            .toList());
            int left = result.tensors().size() - near.size();
            if (left > 0) {
                line("  … " + left + " more tensors, which the report files have");
            }
            line("  " + jump(result.firstJump().orElse(null)));
        }
        if (!result.operators().isEmpty()) {
            line("  operators: "
                    + result.operators().entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
        result.warnings().forEach(warning -> line("  warning: " + shown(warning)));
        if (!result.steps().isEmpty()) {
            line("  times: "
                    + result.steps().entrySet().stream()
                            .map(entry -> entry.getKey() + " " + Figures.seconds(entry.getValue()))
                            .collect(Collectors.joining(", ")));
        }
    }

    /** The tensors about the one where the error jumps or, where it does not, the last ones. */
    private List<TensorParity> near(PrecisionReport result) {
        List<TensorParity> all = result.tensors();
        int middle = result.firstJump().map(all::indexOf).orElse(all.size());
        int begin = Math.max(0, Math.min(middle - mostTensors / 2, all.size() - mostTensors));
        return all.subList(begin, Math.min(all.size(), begin + Math.min(mostTensors, all.size())));
    }

    private static String jump(TensorParity tensor) {
        return tensor == null
                ? "the error jumps nowhere"
                : "the error first jumps at " + shown(tensor.parity().name()) + " (" + tensor.operator() + ")";
    }

    private static List<String> row(String name, OutputParity parity) {
        List<String> row = new ArrayList<>(List.of(name));
        row.addAll(ParityRow.of(parity));
        return row;
    }

    private void table(String name, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        List<String> headings = new ArrayList<>(List.of(name));
        headings.addAll(ParityRow.HEADINGS);
        all.add(headings);
        all.addAll(rows);
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder("  ");
            for (int column = 0; column < row.size(); column++) {
                int width = width(all, column);
                String padding = " ".repeat(width - length(row.get(column)));
                line.append(column == 0 ? row.get(column) + padding : "  " + padding + row.get(column));
            }
            line(line.toString());
        }
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A name must not move a terminal's cursor. */
    private static String shown(String name) {
        return name.codePoints()
                .map(point -> Character.isISOControl(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
