package dev.slipway.edge.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.slipway.edge.OutputParity;
import dev.slipway.edge.TensorParity;
import dev.slipway.onnx.ElementType;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ConversionReportTest {
    private static final String HOSTILE = "<script>alert('x')</script>\u001b[2J\"&";

    private final ConversionReport report = new ConversionReport(
            "face.onnx",
            Map.of("layout", "nhwc"),
            "0.1.0",
            List.of(result("fp32", 1e-7), result("int8", 1e-2), result(HOSTILE, Double.POSITIVE_INFINITY)));

    @Test
    void theTableIsAligned() {
        List<String> lines = report.toText().lines().toList();
        List<String> table = lines.stream()
                .filter(line -> line.contains("maximum error") || line.contains("scores"))
                .limit(2)
                .toList();
        assertThat(table).hasSize(2);
        assertThat(table.get(0)).hasSameSizeAs(table.get(1));
        assertThat(report.toText())
                .contains("fp32: passed")
                .contains("int8: FAILED")
                .contains("jumps at t3 (CONV_2D)")
                .contains("warning: float64 is computed in float32")
                .doesNotContain("\u001b");
    }

    @Test
    void aTerminalIsShownTheTensorsAboutTheJumpOnly() {
        List<TensorParity> tensors = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            tensors.add(new TensorParity("ADD", parity("t" + i, i < 300 ? 1e-7 : 1e-2)));
        }
        PrecisionReport plain = result("fp32", 1e-2);
        ConversionReport large = new ConversionReport(
                "m",
                Map.of(),
                "1",
                List.of(new PrecisionReport(
                        "fp32", 1e-4, plain.outputs(), tensors, 10, new TreeMap<>(), List.of(), Map.of())));

        assertThat(large.toShortText())
                .contains("t299 (ADD)", "t300 (ADD)", "480 more tensors", "first jumps at t300")
                .doesNotContain("t0 (ADD)", "t499 (ADD)");
        assertThat(large.toText()).contains("t0 (ADD)", "t499 (ADD)").doesNotContain("more tensors");
    }

    @Test
    void theJsonIsWellFormedWhateverTheNumbers() throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(report.toJson())) {
            while (json.nextToken() != null) {
                if (json.currentName() != null) {
                    names.add(json.currentName());
                }
            }
        }
        assertThat(names).contains("outputs", "tensors", "signalToNoise", "firstJump", "seconds", "passed");
    }

    @Test
    void thePageStandsAloneAndEscapesNames() throws Exception {
        String page = report.toHtml();
        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("http://")
                .doesNotContain("https://")
                .contains("&lt;script&gt;")
                .contains("<polyline")
                .contains("prefers-color-scheme: dark");
        int from = page.indexOf("<svg");
        String plot = page.substring(from, page.indexOf("</svg>") + 6).replace("\u001b", "");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(plot)));
    }

    @Test
    void aReportWithoutTensorsHasNoPlot() {
        PrecisionReport plain = result("fp32", 1e-7);
        PrecisionReport without =
                new PrecisionReport("fp32", 1e-4, plain.outputs(), List.of(), 10, new TreeMap<>(), List.of(), Map.of());
        assertThat(new ConversionReport("m", Map.of(), "1", List.of(without)).toHtml())
                .doesNotContain("<svg");
    }

    private static PrecisionReport result(String name, double error) {
        List<TensorParity> tensors = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double here = i < 3 ? 0 : error * (1 + i / 10.0);
            tensors.add(new TensorParity(i == 3 ? "CONV_2D" : "ADD", parity(i == 5 ? name : "t" + i, here)));
        }
        return new PrecisionReport(
                name,
                1e-4,
                List.of(parity("scores", error)),
                tensors,
                12_345_678,
                new TreeMap<>(Map.of("CONV_2D", 53, "ADD", 16)),
                List.of("float64 is computed in float32"),
                Map.of("probe", Duration.ofMillis(40)));
    }

    private static OutputParity parity(String name, double error) {
        return new OutputParity(
                name, ElementType.FLOAT32, 1000, 1, error, error / 3, -20 * Math.log10(error), 0.999, 1);
    }
}
