package dev.slipway.standalone.cli;

import dev.slipway.edge.report.ConversionReport;
import dev.slipway.kernel.SlipwayException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Where the comparison with ONNX Runtime is written to. */
final class ReportOptions {
    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the comparison with ONNX Runtime to FILE.html, FILE.json or FILE.txt; may be given for"
                    + " each.")
    private List<Path> files = List.of();

    List<Path> files() {
        return files;
    }

    /** Fails before anything is done if an ending says nothing. */
    void check() {
        files.forEach(ReportOptions::ending);
    }

    void write(ConversionReport report) {
        for (Path file : files) {
            String text =
                    switch (ending(file)) {
                        case "html" -> report.toHtml();
                        case "json" -> report.toJson();
                        default -> report.toText();
                    };
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (!List.of("html", "json", "txt").contains(ending)) {
            throw SlipwayException.invalid(
                    "convert.report", "A report is a file that ends in .html, .json or .txt, not " + file + ".");
        }
        return ending;
    }
}
