package dev.slipway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.edge.lower.OperatorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperatorsPageTest {
    /** Tests run in their module's folder. */
    private static final Path PAGE = Path.of("..", "..", "docs", "operators.md");

    /** Its own operators in ONNX's domain. */
    private static final Set<String> ADDED_BY_ONNX_RUNTIME = Set.of("SimplifiedLayerNormalization");

    private final OnnxOperators operators = OnnxOperators.load();
    private final List<OperatorEntry> entries = Operators.standard().entries();

    @Test
    void thePageSaysWhatTheConverterDoes() throws IOException {
        String page = new OperatorsPage(operators, entries).write();

        if (Boolean.getBoolean("slipway.docs.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/operators.md is out of date; write it anew with:%n./mvnw -q test -pl shared/edge -am"
                        + " -Dtest=OperatorsPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dslipway.docs.write=true%n")
                .isEqualTo(page);
    }

    @Test
    void everyOperatorThatIsConvertedIsOneThatThereIs() {
        assertThat(entries)
                .filteredOn(entry -> entry.domain().isEmpty() && !ADDED_BY_ONNX_RUNTIME.contains(entry.operator()))
                .allSatisfy(entry -> assertThat(operators.has("", entry.operator()))
                        .as(entry.operator())
                        .isTrue());
    }

    @Test
    void everyEntrySaysWhatItBecomes() {
        assertThat(entries).allSatisfy(entry -> assertThat(entry.becomes()).isNotBlank());
    }
}
