package dev.slipway.gateway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.AbstractDescribedNode;
import graphql.language.Document;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.Node;
import graphql.language.ObjectTypeExtensionDefinition;
import graphql.language.TypeDefinition;
import graphql.parser.Parser;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SchemaDescriptionsTest {
    @SuppressWarnings("unused") // named by the test
    static final List<String> DOMAINS = SchemaFiles.DOMAINS;

    @ParameterizedTest
    @FieldSource("DOMAINS")
    void everythingInTheSchemaIsDescribed(String domain) throws Exception {
        try (InputStream file = SchemaFiles.class.getResourceAsStream("/graphql/" + domain + ".graphqls")) {
            Document document = Parser.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            List<String> undescribed = new ArrayList<>();
            collect(document, undescribed);
            assertThat(undescribed).isEmpty();
        }
    }

    private static void collect(Node<?> node, List<String> undescribed) {
        boolean needed = (node instanceof TypeDefinition<?> && !(node instanceof ObjectTypeExtensionDefinition))
                || node instanceof FieldDefinition
                || node instanceof InputValueDefinition
                || node instanceof EnumValueDefinition;
        if (needed
                && node instanceof AbstractDescribedNode<?> described
                && (described.getDescription() == null
                        || described.getDescription().getContent().isBlank())) {
            undescribed.add(node.toString());
        }
        node.getChildren().forEach(child -> collect(child, undescribed));
    }
}
